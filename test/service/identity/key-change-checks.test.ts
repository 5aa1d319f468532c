import { readDocumentNumber } from '#libs/law/identity/document-number.ts';
import { checkApproved } from '#services/identity/key-change/checking/check-worker.ts';
import type { PopulationRegister } from '#services/identity/register/population-register.ts';
import { recount } from '#services/statistics/recount.ts';
import type { Desk } from '#test/service/enrollment/case-desk.ts';
import { type Counter, codesOf, counterOf, taiyuanPrimary } from '#test/service/enrollment/counter.ts';
import { girl, idNumber } from '#test/service/enrollment/pupils.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { type Change, county, type KeyDesk, keyDeskOf, ministry, school } from './key-desk.ts';

/** What follows the approval of a change of key information: both checks, the new values, the number (ID-09, ID-12). */
describe('an approved change', () => {
  let registry: Registry;
  let counter: Counter;
  let desk: KeyDesk;
  const ids = new Map<string, string>();

  const forms = {
    corrected: girl(1),
    renamed: girl(2),
    twin: girl(3),
    stranger: girl(4),
    abroad: girl(7, { idDocumentType: 'PASSPORT', idDocumentNumber: 'E00000007' }),
    waiting: girl(8),
  };
  type Name = keyof typeof forms;
  const idOf = (name: Name): string => ids.get(name) ?? '';
  const identity = (name: Name) => desk.identity(school.registrar, idOf(name));
  const document = (number: string, more: Record<string, unknown> = {}) => ({
    idDocumentType: 'RESIDENT_ID',
    idDocumentNumber: number,
    ...more,
  });
  const approved = async (name: Name, to: Record<string, unknown>): Promise<Change> =>
    desk.approve(await desk.after(desk.request(idOf(name), to)));
  const keysOf = async (name: Name) =>
    counter.rows('identity', 'select hash from document_claim where person_id = $1', [idOf(name)]);
  const events = (type: string) =>
    counter.rows<{ data: Record<string, unknown> }>(
      'identity',
      `select event->'data' as data from event_log where type = $1 order by seq`,
      [type],
    );

  beforeAll(async () => {
    registry = await startRegistry();
    counter = counterOf(registry);
    desk = keyDeskOf(registry);
    for (const [name, form] of Object.entries(forms)) ids.set(name, (await desk.pupil(form)).student.id);
    registry.clock.moveTo('2027-03-02T09:00:00+08:00');
    await desk.issue();
  }, 60_000);
  afterAll(() => registry?.stop());

  test(
    holds('ID-12', 'with a new ID number gives a new G number; the old one finds the pupil for ever'),
    async () => {
      const before = await identity('corrected');
      expect(before.studentNumber).toBe(`G${forms.corrected.idDocumentNumber}`);
      const number = idNumber('2020-05-07', 101);
      await desk.applied(idOf('corrected'), document(number, { birthDate: '2020-05-07' }));
      const now = await identity('corrected');
      expect(now).toMatchObject({
        studentNumber: `G${number}`,
        numberKind: 'G_FORMAL',
        birthDate: '2020-05-07',
        identityDocument: { type: 'RESIDENT_ID', number },
        formerKeyInformation: [{ birthDate: '2020-05-06', documentNumber: forms.corrected.idDocumentNumber }],
      });
      expect(now.numberHistory.map(({ kind, state, reason }) => [kind, state, reason])).toEqual([
        ['L_TEMPORARY', 'SUPERSEDED', 'REGISTRATION'],
        ['G_FORMAL', 'SUPERSEDED', 'YEARLY_ISSUE'],
        ['G_FORMAL', 'ACTIVE', 'ID_NUMBER_CHANGED'],
      ]);
      for (const { value } of now.numberHistory) {
        const found = await desk.ask<{ studentByNumber: { id: string } }>(
          school.registrar,
          'query ($number: String!) { studentByNumber(number: $number) { id } }',
          { number: value },
        );
        expect(found.data?.studentByNumber.id).toBe(idOf('corrected'));
      }
      const [row] = await counter.rows<{ approver: string }>(
        'identity',
        `select approver, checks from student_number where person_id = $1 and state = 'ACTIVE'`,
        [idOf('corrected')],
      );
      expect(row).toEqual({
        approver: county.head.sub,
        checks: { duplicateCheck: 'CLEAN', comparison: 'PASS' },
      });
      expect((await events('NumberReissued')).at(-1)?.data).toMatchObject({ person: idOf('corrected') });
    },
  );

  test(holds('ID-17', 'moves the pupil in the nationwide search to the new data'), async () => {
    const number = String((await identity('corrected')).identityDocument.number);
    const found = await counter.preview(
      taiyuanPrimary,
      girl(50, document(number, { birthDate: '2020-05-07' })),
    );
    expect(codesOf(found)).toContain('DUPLICATE_RECORD_FOUND');
    const own = await counter.rows<{ hash: Buffer }>(
      'identity',
      'select hash from document_claim where person_id = $1',
      [idOf('corrected')],
    );
    const { sealing } = registry.network.service('identity').core;
    const hashOf = (id: string) =>
      sealing.hash('document', `RESIDENT_ID|${readDocumentNumber(id).plain}`).toString('hex');
    expect(own.map(({ hash }) => hash.toString('hex'))).toEqual([hashOf(number)]);
  });

  test(holds('ID-12', 'of the name alone leaves the number as it is'), async () => {
    const before = await identity('renamed');
    await desk.applied(idOf('renamed'), { name: '改名后' });
    expect(await identity('renamed')).toMatchObject({
      name: '改名后',
      studentNumber: before.studentNumber,
      numberHistory: before.numberHistory,
    });
  });

  test(
    breaks('ID-12', 'that the population register contradicts changes nothing and goes back to the school'),
    async () => {
      const before = await identity('twin');
      const wrong = idNumber('2020-05-06', 103);
      registry.register.disagreeAbout(wrong);
      const change = await approved('twin', document(wrong));
      const failed = await desk.checked(change.id);
      expect(failed).toMatchObject({ state: 'CHECK_FAILED', allowedActions: ['HANDLE', 'WITHDRAW'] });
      expect(codesOf(failed.blockers)).toEqual(['G_NUMBER_WITHOUT_CHECKS', 'KEY_INFO_RECHECK_FAILED']);
      expect(failed.blockers.every(({ basis }) => basis.length > 0)).toBe(true);
      expect(await identity('twin')).toEqual(before);
      const right = idNumber('2020-05-06', 104);
      const mended = await desk.after(desk.handle(school.registrar, failed, { to: document(right) }));
      expect(mended.steps.map(({ party, decision }) => [party, decision])).toEqual([
        ['SCHOOL', 'APPROVE'],
        ['AUTHORITY', 'APPROVE'],
        ['SYSTEM', 'RETURN'],
        ['SCHOOL', null],
      ]);
      await desk.checked((await desk.approve(mended)).id);
      expect((await identity('twin')).studentNumber).toBe(`G${right}`);
    },
  );

  test(
    breaks(
      'ID-17',
      'to what another pupil has is not written; of the other only kind and authority are told',
    ),
    async () => {
      const before = await identity('stranger');
      const keys = await keysOf('stranger');
      const change = await approved('stranger', document(String(forms.waiting.idDocumentNumber)));
      const failed = await desk.checked(change.id);
      expect(failed.state).toBe('CHECK_FAILED');
      expect(codesOf(failed.blockers)).toContain('DUPLICATE_RECORD_FOUND');
      expect(codesOf(failed.blockers)).toContain('KEY_INFO_RECHECK_FAILED');
      expect(JSON.stringify(failed.blockers)).not.toContain(forms.waiting.name);
      expect(JSON.stringify(failed.blockers)).not.toContain(idOf('waiting'));
      expect(await identity('stranger')).toEqual(before);
      expect(await keysOf('stranger')).toEqual(keys);
      expect(await desk.after(desk.withdraw(school.registrar, failed))).toMatchObject({ state: 'WITHDRAWN' });
    },
  );

  test(breaks('ID-10', 'takes no G number’s resident ID number away'), async () => {
    const { change, findings } = await desk.request(idOf('stranger'), {
      idDocumentType: 'PASSPORT',
      idDocumentNumber: 'E12345678',
    });
    expect(change).toBeNull();
    expect(findings.map(({ ruleId, code }) => [ruleId, code])).toEqual([
      ['ID-10', 'G_NUMBER_WITHOUT_CHECKS'],
    ]);
  });

  test(
    holds('ID-12', 'waits while the register is out of service, and is carried out once when it is back'),
    async () => {
      const before = await identity('waiting');
      registry.register.setOutage(true);
      const asked = registry.register.requests();
      const change = await approved('waiting', document(idNumber('2020-05-06', 108)));
      await counter.until('the register was asked', async () => registry.register.requests() > asked);
      expect((await desk.change(school.registrar, change.id)).state).toBe('RECHECKING');
      expect(await identity('waiting')).toEqual(before);
      registry.register.setOutage(false);
      await desk.checked(change.id);
      const { core } = registry.network.service('identity');
      const gone: PopulationRegister = { compare: async () => Promise.reject(new Error('gone')) };
      expect(await checkApproved(core, gone)).toBe(false);
      const now = await identity('waiting');
      expect(now.numberHistory).toHaveLength(before.numberHistory.length + 1);
      expect(now.identityVersion).toBe(before.identityVersion + 2);
    },
  );

  test('of two processes that end it at the same moment one does', async () => {
    const { core } = registry.network.service('identity');
    registry.register.setOutage(true);
    const change = await approved('renamed', { name: '再改名' });
    const before = await identity('renamed');
    const passing: PopulationRegister = {
      compare: async (persons) => new Map(persons.map(({ ref }) => [ref, 'PASS' as const])),
    };
    await Promise.all([checkApproved(core, passing), checkApproved(core, passing)]);
    registry.register.setOutage(false);
    await desk.checked(change.id);
    const now = await identity('renamed');
    expect(now.identityVersion).toBe(before.identityVersion + 1);
    expect(now.formerKeyInformation).toHaveLength(2);
  });

  test(
    holds('ID-06', 'without a resident ID number the search alone decides, whatever the register does'),
    async () => {
      registry.register.setOutage(true);
      await desk.applied(idOf('abroad'), { name: '译名甲', gender: 'MALE' });
      registry.register.setOutage(false);
      expect(await identity('abroad')).toMatchObject({
        name: '译名甲',
        gender: 'MALE',
        numberKind: 'J_FORMAL',
      });
    },
  );

  test('is followed by the counts of every level: gender, document and kind of number', async () => {
    const counted = async (who: Desk, by: string) => {
      const answer = await desk.ask<{
        enrollmentStatistics: { rows: { keys: { value: string }[]; count: number }[] };
      }>(
        who,
        `query ($by: [Dimension!]!) { enrollmentStatistics(by: $by) { rows { keys { value } count } } }`,
        { by: [by] },
      );
      const { rows } = desk.answered(answer).enrollmentStatistics;
      return rows.map(({ keys, count }) => `${keys[0]?.value} ${count}`).sort();
    };
    await registry.settled();
    for (const who of [ministry, county.head, school.registrar]) {
      expect(await counted(who, 'GENDER')).toEqual(['FEMALE 5', 'MALE 1']);
      expect(await counted(who, 'NUMBER_KIND')).toEqual(['G_FORMAL 5', 'J_FORMAL 1']);
      expect(await counted(who, 'DOCUMENT_TYPE')).toEqual(['PASSPORT 1', 'RESIDENT_ID 5']);
    }
    expect(await recount(registry.network.service('statistics').core.worker)).toEqual([]);
    const marks = await counter.rows<{ gender: string }>(
      'enrollment',
      `select marks ->> 'gender' as gender from enrollment where person_id = $1 and active`,
      [idOf('abroad')],
    );
    expect(marks).toEqual([{ gender: 'MALE' }]);
  });
});
