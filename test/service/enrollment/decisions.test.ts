import { randomUUID } from 'node:crypto';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import {
  type Counter,
  codesOf,
  counterOf,
  otherTaiyuanPrimary,
  type Registration,
  taiyuanPrimary,
} from './counter.ts';
import { girl } from './pupils.ts';

const rounds = process.env.TEST_SIZE === 'long' ? 2_000 : 20;

/** What the county makes of a registration, and what two hands do at one moment. */
describe('deciding on registrations', () => {
  let registry: Registry;
  let counter: Counter;

  beforeAll(async () => {
    registry = await startRegistry();
    counter = counterOf(registry);
  });
  afterAll(() => registry?.stop());

  const school = taiyuanPrimary;
  const person = (id: string): string => id.slice(0, 36);

  describe('the county', () => {
    test(holds('ENR-08', 'approves, and the pupil is in school'), async () => {
      const waiting = await counter.registered(school, girl(1));
      const { results } = await counter.decide('xiaodian', 'APPROVE', [waiting]);
      expect(results[0]?.enrollment).toMatchObject({ status: 'IN_SCHOOL', version: waiting.version + 1 });
    });

    test(breaks('ENR-08', 'cannot send back or refuse without a reason'), async () => {
      const waiting = await counter.registered(school, girl(2));
      for (const decision of ['RETURN', 'REFUSE'] as const) {
        const { decided, results } = await counter.decide('xiaodian', decision, [waiting]);
        expect(decided).toBe(0);
        expect(results[0]?.findings).toMatchObject([{ ruleId: 'ENR-08', code: 'DECISION_REASON_MISSING' }]);
      }
    });

    test(
      holds('ENR-08', 'sends back, the school answers, and it waits again with a new deadline'),
      async () => {
        const waiting = await counter.registered(school, girl(3));
        const sent = await counter.decide('xiaodian', 'RETURN', [waiting], { reason: '户口簿不清晰' });
        const returned = sent.results[0]?.enrollment;
        expect(returned).toMatchObject({
          status: 'RETURNED_TO_SCHOOL',
          decisionReason: '户口簿不清晰',
          decisionDueOn: null,
        });
        if (!returned) throw new Error('The county sees what it sent back');
        const early = await counter.decide('xiaodian', 'APPROVE', [returned]);
        expect(codesOf(early.results[0]?.findings ?? [])).toEqual(['NOT_WAITING_FOR_APPROVAL']);
        const { data } = await counter.resubmit(school, returned, '已补充清晰复印件');
        expect(data?.resubmitRegistration.enrollment).toMatchObject({
          status: 'PENDING_APPROVAL',
          decisionReason: '户口簿不清晰',
          schoolNote: '已补充清晰复印件',
          version: returned.version + 1,
          decisionDueOn: '2026-09-16',
        });
      },
    );

    test(breaks('ENR-08', 'gets nothing resubmitted that was not sent back'), async () => {
      const waiting = await counter.registered(school, girl(4));
      const { data } = await counter.resubmit(school, waiting, '补充');
      expect(data?.resubmitRegistration.enrollment).toBeNull();
      expect(codesOf(data?.resubmitRegistration.findings ?? [])).toEqual(['NOT_RETURNED_TO_SCHOOL']);
    });

    test('may not list one registration twice', async () => {
      const waiting = await counter.registered(school, girl(5));
      const { errors } = await counter.tryDecide('xiaodian', 'APPROVE', [waiting, waiting]);
      expect(errors.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
    });

    test(breaks('ENR-05', 'cannot refuse because no record has arrived'), async () => {
      const waiting = await counter.registered(school, girl(8));
      const refuse = (ground: string | null) =>
        counter.decide('xiaodian', 'REFUSE', [waiting], { reason: '学籍未转到', ground });
      for (const ground of ['NO_REGISTRATION', 'REGISTRATION_NOT_ARRIVED']) {
        expect((await refuse(ground)).results).toMatchObject([
          {
            findings: [{ ruleId: 'ENR-05', code: 'ILLEGAL_REJECTION_REASON' }],
            enrollment: { status: 'PENDING_APPROVAL' },
          },
        ]);
      }
      expect((await refuse('TEMPORARY_NUMBER')).results[0]?.findings).toMatchObject([
        { ruleId: 'ID-06', code: 'ILLEGAL_REJECTION_REASON' },
      ]);
      expect(codesOf((await refuse(null)).results[0]?.findings ?? [])).toEqual(['REFUSAL_GROUND_MISSING']);
    });

    test(breaks('STA-11', 'is on record with each unlawful ground, and with nothing else'), async () => {
      const waiting = await counter.registered(school, girl(18));
      const told = () =>
        counter.rows<{ data: Record<string, unknown> }>(
          'enrollment',
          `select event -> 'data' as data from (select event, type from outbox union all select event, type from event_log) e
           where type = 'RegistrationRefusalBlocked' and event -> 'data' ->> 'enrollment' = $1`,
          [waiting.id.split('.')[1]],
        );
      await counter.decide('xiaodian', 'REFUSE', [waiting], {
        reason: '临时学籍号',
        ground: 'TEMPORARY_NUMBER',
      });
      expect((await told()).map(({ data }) => data)).toMatchObject([
        { school, unit: '140105', unitPlace: 14_010_500_000, rules: ['ID-06'] },
      ]);
      await counter.decide('xiaodian', 'REFUSE', [waiting], { reason: '未到校就读', ground: null });
      await counter.decide('xiaodian', 'REFUSE', [waiting], { reason: '未到校', ground: 'NOT_ATTENDING' });
      expect(await told()).toHaveLength(1);
    });

    test('is told which row changed meanwhile, and the others are decided', async () => {
      const [stale, fresh] = [
        await counter.registered(school, girl(14)),
        await counter.registered(school, girl(15)),
      ];
      const { decided, refused, results } = await counter.decide('xiaodian', 'APPROVE', [
        { ...stale, version: stale.version - 1 },
        fresh,
      ]);
      expect({ decided, refused }).toEqual({ decided: 1, refused: 1 });
      expect(results).toMatchObject([
        {
          id: stale.id,
          findings: [{ code: 'VERSION_CONFLICT' }],
          enrollment: { status: 'PENDING_APPROVAL', version: stale.version },
        },
        { id: fresh.id, findings: [], enrollment: { status: 'IN_SCHOOL' } },
      ]);
    });

    test('gets the same answer under the same key, and no second decision', async () => {
      const waiting = await counter.registered(school, girl(6));
      const idempotencyKey = randomUUID();
      const first = await counter.decide('xiaodian', 'APPROVE', [waiting], { idempotencyKey });
      const again = await counter.decide('xiaodian', 'APPROVE', [waiting], { idempotencyKey });
      expect(again).toEqual(first);
    });

    test(breaks('ORG-11', 'of another place hears nothing, not even that there is something'), async () => {
      const waiting = await counter.registered(school, girl(7));
      const known = await counter.tryDecide('yingze', 'APPROVE', [waiting]);
      const unknown = await counter.tryDecide('yingze', 'APPROVE', [
        { id: `${randomUUID()}.${randomUUID()}`, version: 1 },
      ]);
      expect(known.errors.map(({ extensions }) => extensions.code)).toEqual(['OUT_OF_JURISDICTION']);
      expect(known).toEqual(unknown);
    });
  });

  describe('a registration that was refused for good', () => {
    const refusedOf = async (sequence: number) => {
      const waiting = await counter.registered(school, girl(sequence));
      await counter.decide('xiaodian', 'REFUSE', [waiting], { reason: '不属于本区招生范围' });
      await registry.settled();
      return waiting;
    };

    test(
      holds('ID-32', 'closes the number, and person, number and registration stay in the history'),
      async () => {
        const refused = await refusedOf(10);
        const numbers = await counter.rows<{ state: string; open: boolean }>(
          'identity',
          'select state, valid_to is null as open from student_number where person_id = $1',
          [person(refused.id)],
        );
        expect(numbers).toEqual([{ state: 'SUPERSEDED', open: false }]);
        const [kept] = await counter.rows<{ status: string; active: boolean }>(
          'enrollment',
          'select status, active from enrollment where person_id = $1',
          [person(refused.id)],
        );
        expect(kept).toEqual({ status: 'REFUSED', active: false });
      },
    );

    test(
      holds(
        'ID-31',
        'lets the child be registered elsewhere as the same person, with what is on the new form',
      ),
      async () => {
        const refused = await refusedOf(11);
        const again = await counter.registered(otherTaiyuanPrimary, girl(11, { name: '样例更名' }));
        expect(person(again.id)).toBe(person(refused.id));
        expect(again.id).not.toBe(refused.id);
        expect(again).toMatchObject({
          status: 'PENDING_APPROVAL',
          student: { name: '样例更名', numberKind: 'L_TEMPORARY' },
        });
        expect(again.student.studentNumber).not.toBe(refused.student.studentNumber);
        const [{ numbers, active } = { numbers: 0, active: 0 }] = await counter.rows<{
          numbers: number;
          active: number;
        }>(
          'identity',
          `select count(*)::int as numbers, count(*) filter (where state = 'ACTIVE')::int as active
           from student_number where person_id = $1`,
          [person(again.id)],
        );
        expect({ numbers, active }).toEqual({ numbers: 2, active: 1 });
      },
    );

    test(breaks('ID-31', 'but at one school only: the next one is told of the record'), async () => {
      await refusedOf(12);
      await counter.registered(otherTaiyuanPrimary, girl(12));
      const { enrollment, findings } = await counter.register(school, girl(12));
      expect(enrollment).toBeNull();
      expect(codesOf(findings)).toEqual(['DUPLICATE_RECORD_FOUND']);
    });

    test('is not brought back by the old request coming again', async () => {
      const idempotencyKey = randomUUID();
      const first = await counter.registered(school, girl(13), { idempotencyKey });
      await counter.decide('xiaodian', 'REFUSE', [first], { reason: '不属于本区招生范围' });
      await registry.settled();
      const again = await counter.registered(school, girl(13), { idempotencyKey });
      expect(again).toMatchObject({ id: first.id, status: 'REFUSED' });
      const anew = await counter.registered(school, girl(13));
      expect(person(anew.id)).toBe(person(first.id));
      expect(anew).toMatchObject({ status: 'PENDING_APPROVAL', version: again.version + 1 });
    });
  });

  describe('at one moment', () => {
    test(
      breaks('ID-01', `two schools register one child: one wins, ${rounds} times of ${rounds}`),
      async () => {
        for (let round = 0; round < rounds; round++) {
          const form = girl(round % 400, {
            birthDate: `2019-${String(1 + Math.floor(round / 400)).padStart(2, '0')}-11`,
          });
          const answers = await Promise.all([
            counter.register(school, form),
            counter.register(otherTaiyuanPrimary, form),
          ]);
          const won = answers.filter(({ enrollment }) => enrollment !== null);
          const lost = answers.filter(({ enrollment }) => enrollment === null);
          const refusals = lost.map(({ findings }) =>
            codesOf(findings.filter(({ outcome }) => outcome === 'REJECT')),
          );
          expect([won.length, ...refusals]).toEqual([1, ['DUPLICATE_RECORD_FOUND']]);
        }
        const [row] = await counter.rows(
          'identity',
          `select count(distinct p.person_id)::int as persons, count(n.person_id)::int as numbers
           from person p join student_number n on n.person_id = p.person_id
           where p.birth_date between '2019-01-01' and '2019-12-31'`,
        );
        expect(row).toEqual({ persons: rounds, numbers: rounds });
        const [active] = await counter.rows(
          'enrollment',
          `select count(*)::int as registrations, count(distinct person_id)::int as pupils from enrollment
           where active and entry_year_adj = 2026 and person_id = any($1::uuid[])`,
          [
            (
              await counter.rows<{ person_id: string }>(
                'identity',
                `select person_id from person where birth_date between '2019-01-01' and '2019-12-31'`,
              )
            ).map((each) => each.person_id),
          ],
        );
        expect(active).toEqual({ registrations: rounds, pupils: rounds });
      },
      rounds * 1_000 + 60_000,
    );

    test('two hands decide: one wins, the other is told the version that stands', async () => {
      for (let round = 0; round < rounds / 4; round++) {
        const waiting = await counter.registered(school, girl(round, { birthDate: '2020-01-15' }));
        const answers = await Promise.all([
          counter.tryDecide('xiaodian', 'APPROVE', [waiting]),
          counter.tryDecide('xiaodian', 'REFUSE', [waiting], { reason: '材料不实' }),
        ]);
        const won = answers.filter(({ data }) => data?.decideRegistrations?.decided === 1);
        const lost = answers.filter(({ data }) => data?.decideRegistrations?.refused === 1);
        expect(won).toHaveLength(1);
        expect(lost.map(({ data }) => data?.decideRegistrations.results)).toMatchObject([
          [
            {
              findings: [{ code: 'VERSION_CONFLICT' }],
              enrollment: { version: waiting.version + 1 },
            },
          ],
        ]);
      }
    });
  });

  describe('when the day is over', () => {
    const blockers = async (who: string, id: string): Promise<string[]> => {
      const answer = await counter.ask<{
        student: { enrollment: { blockers: { ruleId: string; outcome: string; code: string }[] } };
      }>(who, `query ($id: ID!) { student(id: $id) { enrollment { blockers { ruleId outcome code } } } }`, {
        id: person(id),
      });
      const found = counter.answered(answer).student.enrollment.blockers;
      return found.map(({ ruleId, outcome, code }) => `${ruleId} ${outcome} ${code}`);
    };
    let waiting: Registration;
    let returned: Registration;

    beforeAll(async () => {
      waiting = await counter.registered(school, girl(20));
      returned = await counter.registered(school, girl(21));
      await counter.decide('xiaodian', 'RETURN', [returned], { reason: '户口簿不清晰' });
    });

    test(holds('ORG-06', 'of the tenth working day nothing is on record yet'), async () => {
      registry.clock.moveTo('2026-09-16T23:59:59+08:00');
      expect(await blockers('xiaodian', waiting.id)).toEqual([]);
      expect(await blockers('registrar', returned.id)).toEqual([]);
    });

    test(
      breaks('ENR-08', 'what the county has not decided is on record, and can still be approved'),
      async () => {
        registry.clock.moveTo('2026-09-17T00:00:00+08:00');
        expect(await blockers('registrar', waiting.id)).toEqual([
          'ENR-08 RECORD REGISTRATION_DECISION_OVERDUE',
        ]);
        expect(await counter.decide('xiaodian', 'APPROVE', [waiting])).toMatchObject({ decided: 1 });
        expect(await blockers('registrar', waiting.id)).toEqual([]);
      },
    );

    test(
      breaks('ORG-06', 'what the school has not answered is on record, and can still be handed in'),
      async () => {
        expect(await blockers('xiaodian', returned.id)).toEqual(['ORG-06 RECORD SCHOOL_DUTY_FINDING']);
        await counter.resubmit(school, { id: returned.id, version: returned.version + 1 }, '已补充');
        expect(await blockers('xiaodian', returned.id)).toEqual([]);
      },
    );
  });
});
