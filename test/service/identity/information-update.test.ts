import { randomUUID } from 'node:crypto';
import { recount } from '#services/statistics/recount.ts';
import { authorityDesks, schoolDesks } from '#test/service/enrollment/case-desk.ts';
import { beiguanPrimary, otherTaiyuanPrimary } from '#test/service/enrollment/counter.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import {
  codes,
  county,
  errorsOf,
  type IdentityDesk,
  identityDeskOf,
  school,
  standing,
} from './identity-desk.ts';

const address = '(140106)迎泽大街1号';

/** Changes of information from the mobile client, the class teacher and the registrar (W-08). */
describe('a change of information', () => {
  let registry: Registry;
  let desk: IdentityDesk;
  let next = 0;

  beforeAll(async () => {
    registry = await startRegistry();
    desk = await identityDeskOf(registry);
  });
  afterAll(() => registry?.stop());

  const somebody = (changes: Record<string, unknown> = {}) => desk.child(++next, changes);

  const phoneOf = async (student: string) =>
    (
      await desk.kept<{ profile: { contactPhone: string | null } }>(
        student,
        'profile { contactPhone(full: true) }',
      )
    ).profile.contactPhone;

  describe('of living data', () => {
    test(
      holds('ID-16', 'from the guardian holds once the school has confirmed it, and the old value is kept'),
      async () => {
        const student = await somebody({ contactPhone: '13900000001' });
        const guardian = await desk.guardianOf(student);
        const proposed = await desk.submit(guardian, student, { contactPhone: '139 0000 0002' });
        expect(proposed).toMatchObject({
          ...{ state: 'SCHOOL_REVIEW', depth: 'LIVING', proposedAs: 'GUARDIAN', version: 1 },
          changes: [{ field: 'contactPhone', from: '13900000001', to: '13900000002' }],
          steps: [{ party: 'SCHOOL', unit: school.registrar.school, decision: null }],
          allowedActions: ['WITHDRAW'],
        });
        expect(await phoneOf(student)).toBe('13900000001');
        const [waiting] = await desk.updates(school.registrar, { student, mine: true });
        expect(waiting?.allowedActions).toEqual(['HANDLE', 'CONFIRM', 'REJECT']);
        const applied = await desk.decide(school.registrar, proposed, 'CONFIRM');
        expect(applied).toMatchObject({ state: 'APPLIED', allowedActions: [], version: 2 });
        expect(await phoneOf(student)).toBe('13900000002');
        const { informationHistory } = await desk.kept<{
          informationHistory: { field: string; value: string; update: string }[];
        }>(student, 'informationHistory { field value(full: true) update }');
        expect(informationHistory).toEqual([
          { field: 'contactPhone', value: '13900000001', update: proposed.id },
        ]);
        expect((await desk.updates(guardian, { mine: true }))[0]?.changes).toEqual([
          { field: 'contactPhone', from: '13900000001', to: '13900000002' },
        ]);
      },
    );

    test(
      breaks('ID-16', 'has no effect while it waits, when it is rejected, and when it is taken back'),
      async () => {
        const student = await somebody({ contactPhone: '13900000003' });
        const guardian = await desk.guardianOf(student);
        const first = await desk.submit(guardian, student, { contactPhone: '13900000004' });
        const silent = desk.only(await desk.tryDecide(school.registrar, first, 'REJECT'));
        expect(codes(silent.findings)).toEqual(['ACC-18 DECISION_REASON_MISSING']);
        const rejected = await desk.decide(school.registrar, first, 'REJECT', { reason: '号码打不通' });
        expect(rejected).toMatchObject({
          state: 'REJECTED',
          steps: [{ decision: 'REJECT', reason: '号码打不通' }],
        });
        const second = await desk.submit(guardian, student, { contactPhone: '13900000005' });
        const withdrawn = desk.only(await desk.tryWithdraw(guardian, second));
        expect(withdrawn.update?.state).toBe('WITHDRAWN');
        expect(
          codes(desk.only(await desk.tryWithdraw(guardian, { ...second, version: 2 })).findings),
        ).toEqual(['ACC-18 CASE_ENDED']);
        expect(await phoneOf(student)).toBe('13900000003');
      },
    );

    test(holds('ID-24', 'from the class teacher is taken over by the registrar'), async () => {
      const student = await somebody();
      const teacher = await desk.teacherOf(student);
      const reported = await desk.submit(teacher, student, {
        ...{ isLeftBehind: true, commuteDistance: 2.5, commuteMode: 'BUS', currentAddress: address },
      });
      expect(reported).toMatchObject({ proposedAs: 'CLASS_TEACHER', depth: 'LIVING' });
      await desk.decide(school.registrar, reported, 'CONFIRM');
      const { profile } = await desk.kept<{ profile: Record<string, unknown> }>(
        student,
        'profile { isLeftBehind commuteDistance commuteMode currentAddress(full: true) }',
      );
      expect(profile).toEqual({
        ...{ isLeftBehind: true, commuteDistance: 2.5, commuteMode: 'BUS', currentAddress: address },
      });
    });

    test('counts from then on, at the school and above it, and in the registration', async () => {
      const student = await somebody();
      const marks = async () => {
        await registry.settled();
        const [counted] = await desk.counter.rows<Record<string, unknown>>(
          'statistics',
          `select boarder, left_behind as "leftBehind", migrant, ethnic_group as "ethnicGroup" from pupil
           where person_id = $1`,
          [student],
        );
        const [row] = await desk.counter.rows<{ marks: Record<string, unknown> }>(
          'enrollment',
          'select marks from enrollment where person_id = $1',
          [student],
        );
        return { counted, kept: row?.marks };
      };
      expect(await marks()).toMatchObject({ counted: { boarder: false, leftBehind: false } });
      const entered = await desk.submit(school.registrar, student, { isBoarder: true, isLeftBehind: true });
      await desk.decide(school.head, entered, 'CONFIRM');
      const told = { boarder: true, leftBehind: true, migrant: false, ethnicGroup: 'HAN' };
      expect(await marks()).toMatchObject({ counted: told, kept: { ...told, gender: 'FEMALE' } });
      expect(await recount(registry.network.service('statistics').core.worker)).toEqual([]);
    });

    test(
      breaks('ACC-18', 'entered by the registrar is confirmed by the head and not by the registrar'),
      async () => {
        const student = await somebody();
        const entered = await desk.submit(school.registrar, student, { isMigrantChild: true });
        const own = desk.only(await desk.tryDecide(school.registrar, entered, 'CONFIRM'));
        expect(codes(own.findings)).toEqual([
          'ACC-18 ROLE_MISSING',
          'ACC-18 SAME_PERSON_HANDLES_AND_DECIDES',
        ]);
        const both = { ...school.registrar, roles: ['REGISTRAR', 'DECISION_MAKER'] };
        expect(codes(desk.only(await desk.tryDecide(both, entered, 'CONFIRM')).findings)).toEqual([
          'ACC-18 SAME_PERSON_HANDLES_AND_DECIDES',
        ]);
        expect(await desk.decide(school.head, entered, 'CONFIRM')).toMatchObject({ state: 'APPLIED' });
      },
    );

    test('of two who decide at once one does, and the other hears of the version', async () => {
      const student = await somebody();
      const entered = await desk.submit(school.registrar, student, { contactPhone: '13900000006' });
      const second = { ...school.head, sub: 'second-head' };
      const answers = await Promise.all([
        desk.tryDecide(school.head, entered, 'CONFIRM'),
        desk.tryDecide(second, entered, 'REJECT', { reason: '有误' }),
      ]);
      const lost = answers.filter(({ errors }) => errors.length > 0);
      expect(lost.map(errorsOf)).toEqual([['VERSION_CONFLICT']]);
      expect(lost[0]?.errors[0]?.extensions.currentVersion).toBe(2);
      const [now] = await desk.updates(school.head, { student });
      expect(now?.version).toBe(2);
      expect(['APPLIED', 'REJECTED']).toContain(now?.state);
    });

    test('sent again under its key it is one, and another request under that key is refused', async () => {
      const student = await somebody();
      const key = { idempotencyKey: randomUUID() };
      const one = desk.only(await desk.trySubmit(school.registrar, student, { isBoarder: true }, key));
      const again = desk.only(await desk.trySubmit(school.registrar, student, { isBoarder: true }, key));
      expect(again.update?.id).toBe(one.update?.id);
      const other = await desk.trySubmit(school.registrar, student, { isLeftBehind: true }, key);
      expect(errorsOf(other)).toEqual(['IDEMPOTENCY_KEY_REUSED']);
    });

    test('of the same item waits for the one that runs, and says nothing new is no change', async () => {
      const student = await somebody({ contactPhone: '13900000007' });
      await desk.submit(school.registrar, student, { contactPhone: '13900000008' });
      expect(
        standing(await desk.preview(school.registrar, student, { contactPhone: '13900000009' })),
      ).toEqual(['ENR-67 INFO_UPDATE_ALREADY_RUNNING']);
      expect(standing(await desk.preview(school.registrar, student, { isBoarder: true }))).toEqual([]);
      const nothing = await desk.trySubmit(school.registrar, student, { contactPhone: '13900000007' });
      expect(errorsOf(nothing)).toEqual(['BAD_USER_INPUT']);
      const unknown = await desk.trySubmit(school.registrar, student, { currentAddress: '(990000)某处' });
      expect(errorsOf(unknown)).toEqual(['BAD_USER_INPUT']);
    });
  });

  describe('of identity', () => {
    test(
      holds('ID-14', 'with a copy of the proof is confirmed by school and authority, two persons each'),
      async () => {
        const student = await somebody();
        const guardian = await desk.guardianOf(student);
        const answer = desk.only(
          await desk.trySubmit(
            guardian,
            student,
            { ethnicity: '02' },
            { evidence: [{ kind: 'HOUSEHOLD_REGISTER' }] },
          ),
        );
        expect(answer.findings).toMatchObject([
          { ruleId: 'ID-14', outcome: 'WARN', code: 'BASIC_INFO_PROOF_MISSING' },
        ]);
        const proposed = answer.update;
        if (proposed === null) throw new Error('refused');
        expect(proposed).toMatchObject({ depth: 'IDENTITY', papers: [{ onFile: false }] });
        expect(codes(desk.only(await desk.tryDecide(school.head, proposed, 'CONFIRM')).findings)).toEqual([
          'ACC-18 STEP_NOT_HANDLED',
        ]);
        const copy = await desk.paper(school.registrar, 'HOUSEHOLD_REGISTER', null);
        const handled = await desk.handle(school.registrar, proposed, {
          opinion: '与户口簿一致',
          evidence: [{ kind: copy.kind, upload: copy.upload }],
        });
        expect(handled.papers.map(({ onFile }) => onFile)).toEqual([false, true]);
        const confirmed = await desk.decide(school.head, handled, 'CONFIRM');
        expect(confirmed).toMatchObject({
          state: 'AUTHORITY_REVIEW',
          steps: [{ decision: 'CONFIRM' }, { party: 'AUTHORITY', unit: '140105', decision: null }],
        });
        expect((await desk.kept<{ ethnicity: string }>(student, 'ethnicity')).ethnicity).toBe('01');
        const looked = await desk.handle(county.registrar, confirmed);
        expect(codes(desk.only(await desk.tryDecide(school.head, looked, 'CONFIRM')).findings)).toEqual([
          'ACC-18 ROLE_MISSING',
        ]);
        const applied = await desk.decide(county.head, looked, 'CONFIRM');
        expect(applied.state).toBe('APPLIED');
        expect((await desk.kept<{ ethnicity: string }>(student, 'ethnicity')).ethnicity).toBe('02');
        await registry.settled();
        const moves = await desk.counter.rows<{ state: string; papers: string[] }>(
          'identity',
          `select event -> 'data' ->> 'state' as state, event -> 'data' -> 'papers' as papers from event_log
           where type = 'InfoUpdateMoved' and event -> 'data' ->> 'person' = $1 order by seq`,
          [student],
        );
        expect(moves).toEqual([
          { state: 'SCHOOL_REVIEW', papers: [] },
          { state: 'SCHOOL_REVIEW', papers: [copy.upload] },
          { state: 'AUTHORITY_REVIEW', papers: [] },
          { state: 'AUTHORITY_REVIEW', papers: [] },
          { state: 'APPLIED', papers: [] },
        ]);
      },
    );

    test(
      breaks('ID-14', 'without a copy on file is confirmed by nobody, and a school hands it in at once'),
      async () => {
        const student = await somebody();
        const guardian = await desk.guardianOf(student);
        const proposed = await desk.submit(guardian, student, { formerName: '样例曾用' });
        const handled = await desk.handle(school.registrar, proposed);
        const refused = desk.only(await desk.tryDecide(school.head, handled, 'CONFIRM'));
        expect(standing(refused.findings)).toEqual(['ID-14 BASIC_INFO_PROOF_MISSING']);
        expect(standing(await desk.preview(school.registrar, student, { ethnicity: '03' }))).toEqual([
          'ID-14 BASIC_INFO_PROOF_MISSING',
        ]);
        const rejected = await desk.decide(school.head, handled, 'REJECT', { reason: '未提供材料' });
        expect(rejected.state).toBe('REJECTED');
      },
    );

    test('rests on papers of the own workplace that nobody else has used', async () => {
      const [one, other] = [await somebody(), await somebody()];
      const copy = await desk.paper(school.registrar, 'ID_CARD', null);
      const evidence = { evidence: [{ kind: 'ID_CARD', upload: copy.upload }] };
      await desk.submit(school.registrar, one, { ethnicity: '05' }, evidence);
      const used = await desk.trySubmit(school.registrar, other, { ethnicity: '05' }, evidence);
      expect(errorsOf(used)).toEqual(['BAD_USER_INPUT']);
      const stranger = schoolDesks(otherTaiyuanPrimary);
      const foreign = await desk.paper(stranger.registrar, 'ID_CARD', null);
      const theirs = { evidence: [{ kind: 'ID_CARD', upload: foreign.upload }] };
      expect(errorsOf(await desk.trySubmit(school.registrar, other, { ethnicity: '05' }, theirs))).toEqual([
        'BAD_USER_INPUT',
      ]);
      const guardian = await desk.guardianOf(other);
      expect(errorsOf(await desk.trySubmit(guardian, other, { ethnicity: '05' }, theirs))).toEqual([
        'BAD_USER_INPUT',
      ]);
    });

    test(holds('ID-15', 'in Beiguan goes by the proofs that the bureau takes'), async () => {
      const there = schoolDesks(beiguanPrimary);
      const student = await desk.child(
        400,
        { name: '样例北关' },
        { school: beiguanPrimary, authority: 'beiguan' },
      );
      const copy = await desk.paper(there.registrar, 'HOUSEHOLD_REGISTER', null);
      const evidence = { evidence: [{ kind: 'HOUSEHOLD_REGISTER', upload: copy.upload }] };
      expect(standing(await desk.preview(there.registrar, student, { ethnicity: '02' }, evidence))).toEqual(
        [],
      );
      const bureau = authorityDesks('410503');
      const handed = await desk.submit(there.registrar, student, { ethnicity: '02' }, evidence);
      const confirmed = await desk.decide(there.head, handed, 'CONFIRM');
      await desk.decide(bureau.head, await desk.handle(bureau.registrar, confirmed), 'CONFIRM');
      expect((await desk.kept<{ ethnicity: string }>(student, 'ethnicity', there.registrar)).ethnicity).toBe(
        '02',
      );
    });

    test(breaks('ID-15', 'in Beiguan is refused on another paper'), async () => {
      const there = schoolDesks(beiguanPrimary);
      const student = await desk.child(
        401,
        { name: '样例北关二' },
        { school: beiguanPrimary, authority: 'beiguan' },
      );
      const copy = await desk.paper(there.registrar, 'OTHER_PROOF', null);
      const evidence = { evidence: [{ kind: 'OTHER_PROOF', upload: copy.upload }] };
      expect(standing(await desk.preview(there.registrar, student, { ethnicity: '02' }, evidence))).toEqual([
        'ID-15 BASIC_INFO_PROOF_KIND_NOT_ACCEPTED',
      ]);
    });
  });
});
