import { randomUUID } from 'node:crypto';
import { recount } from '#services/statistics/recount.ts';
import { authorityDesks, type Desk, schoolDesks } from '#test/service/enrollment/case-desk.ts';
import { beiguanPrimary } from '#test/service/enrollment/counter.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { openSchool, pupilOf } from './elsewhere.ts';
import { graduate, graduateOf, schoolOf } from './graduates.ts';
import {
  beiguan,
  codes,
  type Pupil,
  receiving,
  type Transfer,
  type TransferDesk,
  transferDeskOf,
  yingze,
} from './transfer-desk.ts';

/** A graduate of Beiguan in Henan who is to go on in Taiyuan. */
describe('study in another province after graduation', () => {
  let registry: Registry;
  let desk: TransferDesk;
  let junior: { school: string; registrar: Desk; head: Desk };

  beforeAll(async () => {
    registry = await startRegistry({ transfers: true });
    desk = transferDeskOf(registry);
    junior = await schoolOf(desk, '140106', 'JUNIOR');
  });
  afterAll(() => registry?.stop());

  const study = { kind: 'CROSS_PROVINCE_STUDY', stage: 'JUNIOR', grade: 1, reason: null, evidence: [] };
  const taken = { admission: { meetsPolicy: true, inPlan: true } };
  const begin = (child: Pupil, more: Record<string, unknown> = {}) =>
    desk.started(child, junior, { ...study, ...more });
  const seen = (id: string) => desk.seen(junior.registrar, id);
  /** A study that both counties have approved. */
  const approved = async (child: Pupil): Promise<Transfer> => {
    const begun = await begin(child);
    await desk.approve(yingze, begun, taken);
    return desk.approve(beiguan, begun);
  };
  const admit = (child: Pupil, number: string) =>
    desk.desk.ask<{ admit: { admitted: number; results: { findings: { code: string }[] }[] } }>(
      schoolDesks(beiguanJunior).registrar,
      `mutation ($input: AdmitInput!) { admit(input: $input) { admitted results { findings { code } } } }`,
      {
        input: {
          ...{ idempotencyKey: randomUUID(), school: beiguanJunior, stage: 'JUNIOR' },
          pupils: [{ studentNumber: number, name: child.name, meetsPolicy: true, inPlan: true }],
        },
      },
    );
  let beiguanJunior = '';
  const numberOf = async ({ person }: Pupil): Promise<string> => {
    const { student } = desk.desk.answered(
      await desk.desk.ask<{ student: { studentNumber: string } }>(
        schoolDesks(beiguanPrimary).registrar,
        'query ($id: ID!) { student(id: $id) { studentNumber(full: true) } }',
        { id: person },
      ),
    );
    return student.studentNumber;
  };

  test(
    holds('ENR-27', 'takes a graduate up at the next stage’s school, in school there after reporting'),
    async () => {
      const child = await graduateOf(desk);
      const begun = await begin(child);
      expect(begun).toMatchObject({ state: 'TARGET_COUNTY_REVIEW', purgeOn: '2026-12-01' });
      expect(begun.steps.slice(1)).toMatchObject([{ party: 'TARGET_AUTHORITY', unit: '140106' }]);
      const theirs = await desk.approve(yingze, begun, taken);
      expect(theirs.state).toBe('SOURCE_COUNTY_REVIEW');
      expect(theirs.steps.slice(2)).toMatchObject([{ party: 'SOURCE_AUTHORITY', unit: '410503' }]);
      const waiting = await desk.approve(beiguan, theirs);
      expect(waiting).toMatchObject({ state: 'AWAIT_REPORTING', callUp: { deadline: { on: '2026-09-16' } } });
      await desk.atRest();
      expect(await desk.registrationOf(child.person)).toMatchObject({ status: 'GRADUATED' });
      await desk.after(desk.callUp(junior.registrar, waiting, '2026-09-02'));
      await desk.atRest();
      expect((await seen(begun.id)).state).toBe('HANDED_OVER');
      expect(await desk.registrationOf(child.person)).toMatchObject({
        ...{ school: junior.school, status: 'IN_SCHOOL' },
      });
      const rows = await desk.counter.rows<{
        school: string;
        status: string;
        active: boolean;
        stage: string;
      }>(
        'enrollment',
        'select school, status, active, stage from enrollment where person_id = $1 order by registered_at',
        [child.person],
      );
      expect(rows).toEqual([
        { school: beiguanPrimary, status: 'GRADUATED', active: false, stage: 'PRIMARY' },
        { school: junior.school, status: 'IN_SCHOOL', active: true, stage: 'JUNIOR' },
      ]);
      const admissions = await desk.counter.rows(
        'enrollment',
        'select state, school, reported_on::text as reported from admission where person_id = $1',
        [child.person],
      );
      expect(admissions).toEqual([{ state: 'REPORTED', school: junior.school, reported: '2026-09-02' }]);
      expect(await desk.eventsOf(begun.id)).toEqual(
        expect.arrayContaining(['CrossProvinceStudyInitiated', 'FileCalledUp', 'TransferCompleted']),
      );
      await registry.settled();
      expect(await recount(registry.network.service('statistics').core.worker)).toEqual([]);
    },
  );

  test(breaks('ENR-27', 'is not for a pupil who is in school'), async () => {
    const child = await desk.fromBeiguan();
    const answer = await desk.initiate(junior, child, study);
    expect(answer.transfer).toBeNull();
    expect(codes(answer)).toContain('NOT_GRADUATED');
  });

  test(
    breaks('TRF-35', 'is its own function: no transfer takes a graduate, no study a pupil in school'),
    async () => {
      const child = await graduateOf(desk);
      const answer = await desk.initiate(junior, child, {
        ...study,
        kind: 'CROSS_PROVINCE_TRANSFER',
        reason: desk.wanted(child).reason,
      });
      expect(codes(answer)).toContain('WRONG_CASE_KIND');
    },
  );

  test(breaks('ENR-25', 'is not agreed to for somebody outside of policy or plan'), async () => {
    const begun = await begin(await graduateOf(desk));
    const handled = await desk.after(desk.handle(yingze.registrar, begun));
    for (const admission of [
      null,
      { meetsPolicy: true, inPlan: false },
      { meetsPolicy: false, inPlan: true },
    ]) {
      const answer = await desk.decide(yingze.head, handled, 'APPROVE', { admission });
      expect(answer.findings).toMatchObject([{ ruleId: 'ENR-25', code: 'NOT_IN_PLAN' }]);
    }
    expect((await seen(begun.id)).state).toBe('TARGET_COUNTY_REVIEW');
  });

  test(
    breaks(
      'TRF-36',
      'is not refused by the sending county for what the receiving side demands; it is counted',
    ),
    async () => {
      const begun = await begin(await graduateOf(desk));
      await desk.approve(yingze, begun, taken);
      const handled = await desk.after(
        desk.handle(beiguan.registrar, await desk.seen(beiguan.head, begun.id)),
      );
      const demanded = ['SUSPECTED_IRREGULAR_ADMISSION', 'SCORE_BELOW_TARGET_REQUIREMENT'];
      for (const reason of [...demanded, 'GROUND_NOT_MET', 'SAME_ADMISSION_AREA', 'SUSPENDED']) {
        const blocked = await desk.decide(beiguan.head, handled, 'REFUSE', { reasons: [reason] });
        expect(blocked.findings).toMatchObject([{ ruleId: 'TRF-36', code: 'ILLEGAL_REJECTION_REASON' }]);
      }
      const told = await desk.counter.rows<{ reasons: string[] }>(
        'transfer',
        `select event -> 'data' -> 'reasons' as reasons from (select event, type from event_log
           union all select event, type from outbox) e
         where type = 'IllegalRejectionBlocked' and event -> 'data' ->> 'transfer' = $1`,
        [begun.id],
      );
      expect(told).toHaveLength(5);
      expect((await desk.approve(beiguan, begun)).state).toBe('AWAIT_REPORTING');
    },
  );

  test(holds('TRF-36', 'is refused by it for a lawful reason, and the pupil stays a graduate'), async () => {
    const child = await graduateOf(desk);
    const begun = await begin(child);
    await desk.approve(yingze, begun, taken);
    const handled = await desk.after(desk.handle(beiguan.registrar, await desk.seen(beiguan.head, begun.id)));
    const reasons = ['REGISTRATION_INFO_WRONG'];
    const refused = await desk.after(desk.decide(beiguan.head, handled, 'REFUSE', { reasons }));
    expect(refused.state).toBe('REJECTED');
    expect((await desk.registrationOf(child.person))?.status).toBe('GRADUATED');
    expect((await begin(child)).state).toBe('TARGET_COUNTY_REVIEW');
  });

  test(breaks('ENR-27', 'ends where the graduate has been admitted elsewhere meanwhile'), async () => {
    beiguanJunior = (await schoolOf(desk, '410503', 'JUNIOR')).school;
    const child = await graduateOf(desk);
    const waiting = await approved(child);
    const { admit: won } = desk.desk.answered(await admit(child, await numberOf(child)));
    expect(won).toMatchObject({ admitted: 1 });
    await desk.after(desk.callUp(junior.registrar, waiting, '2026-09-02'));
    await desk.atRest();
    expect(await seen(waiting.id)).toMatchObject({
      state: 'REJECTED',
      findings: [{ code: 'NOT_GRADUATED' }],
    });
    expect(await desk.registrationOf(child.person)).toMatchObject({ status: 'ADMITTED' });
    const late = await graduateOf(desk);
    const number = await numberOf(late);
    const called = await approved(late);
    await desk.after(desk.callUp(junior.registrar, called, '2026-09-02'));
    await desk.atRest();
    const { admit: lost } = desk.desk.answered(await admit(late, number));
    expect(lost).toMatchObject({ admitted: 0, results: [{ findings: [{ code: 'NOT_GRADUATED' }] }] });
  });

  test(breaks('TRF-39', 'leads into the next of nine years and no other'), async () => {
    const wrong = await desk.initiate(junior, await graduateOf(desk), { ...study, grade: 2 });
    expect(codes(wrong)).toEqual(['GRADE_CHANGE_FORBIDDEN']);
  });

  describe('between systems of six and three and of five and four years', () => {
    const goesOn = async (
      child: Pupil,
      at: { registrar: Desk; head: Desk },
      wanted: { stage: string; grade: number },
    ) => {
      const begun = await desk.started(child, at, { ...study, ...wanted });
      const county = begun.steps.at(-1)?.unit ?? '';
      await desk.approve(authorityDesks(county), begun, taken);
      const last = await desk.seen(at.head, begun.id);
      const waiting = await desk.approve(authorityDesks(last.steps.at(-1)?.unit ?? ''), begun);
      await desk.after(desk.callUp(at.registrar, waiting, registry.clock.today()));
      await desk.atRest();
      const rows = await desk.counter.rows<{ stage: string; entry: number }>(
        'enrollment',
        'select stage, entry_year_adj as entry from enrollment where person_id = $1 and active',
        [child.person],
      );
      return rows[0];
    };

    test(holds('TRF-39', 'five years of primary school lead into the sixth'), async () => {
      const five = await openSchool(desk, '410502', { system: 'S54' });
      const child = await pupilOf(desk, five, { entryYear: 2021 });
      await graduate(desk, [child], five);
      const wrong = await desk.initiate(junior, child, study);
      expect(codes(wrong)).toEqual(['GRADE_CHANGE_FORBIDDEN']);
      expect(await goesOn(child, receiving, { stage: 'PRIMARY', grade: 6 })).toEqual({
        stage: 'PRIMARY',
        entry: 2021,
      });
    });

    test(holds('TRF-39', 'six years of it lead into the second of four years of junior school'), async () => {
      const four = await openSchool(desk, '140105', { kind: 'JUNIOR', system: 'S54', name: '四年制初中' });
      const child = await graduateOf(desk);
      const wrong = await desk.initiate(four, child, study);
      expect(codes(wrong)).toEqual(['GRADE_CHANGE_FORBIDDEN']);
      expect(await goesOn(child, four, { stage: 'JUNIOR', grade: 2 })).toEqual({
        stage: 'JUNIOR',
        entry: 2025,
      });
    });
  });

  test('is seen by both counties, and by the graduating school, which is asked nothing', async () => {
    const begun = await begin(await graduateOf(desk));
    const graduating = schoolDesks(beiguanPrimary);
    for (const who of [
      graduating.registrar,
      beiguan.head,
      yingze.head,
      authorityDesks('140100', 'CITY').head,
    ])
      expect(await desk.seen(who, begun.id)).toMatchObject({ id: begun.id });
    expect((await desk.seen(graduating.registrar, begun.id)).allowedActions).toEqual([]);
    const answer = await desk.see(authorityDesks('140105').head, begun.id);
    expect(answer.errors.map(({ extensions }) => extensions.code)).toEqual(['OUT_OF_JURISDICTION']);
  });
});
