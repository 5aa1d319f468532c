import { randomUUID } from 'node:crypto';
import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { authorityDesks, type CaseDesk, caseDeskOf, type Desk, schoolDesks } from './case-desk.ts';
import { type Counter, codesOf, counterOf, type Told } from './counter.ts';
import { oldPupil, schoolWith } from './old-pupils.ts';

type Course = {
  noShowAfter: string | null;
  noShowOn: string | null;
  outcome: string | null;
  ground: string | null;
};
type Answer = { admission: { id: string; state: string; course: Course } | null; findings: Told[] };

const told = 'findings { ruleId outcome code }';

/** Pupils who were admitted and do not come, or should not have been (W-06); tests follow one another in time. */
describe('an admission', () => {
  let registry: Registry;
  let counter: Counter;
  let desk: CaseDesk;
  let junior: SchoolFact;
  let senior: SchoolFact;
  let beiguanSenior: SchoolFact;

  beforeAll(async () => {
    registry = await startRegistry();
    counter = counterOf(registry);
    desk = caseDeskOf(registry);
    junior = await schoolWith(registry, 'JUNIOR');
    senior = await schoolWith(registry, 'SENIOR');
    beiguanSenior = await schoolWith(registry, 'SENIOR', '410503');
  });
  afterAll(() => registry?.stop());

  const county = authorityDesks('140105');

  /** A graduate of the junior school whom a school has admitted; as `admit` leaves it. */
  const admittedBy = async (school: SchoolFact, from: SchoolFact = junior) => {
    const pupil = await oldPupil(registry, from, 2023);
    const admission = randomUUID();
    await counter.change(
      'enrollment',
      `update enrollment set status = 'ADMITTED', graduated_on = '2026-07-01' where person_id = $1`,
      [pupil.person],
    );
    await counter.change(
      'enrollment',
      `insert into admission (person_id, admission_id, place, school, province, stage, entry_year, last_grade,
         from_enrollment, from_school, state, version, admitted_at, admitted_by)
       values ($1, $2, $3, $4, $5, $6, 2026, 3, $7, $8, 'ADMITTED', 1, '2026-08-01T09:00:00+08:00', 'somebody')`,
      [
        ...[pupil.person, admission, school.place, school.code, school.province, school.stages[0]?.stage],
        ...[pupil.id.slice(37), from.code],
      ],
    );
    return { admission, person: pupil.person };
  };

  const send = async (who: Desk, name: string, type: string, input: object): Promise<Answer> =>
    desk.answered(
      await desk.ask<Record<string, Answer>>(
        who,
        `mutation ($input: ${type}!) { ${name}(input: $input) { admission { id state
           course { noShowAfter noShowOn outcome ground } } ${told} } }`,
        { input: { idempotencyKey: randomUUID(), ...input } },
      ),
    )[name] as Answer;
  const request = (school: SchoolFact, admission: string, ground = 'NO_SHOW') =>
    send(schoolDesks(school.code).registrar, 'requestAdmissionEnd', 'AdmissionEndInput', {
      admission,
      ground,
      reason: '多次联系未果',
    });
  const decide = (admission: string, more: Record<string, unknown> = {}, who: Desk = county.head) =>
    send(who, 'decideAdmissionEnd', 'DecideAdmissionEndInput', {
      admission,
      consents: true,
      reason: '情况属实',
      ...more,
    });
  const move = (day: string) => registry.clock.moveTo(`${day}T09:00:00+08:00`);
  const isAbsent = (admission: string) =>
    counter.until('the pupil is a no-show', async () => {
      const rows = await counter.rows(
        'enrollment',
        'select 1 from admission where admission_id = $1 and no_show_on is not null',
        [admission],
      );
      return rows.length === 1;
    });
  const statusOf = async (person: string) =>
    counter.rows<{ status: string; school: string; active: boolean }>(
      'enrollment',
      'select status, school, active from enrollment where person_id = $1 order by registered_at, active',
      [person],
    );

  test(breaks('ENR-14', 'is not cancelled while the ten working days or an extension run'), async () => {
    const { admission } = await admittedBy(senior);
    const early = await request(senior, admission);
    expect(codesOf(early.findings)).toEqual(['ADMISSION_CANCELLATION_TOO_EARLY']);
    const extended = await send(
      schoolDesks(senior.code).registrar,
      'extendAdmission',
      'ExtendAdmissionInput',
      {
        admission,
        until: '2026-09-29',
        proofShown: true,
      },
    );
    expect(extended.admission?.course.noShowAfter).toBe('2026-09-29');
    const other = await admittedBy(senior);
    move('2026-09-16');
    await isAbsent(other.admission);
    expect(codesOf((await request(senior, admission)).findings)).toEqual([
      'ADMISSION_CANCELLATION_TOO_EARLY',
    ]);
  });

  test(
    holds('ENR-14', 'of a senior no-show ends with the authority’s consent: a graduate again'),
    async () => {
      const { admission, person } = await admittedBy(senior);
      await isAbsent(admission);
      const asked = await request(senior, admission);
      expect(codesOf(asked.findings)).toEqual(['ADMISSION_CANCELLED']);
      expect((await statusOf(person))[0]?.status).toBe('ADMITTED');
      const done = await decide(admission);
      expect(done).toMatchObject({
        findings: [],
        admission: { state: 'CANCELLED', course: { outcome: 'CANCELLED' } },
      });
      expect(await statusOf(person)).toEqual([{ status: 'GRADUATED', school: junior.code, active: true }]);
      await registry.settled();
    },
  );

  test('stays where the authority does not agree, and is not its neighbour’s to decide', async () => {
    const { admission, person } = await admittedBy(senior);
    await isAbsent(admission);
    await request(senior, admission);
    const { errors } = await desk.ask(
      authorityDesks('140106').head,
      `mutation ($input: DecideAdmissionEndInput!) { decideAdmissionEnd(input: $input) { admission { id } } }`,
      { input: { idempotencyKey: randomUUID(), admission, consents: true, reason: '同意' } },
    );
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['OUT_OF_JURISDICTION']);
    const answer = await decide(admission, { consents: false });
    expect(answer.admission).toMatchObject({ state: 'ADMITTED', course: { outcome: 'NOT_AGREED' } });
    expect((await statusOf(person))[0]?.status).toBe('ADMITTED');
  });

  test(breaks('ENR-14', 'of a compulsory school is never cancelled: the no-show is a clue'), async () => {
    const primary = await schoolWith(registry, 'PRIMARY');
    const { admission, person } = await admittedBy(junior, primary);
    await isAbsent(admission);
    expect(codesOf((await request(junior, admission)).findings)).toEqual([
      'ADMISSION_CANCELLATION_COMPULSORY',
    ]);
    const rows = await counter.rows<{ source: string; school: string }>(
      'enrollment',
      'select source, school from dropout_entry where person_id = $1',
      [person],
    );
    expect(rows).toEqual([{ source: 'NO_SHOW', school: junior.code }]);
  });

  test(
    holds('ENR-15', 'won by improper means is checked, then ended with consent, even after reporting'),
    async () => {
      const { admission, person } = await admittedBy(senior);
      const reported = desk.answered(
        await desk.ask<{ reportAdmitted: { reported: number } }>(
          schoolDesks(senior.code).registrar,
          `mutation ($input: ReportAdmittedInput!) { reportAdmitted(input: $input) { reported } }`,
          {
            input: {
              idempotencyKey: randomUUID(),
              school: senior.code,
              admissions: [admission],
              reportedOn: '2026-09-16',
            },
          },
        ),
      );
      expect(reported.reportAdmitted.reported).toBe(1);
      const asked = await request(senior, admission, 'IMPROPER_MEANS');
      expect(codesOf(asked.findings)).toEqual(['IMPROPER_ADMISSION_UNCHECKED']);
      const unchecked = await decide(admission);
      expect(unchecked.admission).toBeNull();
      const done = await decide(admission, { check: 'CONFIRMED' });
      expect(done.admission?.state).toBe('CANCELLED');
      expect((await statusOf(person)).toSorted((a) => (a.active ? -1 : 1))).toEqual([
        { status: 'GRADUATED', school: junior.code, active: true },
        { status: 'ADMISSION_CANCELLED', school: senior.code, active: false },
      ]);
      await registry.settled();
      const [counted] = await counter.rows<{ status: string; school: string }>(
        'statistics',
        'select status, school from pupil where person_id = $1',
        [person],
      );
      expect(counted).toMatchObject({ status: 'GRADUATED' });
    },
  );

  test(
    breaks('ENR-15', 'is not ended when unfounded, when compulsory, nor where no text provides for it'),
    async () => {
      const unfounded = await admittedBy(senior);
      await request(senior, unfounded.admission, 'IMPROPER_MEANS');
      const answer = await decide(unfounded.admission, { check: 'UNFOUNDED', consents: false });
      expect(answer.admission).toMatchObject({ state: 'ADMITTED', course: { outcome: 'UNFOUNDED' } });
      const primary = await schoolWith(registry, 'PRIMARY');
      const compulsory = await admittedBy(junior, primary);
      await request(junior, compulsory.admission, 'IMPROPER_MEANS');
      const kept = await decide(compulsory.admission, { check: 'CONFIRMED' });
      expect(codesOf(kept.findings)).toEqual(['REASSIGN_SCHOOL']);
      expect(kept.admission).toMatchObject({ state: 'ADMITTED', course: { outcome: 'REASSIGN_SCHOOL' } });
      const elsewhere = await admittedBy(beiguanSenior);
      const refused = await request(beiguanSenior, elsewhere.admission, 'IMPROPER_MEANS');
      expect(refused.admission).toBeNull();
      expect(refused.findings.some(({ outcome }) => outcome === 'REJECT')).toBe(true);
    },
  );
});
