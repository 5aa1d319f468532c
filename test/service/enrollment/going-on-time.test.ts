import { randomUUID } from 'node:crypto';
import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { type CaseDesk, caseDeskOf, schoolDesks } from './case-desk.ts';
import { type Counter, codesOf, counterOf, type Told } from './counter.ts';
import { oldPupil, schoolWith } from './old-pupils.ts';

type Row = {
  id: string;
  version: number;
  infoDueOn: string | null;
  infoConfirmedOn: string | null;
  blockers: Told[];
};

/** How long a school may take when a graduate of another one goes on there; tests follow one another in time. */
describe('a pupil who goes on', () => {
  let registry: Registry;
  let counter: Counter;
  let desk: CaseDesk;
  let primary: SchoolFact;
  let junior: SchoolFact;

  beforeAll(async () => {
    registry = await startRegistry();
    counter = counterOf(registry);
    desk = caseDeskOf(registry);
    primary = await schoolWith(registry, 'PRIMARY');
    junior = await schoolWith(registry, 'JUNIOR');
  });
  afterAll(() => registry?.stop());

  const admitted = async (): Promise<{ admission: string; person: string }> => {
    const pupil = await oldPupil(registry, primary, 2020);
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
       values ($1, $2, $3, $4, '140000', 'JUNIOR', 2026, 3, $5, $6, 'ADMITTED', 1, '2026-08-01T09:00:00+08:00', 'x')`,
      [pupil.person, admission, junior.place, junior.code, pupil.id.slice(37), primary.code],
    );
    return { admission, person: pupil.person };
  };

  const report = async (admission: string, reportedOn: string) => {
    const { reportAdmitted } = desk.answered(
      await desk.ask<{
        reportAdmitted: {
          results: { admission: { state: string; dueOn: string } | null; findings: Told[] }[];
        };
      }>(
        schoolDesks(junior.code).registrar,
        `mutation ($input: ReportAdmittedInput!) { reportAdmitted(input: $input) {
           results { admission { state dueOn } findings { ruleId outcome code } } } }`,
        {
          input: {
            ...{ idempotencyKey: randomUUID(), school: junior.code },
            ...{ admissions: [admission], reportedOn },
          },
        },
      ),
    );
    return reportAdmitted.results[0];
  };

  const registration = async (person: string): Promise<Row> => {
    const { enrollments } = desk.answered(
      await desk.ask<{ enrollments: { edges: { node: Row }[] } }>(
        schoolDesks(junior.code).registrar,
        `{ enrollments(first: 50) { edges { node { id version infoDueOn infoConfirmedOn
           blockers { ruleId outcome code } } } } }`,
      ),
    );
    const found = enrollments.edges.find(({ node }) => node.id.startsWith(person));
    if (found === undefined) throw new Error('No registration');
    return found.node;
  };

  const confirm = async ({ id, version }: Row) => {
    const { confirmBasicInfo } = desk.answered(
      await desk.ask<{ confirmBasicInfo: { enrollment: Row | null; findings: Told[] } }>(
        schoolDesks(junior.code).registrar,
        `mutation ($input: RegistrationOrderInput!) { confirmBasicInfo(input: $input) {
           enrollment { id version infoDueOn infoConfirmedOn } findings { ruleId outcome code } } }`,
        { input: { idempotencyKey: randomUUID(), enrollment: id, expectedVersion: version } },
      ),
    );
    return confirmBasicInfo;
  };

  let prompt: string;
  let slow: string;

  test(holds('ENR-26', 'within a month of reporting is linked in time'), async () => {
    registry.clock.moveTo('2026-10-01T23:00:00+08:00');
    const { admission, person } = await admitted();
    expect(await report(admission, '2026-09-01')).toEqual({
      ...{ admission: { state: 'REPORTED', dueOn: '2026-10-01' }, findings: [] },
    });
    prompt = person;
  });

  test(breaks('ENR-26', 'a day later is linked all the same, and on record'), async () => {
    registry.clock.moveTo('2026-10-02T00:00:00+08:00');
    const { admission, person } = await admitted();
    expect(await report(admission, '2026-09-01')).toEqual({
      admission: { state: 'REPORTED', dueOn: '2026-10-01' },
      findings: [{ ruleId: 'ENR-26', outcome: 'RECORD', code: 'STAGE_PROGRESSION_OVERDUE' }],
    });
    slow = person;
  });

  test(
    holds('ENR-68', 'whose information the school looks through within a month owes nothing'),
    async () => {
      expect(await registration(prompt)).toMatchObject({ infoDueOn: '2026-11-01', blockers: [] });
      registry.clock.moveTo('2026-11-01T23:59:59+08:00');
      const { enrollment, findings } = await confirm(await registration(prompt));
      expect(enrollment?.infoConfirmedOn).toBe('2026-11-01');
      expect(findings).toEqual([]);
      expect((await registration(slow)).blockers).toEqual([]);
    },
  );

  test(
    breaks('ENR-68', 'whose information nobody looked through is on record, also when it is done late'),
    async () => {
      registry.clock.moveTo('2026-11-03T00:00:00+08:00');
      expect(codesOf((await registration(slow)).blockers)).toEqual(['BASIC_INFO_UPDATE_OVERDUE']);
      expect((await registration(prompt)).blockers).toEqual([]);
      const { findings } = await confirm(await registration(slow));
      expect(findings).toEqual([{ ruleId: 'ENR-68', outcome: 'RECORD', code: 'BASIC_INFO_UPDATE_OVERDUE' }]);
      expect((await registration(slow)).infoConfirmedOn).toBe('2026-11-03');
    },
  );
});
