import { type Envelope, readEvent } from '#libs/contracts/envelope.ts';
import {
  EnrollmentApproved,
  EnrollmentHandedOver,
  EnrollmentRejected,
} from '#libs/contracts/events/enrollment.ts';
import { EnrollmentMoved, SchoolCleared } from '#libs/contracts/events/enrollment-move.ts';
import { GraduationRolledBack, StudentGraduated } from '#libs/contracts/events/enrollment-status.ts';
import { NumberClosed } from '#libs/contracts/events/identity.ts';
import { enforces } from '#libs/law/enforces.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import type { Projection } from '#libs/platform/events/projection.ts';
import { followPerson, followSuccessor } from './key-change/follow-person.ts';
import { endNumber } from './number/give-number.ts';
import { followSchool, moveAllRecords, moveRecords } from './person/move-records.ts';

/** A registration refused for good: its number is closed, person and history stay (ID-32). */
const closeNumber = async (tx: Tx, person: string, at: string): Promise<void> => {
  enforces('ID-32');
  const [row] = await query<{ version: number; place: string; province: string }>(
    tx,
    `update person set registered = false, approved = false, number_kind = null, version = version + 1
     where person_id = $1 and registered and not approved returning version, place, province`,
    [person],
  );
  if (row === undefined) return;
  await endNumber(tx, person, at);
  await recordEvents(tx, at, [
    recorded(NumberClosed, person, row.version, { person, province: row.province, place: Number(row.place) }),
  ]);
};

/** A registration goes on at another school: everything about the person is seen from there. */
const movePerson = async (
  tx: Tx,
  { person, school, place, province }: { person: string; school: string; place: number; province: string },
  at: string,
): Promise<void> => {
  await execute(
    tx,
    'update person set school = $2, place = $3, province = $4, registered = true, approved = true where person_id = $1',
    [person, school, place, province],
  );
  await moveRecords(tx, [person], place);
  await followPerson(tx, { person, school, province }, at);
};

/**
 * Who has graduated from kindergarten is registered nowhere until a primary school registers the child, and keeps the
 * number (PRE-03, ID-31).
 */
const standBetween = async (tx: Tx, event: Envelope): Promise<void> => {
  const isGraduation = event.type === StudentGraduated.type;
  const { person, position } = readEvent(isGraduation ? StudentGraduated : GraduationRolledBack, event);
  if (position.stage !== 'PRESCHOOL') return;
  await execute(tx, 'update person set registered = $2 where person_id = $1', [person, !isGraduation]);
};

const approve = async (tx: Tx, events: readonly Envelope[]): Promise<void> => {
  const persons = events.map((event) => readEvent(EnrollmentApproved, event).person);
  await execute(tx, 'update person set approved = true where person_id = any($1::uuid[])', [persons]);
};

/** Runs of approvals, which differ in the person alone, and each other event by itself, in their order. */
const runsOf = (events: readonly Envelope[]): Envelope[][] => {
  const runs: Envelope[][] = [];
  for (const event of events) {
    const last = runs.at(-1);
    const continues = last?.[0]?.type === event.type && event.type === EnrollmentApproved.type;
    if (continues) last.push(event);
    else runs.push([event]);
  }
  return runs;
};

const applyOne = async (tx: Tx, event: Envelope): Promise<void> => {
  if (event.type === EnrollmentHandedOver.type)
    await movePerson(tx, readEvent(EnrollmentHandedOver, event), event.time);
  if (event.type === EnrollmentMoved.type) {
    const { person, from, ...into } = readEvent(EnrollmentMoved, event);
    if (await followSchool(tx, person, from, into)) {
      await moveRecords(tx, [person], into.place);
      await followSuccessor(tx, person, from, into);
    }
  }
  if (event.type === SchoolCleared.type) {
    const { into, ...from } = readEvent(SchoolCleared, event);
    await moveAllRecords(tx, from, into);
  }
  if (event.type === StudentGraduated.type || event.type === GraduationRolledBack.type)
    await standBetween(tx, event);
  if (event.type === EnrollmentRejected.type) {
    const { person, final } = readEvent(EnrollmentRejected, event);
    if (final) await closeNumber(tx, person, event.time);
  }
};

/** What became of a registration, as identity needs to know it: who takes part in the yearly issue, and where. */
export const registrationOutcomes: Projection = {
  name: 'identity-registration-outcomes',
  sources: ['enrollment'],
  types: [
    EnrollmentApproved.type,
    EnrollmentRejected.type,
    EnrollmentHandedOver.type,
    EnrollmentMoved.type,
    SchoolCleared.type,
    StudentGraduated.type,
    GraduationRolledBack.type,
  ],
  tables: [],
  apply: async (tx, events) => {
    for (const run of runsOf(events)) {
      if (run[0]?.type === EnrollmentApproved.type) await approve(tx, run);
      else for (const event of run) await applyOne(tx, event);
    }
  },
};
