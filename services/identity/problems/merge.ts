import { GuardianUnlinked, NumberClosed } from '#libs/contracts/events/identity.ts';
import { RecordsMerged } from '#libs/contracts/events/problem-record.ts';
import type { EnrollmentStatus } from '#libs/contracts/vocabulary.ts';
import { enforces } from '#libs/law/enforces.ts';
import type { Finding } from '#libs/law/finding.ts';
import { judgeMerge, type MergedRegistration } from '#libs/law/identity/problem-course.ts';
import { relationOf } from '#libs/law/identity/same-child.ts';
import { formalNumber } from '#libs/law/identity/student-number.ts';
import type { Sealing } from '#libs/platform/crypto/sealing.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { type Recorded, recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import { endNumber } from '../number/give-number.ts';
import { keysOf, numberKeyOf } from '../person/claim-key.ts';
import { type HeldPerson, holdPerson, shownBy } from '../person/held-person.ts';
import { leave } from '../person/likeness-table.ts';
import { endUpdates } from '../updates/hand-on.ts';
import type { Work } from './on-problem.ts';
import { problemsWhere, saveProblem, UNSETTLED } from './problem-rows.ts';

/** Which of two records of one child stands, which falls, and whether the decision ends the one that still runs. */
type Pair = { standing: string; fell: string; endsRegistration: boolean };

const STANDS: Readonly<Record<EnrollmentStatus, MergedRegistration>> = {
  PENDING_APPROVAL: 'UNDECIDED',
  RETURNED_TO_SCHOOL: 'UNDECIDED',
  REFUSED: 'ENDED',
  IN_SCHOOL: 'AT_SCHOOL',
  SUSPENDED: 'AT_SCHOOL',
  GRADUATED: 'AWAY',
  ADMITTED: 'AWAY',
  COMPLETED: 'ENDED',
  WITHDRAWN: 'ENDED',
  EXPELLED: 'ENDED',
  ABROAD: 'AWAY',
  LEFT_OTHER: 'AWAY',
  CANCELLED: 'ENDED',
  ADMISSION_CANCELLED: 'AWAY',
};

/** How somebody's registration stands; one whose approval has not been told yet is undecided. */
const standingOf = async (tx: Tx, { person, registered }: HeldPerson): Promise<MergedRegistration> => {
  if (!registered) return 'ENDED';
  const [row] = await query<{ status: EnrollmentStatus }>(
    tx,
    'select status from schooling where person_id = $1',
    [person],
  );
  return row === undefined ? 'UNDECIDED' : STANDS[row.status];
};

/** The number that one's document stands for is the other's already. */
const sharesNumber = async (
  tx: Tx,
  sealing: Sealing,
  one: HeldPerson,
  other: HeldPerson,
): Promise<boolean> => {
  const { type, number } = one.document;
  if (type !== 'RESIDENT_ID' || number === null) return false;
  const [row] = await query(tx, 'select 1 from number_claim where hash = $1 and person_id = $2', [
    numberKeyOf(formalNumber(number), sealing),
    other.person,
  ]);
  return row !== undefined;
};

/**
 * Makes two records of one child one (ID-01, ID-18): the number of the one that falls ends as followed, and it with all
 * its numbers and documents finds the person who stands from then on. What still runs of its registration ends with it
 * where the decision says so, and whoever keeps registrations is told. Refused by `judgeMerge`. Both must be in the
 * caller's scope.
 */
export const mergeRecords = async (work: Work, pair: Pair): Promise<Finding[]> => {
  enforces('ID-01', 'ID-18', 'ID-32');
  const { core, tx, scope, today, lawPlace } = work;
  const { sealing } = core;
  const [standing, fell] = [
    await holdPerson(tx, sealing, scope, pair.standing),
    await holdPerson(tx, sealing, scope, pair.fell),
  ];
  if (standing === undefined || fell === undefined) throw outOfJurisdiction();
  const [one, other] = [keysOf(shownBy(standing), sealing), keysOf(shownBy(fell), sealing)];
  const alike =
    relationOf(one.traits, other.traits) !== 'NONE' ||
    (await sharesNumber(tx, sealing, fell, standing)) ||
    (await sharesNumber(tx, sealing, standing, fell));
  const registration = await standingOf(tx, fell);
  const findings = judgeMerge(
    {
      ...{ alike, fell: registration, standing: await standingOf(tx, standing) },
      endsRegistration: pair.endsRegistration,
    },
    today,
    lawPlace,
  );
  if (findings.length > 0) return findings;
  await leave(tx, fell.person, other.likenesses);
  await handOver(tx, fell.person, standing.person);
  await recordEvents(tx, work.now, [
    ...(await endFallen(work, fell, standing)),
    ...(await endCourses(work, fell.person)),
    recorded(RecordsMerged, standing.person, standing.version + 1, {
      ...{ person: standing.person, province: standing.province, place: standing.place },
      ...{ fell: fell.person, problem: work.record.id, endsRegistration: registration !== 'ENDED' },
    }),
  ]);
  await execute(tx, 'update person set version = version + 1 where person_id = $1', [standing.person]);
  return [];
};

/** Every key and every number of the one that falls finds the one who stands. */
const handOver = async (tx: Tx, fell: string, standing: string): Promise<void> => {
  await execute(tx, 'update number_claim set person_id = $2 where person_id = $1', [fell, standing]);
  await execute(tx, 'update document_claim set person_id = $2 where person_id = $1', [fell, standing]);
};

const endFallen = async (
  { tx, now }: Work,
  { person, province, place, version }: HeldPerson,
  standing: HeldPerson,
): Promise<Recorded[]> => {
  const ended = await endNumber(tx, person, now);
  const links = await query<{ subject: string }>(
    tx,
    'update guardian_link set until = $2 where person_id = $1 and until is null returning subject',
    [person, now],
  );
  const where = { person, province, place };
  const told: ((at: number) => Recorded)[] = [
    ...(ended > 0 ? [(at: number) => recorded(NumberClosed, person, at, where)] : []),
    ...links.map(
      ({ subject }) =>
        (at: number) =>
          recorded(GuardianUnlinked, person, at, { ...where, subject, to: now }),
    ),
  ];
  await execute(
    tx,
    `update person set registered = false, approved = false, number_kind = null, merged_into = $2, version = $3
     where person_id = $1`,
    [person, standing.person, version + told.length],
  );
  return told.map((tell, index) => tell(version + index + 1));
};

/** What still runs about the one that falls has nothing to run about. */
const endCourses = async ({ core, tx, now, record, hand }: Work, fell: string): Promise<Recorded[]> => {
  await endUpdates(tx, core.sealing, fell, now);
  const others = await problemsWhere(
    tx,
    `person_id = $1 and problem_id <> $2 and state in ${UNSETTLED} order by problem_id for update`,
    [fell, record.id],
  );
  const events: Recorded[] = [];
  for (const other of others) {
    const after = {
      ...other,
      version: other.version + 1,
      state: 'RESOLVED' as const,
      resolution: 'MERGED' as const,
    };
    const happening = { act: 'MERGED', unit: hand.unit, by: 'SYSTEM', at: now, note: null, papers: [] };
    events.push(await saveProblem(tx, core.sealing, after, happening));
  }
  return events;
};
