import { v7 as uuidv7 } from 'uuid';
import { firstGraders } from '#deploy/bench/first-graders.ts';
import { letGraduate } from '#deploy/bench/issue-pupils.ts';
import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import { simulatedClock } from '#libs/platform/clock/clock.ts';
import { query, queryOne } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { CollectedForm, personFormOf } from '#services/enrollment/registration/collected-form.ts';
import { marksOf } from '#services/enrollment/registration/intake.ts';
import { takeOverEnrollments } from '#services/enrollment/take-over.ts';
import { takeOverPersons } from '#services/identity/take-over.ts';
import { until } from '#test/events/support/checks.ts';
import type { KillableRegistry } from './registry.ts';

const batch = 500;
const since = '2020-09-01T09:00:00+08:00';

/** Primary pupils of a county whose time is up, reviewed as graduates: what a summer leaves to be issued. */
export const enterGraduates = async (
  registry: KillableRegistry,
  unit: string,
  pupils: number,
): Promise<void> => {
  const certificates = registry.inside('certificate').worker;
  const coreOf = (service: 'identity' | 'enrollment') => ({
    ...{ worker: registry.inside(service).worker, sealing: registry.sealing },
    ...{ clock: simulatedClock('2026-09-02T09:00:00+08:00'), wakeRelay: () => undefined },
  });
  const school = await asWorker(certificates, (tx) =>
    queryOne<{ fact: SchoolFact }>(
      tx,
      `select fact from school_ref where authority = $1 and fact->>'kind' = 'PRIMARY' limit 1`,
      [unit],
    ),
  ).then(({ fact }) => fact);
  const seat = { school: school.code, place: school.place, province: school.province };
  const forms = firstGraders(unit, 2020);
  const persons: string[] = [];
  while (persons.length < pupils) {
    const some = Array.from({ length: Math.min(batch, pupils - persons.length) }, () => ({
      person: uuidv7(),
      form: CollectedForm.parse(forms.next().value),
    }));
    await takeOverPersons(
      coreOf('identity'),
      some.map(({ person, form }, sequence) => ({
        ...{ ...seat, person, region: unit, authority: unit, form: personFormOf(form), sequence, since },
      })),
    );
    await takeOverEnrollments(
      coreOf('enrollment'),
      some.map(({ person, form }) => ({
        ...{ ...seat, person, stage: 'PRIMARY', lastGrade: 6, schoolClass: uuidv7() },
        ...{ entryYearAdj: 2020, marks: marksOf(form), since },
      })),
    );
    persons.push(...some.map(({ person }) => person));
  }
  const known = async (): Promise<boolean> => {
    const { count } = await asWorker(certificates, (tx) =>
      queryOne<{ count: number }>(tx, 'select count(*)::int as count from study where school = $1', [
        school.code,
      ]),
    );
    return count >= pupils;
  };
  await until('the studies of all', known, 600_000);
  await letGraduate({ worker: certificates, sealing: registry.sealing }, unit, persons);
};

export type Issued = {
  certificates: number;
  holders: number;
  numbers: number;
  highest: number;
  told: number;
  open: number;
};

/** What there is of certificates, counted by everything that may not be doubled or left out. */
export const issuedIn = async (registry: KillableRegistry): Promise<Issued> => {
  const [row] = await asWorker(registry.inside('certificate').worker, (tx) =>
    query<Issued>(
      tx,
      `select count(*)::int as certificates, count(distinct person_id)::int as holders,
         count(distinct number)::int as numbers,
         coalesce((select last from certificate_serial where kind = 'GRADUATION'), 0) as highest,
         (select count(*)::int from (select aggregate_id from outbox where type = 'CertificateIssued'
            union all select aggregate_id from event_log where type = 'CertificateIssued') e) as told,
         (select count(*)::int from outcome where state <> 'ISSUED') as open from certificate`,
    ),
  );
  if (row === undefined) throw new Error('Nothing answers');
  return row;
};
