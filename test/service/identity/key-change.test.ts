import { randomUUID } from 'node:crypto';
import { codesOf, otherTaiyuanPrimary, taiyuanPrimary } from '#test/service/enrollment/counter.ts';
import { girl, idNumber } from '#test/service/enrollment/pupils.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { type Change, county, type KeyDesk, keyDeskOf, school } from './key-desk.ts';

/** A change of key information from the school's desk to the checks (W-07). */
describe('a change of key information', () => {
  let registry: Registry;
  let desk: KeyDesk;
  let next = 0;

  beforeAll(async () => {
    registry = await startRegistry();
    desk = keyDeskOf(registry);
  });
  afterAll(() => registry?.stop());

  const newPupil = async (): Promise<string> => (await desk.pupil(girl(++next))).student.id;
  const opened = async (to: Record<string, unknown> = { name: '改名后' }): Promise<[string, Change]> => {
    const student = await newPupil();
    return [student, await desk.after(desk.request(student, to))];
  };
  const confirmed = async (): Promise<[string, Change]> => {
    const [student, change] = await opened();
    return [student, await desk.after(desk.decide(school.head, change, 'APPROVE'))];
  };

  test(
    holds('ID-13', 'is asked for by the school, confirmed by its head, decided by the county and checked'),
    async () => {
      const student = await newPupil();
      const before = await desk.identity(school.registrar, student);
      const asked = await desk.after(desk.request(student, { name: '改名后' }));
      expect(asked).toMatchObject({
        kind: 'CHANGE',
        state: 'SCHOOL_HANDLED',
        policyOn: '2026-09-02',
        items: [{ item: 'NAME', group: 'RESIDENT_IDENTITY', before: before.name, after: '改名后' }],
        papers: [{ kind: 'HOUSEHOLD_REGISTER', mediaType: 'application/pdf' }],
        steps: [{ party: 'SCHOOL', deadline: '2026-09-16', provisional: false, overdue: false }],
        allowedActions: ['HANDLE', 'WITHDRAW'],
      });
      const onward = await desk.after(desk.decide(school.head, asked, 'APPROVE'));
      expect(onward).toMatchObject({ state: 'AUTHORITY_DECIDING', allowedActions: [] });
      expect((await desk.change(county.registrar, asked.id)).allowedActions).toEqual(['HANDLE']);
      const handled = await desk.after(desk.handle(county.registrar, onward, { opinion: '材料齐全' }));
      expect((await desk.change(county.head, asked.id)).allowedActions).toEqual([
        'APPROVE',
        'RETURN',
        'REFUSE',
      ]);
      expect(await desk.identity(school.registrar, student)).toEqual(before);
      const approved = await desk.after(desk.decide(county.head, handled, 'APPROVE'));
      expect(approved.steps.at(-1)).toMatchObject({ party: 'SYSTEM', unit: '000000' });
      expect(await desk.checked(asked.id)).toMatchObject({
        state: 'APPLIED',
        blockers: [],
        steps: [
          { party: 'SCHOOL', decision: 'APPROVE' },
          { party: 'AUTHORITY', unit: '140105', decision: 'APPROVE' },
          { party: 'SYSTEM', decision: 'APPROVE' },
        ],
        allowedActions: [],
      });
      expect(await desk.identity(school.registrar, student)).toMatchObject({
        name: '改名后',
        studentNumber: before.studentNumber,
        verification: { comparison: 'PASS' },
        identityVersion: before.identityVersion + 1,
        formerKeyInformation: [{ change: asked.id, name: before.name }],
      });
    },
  );

  test(holds('ID-21', 'names the group of basic information of each of its items'), async () => {
    const [, { items }] = await opened({
      name: '改名后',
      birthDate: '2020-05-08',
      idDocumentType: 'RESIDENT_ID',
      idDocumentNumber: idNumber('2020-05-08', 480),
    });
    expect(items.map(({ item, group }) => [item, group])).toEqual([
      ['NAME', 'RESIDENT_IDENTITY'],
      ['DOCUMENT_NUMBER', 'RESIDENT_IDENTITY'],
      ['BIRTH_DATE', 'RESIDENT_IDENTITY'],
    ]);
  });

  describe('is worked on', () => {
    test(breaks('ACC-18', 'by two persons in each place, each in the own role and turn'), async () => {
      const [, change] = await opened();
      const both = { ...school.registrar, roles: ['REGISTRAR', 'DECISION_MAKER'] };
      expect(codesOf((await desk.decide(both, change, 'APPROVE')).findings)).toEqual([
        'SAME_PERSON_HANDLES_AND_DECIDES',
      ]);
      expect(codesOf((await desk.decide(county.head, change, 'APPROVE')).findings)).toEqual(['ROLE_MISSING']);
      const onward = await desk.after(desk.decide(school.head, change, 'APPROVE'));
      expect(codesOf((await desk.decide(county.head, onward, 'APPROVE')).findings)).toEqual([
        'STEP_NOT_HANDLED',
      ]);
      expect(codesOf((await desk.handle(school.registrar, onward)).findings)).toEqual(['ROLE_MISSING']);
    });

    test(breaks('ID-13', 'and ends with the county’s refusal, for which it gives its reason'), async () => {
      const [student, change] = await confirmed();
      const handled = await desk.after(desk.handle(county.registrar, change));
      expect(codesOf((await desk.decide(county.head, handled, 'REFUSE')).findings)).toEqual([
        'DECISION_REASON_MISSING',
      ]);
      const refused = await desk.after(desk.decide(county.head, handled, 'REFUSE', '证明材料不足'));
      expect(refused).toMatchObject({ state: 'REJECTED', allowedActions: [] });
      expect((await desk.identity(school.registrar, student)).name).not.toBe('改名后');
    });

    test('is given back to the school, which corrects it and hands it in again', async () => {
      const [student, change] = await confirmed();
      const handled = await desk.after(desk.handle(county.registrar, change));
      const back = await desk.after(desk.decide(county.head, handled, 'RETURN', '姓名有误'));
      expect(back).toMatchObject({ state: 'DRAFTED' });
      expect(codesOf((await desk.decide(school.head, back, 'APPROVE')).findings)).toEqual([
        'STEP_NOT_HANDLED',
      ]);
      const mended = await desk.after(
        desk.handle(school.registrar, back, {
          to: { name: '更正后' },
          evidence: [await desk.proof(school.registrar, 'ID_CARD')],
        }),
      );
      expect(mended).toMatchObject({
        state: 'SCHOOL_HANDLED',
        items: [{ item: 'NAME', after: '更正后' }],
        papers: [{ kind: 'HOUSEHOLD_REGISTER' }, { kind: 'ID_CARD' }],
      });
      await desk.checked((await desk.approve(mended)).id);
      expect((await desk.identity(school.registrar, student)).name).toBe('更正后');
    });

    test('is corrected by nobody but the school', async () => {
      const [, change] = await confirmed();
      const { errors } = await desk.tryOn(
        county.registrar,
        'handleKeyInformationChange',
        'HandleKeyInformationChangeInput',
        { change: change.id, expectedVersion: change.version, to: { name: '主管改名' } },
      );
      expect(JSON.stringify(errors)).toContain('CORRECTED_BY_SCHOOL_ONLY');
    });

    test('is taken back by the school before the approval, and not after it', async () => {
      const [, change] = await confirmed();
      expect(await desk.after(desk.withdraw(school.registrar, change))).toMatchObject({ state: 'WITHDRAWN' });
      const [, other] = await opened();
      registry.register.setOutage(true);
      const approved = await desk.approve(other);
      expect(codesOf((await desk.withdraw(school.registrar, approved)).findings)).toEqual(['CHECKS_RUNNING']);
      registry.register.setOutage(false);
      const done = await desk.checked(other.id);
      expect(codesOf((await desk.withdraw(school.registrar, done)).findings)).toEqual(['CASE_ENDED']);
    });

    test('by one of two who decide at the same moment: the other sees the version of now', async () => {
      const [, change] = await confirmed();
      const handled = await desk.after(desk.handle(county.registrar, change));
      const second = { ...county.head, sub: 'second-head-140105' };
      const answers = await Promise.all(
        [county.head, second].map((who, at) =>
          desk.tryOn(who, 'decideKeyInformationChange', 'DecideKeyInformationChangeInput', {
            ...desk.decideInput(handled, at === 0 ? 'APPROVE' : 'REFUSE', '理由'),
          }),
        ),
      );
      const lost = answers.flatMap(({ errors }) => errors.map(({ extensions }) => extensions));
      expect(lost).toMatchObject([{ code: 'VERSION_CONFLICT', currentVersion: expect.any(Number) }]);
      expect(Number(lost[0]?.currentVersion)).toBeGreaterThan(handled.version);
      expect(['APPLIED', 'REJECTED']).toContain((await desk.checked(change.id)).state);
    });

    test('with the version that was seen, of the pupil as of the change', async () => {
      const [student, change] = await opened();
      const stale = await desk.tryOn(
        school.head,
        'decideKeyInformationChange',
        'DecideKeyInformationChangeInput',
        {
          ...desk.decideInput({ id: change.id, version: change.version - 1 }, 'APPROVE'),
        },
      );
      expect(stale.errors[0]?.extensions).toMatchObject({
        code: 'VERSION_CONFLICT',
        currentVersion: change.version,
      });
      const { identityVersion } = await desk.identity(school.registrar, student);
      const old = await desk.tryOn(
        school.registrar,
        'requestKeyInformationChange',
        'RequestKeyInformationChangeInput',
        { student, expectedVersion: identityVersion + 1, to: { name: '改名后' } },
      );
      expect(old.errors[0]?.extensions).toMatchObject({
        code: 'VERSION_CONFLICT',
        currentVersion: identityVersion,
      });
    });

    test('once for each key, whoever answers', async () => {
      const student = await newPupil();
      const input = {
        idempotencyKey: randomUUID(),
        ...(await desk.inputFor(student, { name: '改名后' })),
      };
      const send = (to: Record<string, unknown> = input.to) =>
        desk.tryOn(school.registrar, 'requestKeyInformationChange', 'RequestKeyInformationChangeInput', {
          ...input,
          to,
        });
      const [first, again] = [await send(), await send()];
      expect(again.data?.requestKeyInformationChange?.change?.id).toBe(
        first.data?.requestKeyInformationChange?.change?.id,
      );
      expect((await send({ name: '另一名' })).errors[0]?.extensions.code).toBe('IDEMPOTENCY_KEY_REUSED');
    });
  });

  test('shows in the worklist of whose turn it is, and as overdue after ten working days', async () => {
    const [, atSchool] = await opened();
    const [, atCounty] = await confirmed();
    const idsOf = async (who: typeof school.registrar, filter: Record<string, unknown>) =>
      desk
        .answered(await desk.list(who, filter))
        .keyInformationChanges.edges.map(({ node }) => node.id)
        .filter((id) => id === atSchool.id || id === atCounty.id);
    expect(await idsOf(school.registrar, {})).toEqual([atSchool.id, atCounty.id]);
    expect(await idsOf(school.registrar, { mine: true })).toEqual([atSchool.id]);
    expect(await idsOf(county.registrar, { mine: true })).toEqual([atCounty.id]);
    expect(await idsOf(county.registrar, { state: ['SCHOOL_HANDLED'] })).toEqual([atSchool.id]);
    expect(await idsOf(county.registrar, { school: taiyuanPrimary, kind: ['DOCUMENT_SUPPLY'] })).toEqual([]);
    const foreign = await desk.list(school.registrar, { school: otherTaiyuanPrimary });
    expect(foreign.errors[0]?.extensions.code).toBe('OUT_OF_JURISDICTION');
    registry.clock.moveTo('2026-09-16T23:59:00+08:00');
    expect(await idsOf(school.registrar, { overdue: true })).toEqual([]);
    registry.clock.moveTo('2026-09-17T00:00:00+08:00');
    expect(await idsOf(county.registrar, { overdue: true })).toEqual([atSchool.id, atCounty.id]);
    expect((await desk.change(county.registrar, atCounty.id)).steps.at(-1)).toMatchObject({ overdue: true });
  });
});
