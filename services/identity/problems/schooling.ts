import { type Envelope, readEvent } from '#libs/contracts/envelope.ts';
import {
  EnrollmentApproved,
  EnrollmentHandedOver,
  EnrollmentRegistered,
  EnrollmentRejected,
  EnrollmentResubmitted,
} from '#libs/contracts/events/enrollment.ts';
import { EnrollmentMoved } from '#libs/contracts/events/enrollment-move.ts';
import {
  AdmissionCancelled,
  AdmissionRolledBack,
  enrollmentStatusEvents,
  GraduationRolledBack,
  StudentAdmitted,
  StudentGraduated,
} from '#libs/contracts/events/enrollment-status.ts';
import type { EnrollmentStatus } from '#libs/contracts/vocabulary.ts';
import { enforces } from '#libs/law/enforces.ts';
import { dayOf } from '#libs/platform/clock/clock.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute } from '#libs/platform/database/query.ts';
import type { Projection } from '#libs/platform/events/projection.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { handOnUpdates } from '../updates/hand-on.ts';
import { followSuccessor, passOnProblems } from './pass-on.ts';

const registrationKinds = [
  EnrollmentRegistered,
  EnrollmentApproved,
  EnrollmentRejected,
  EnrollmentResubmitted,
];

type Life = { graduatedOn?: string | null; admitted?: boolean };
type Lived = Life & { person: string; status: EnrollmentStatus };

/** Keeps how children's schooling goes on, of each once; what is left out stays as it is. */
const keepLives = async (tx: Tx, lives: readonly Lived[]): Promise<void> => {
  if (lives.length === 0) return;
  await execute(
    tx,
    `with lived as (
       select * from unnest($1::uuid[], $2::text[], $3::date[], $4::boolean[], $5::boolean[], $6::boolean[])
         as l (person, status, graduated_on, has_graduated_on, admitted, has_admitted)),
     records as (
       update problem_record r set graduated_on = l.graduated_on from lived l
       where r.person_id = l.person and l.has_graduated_on)
     insert into schooling as s (person_id, status, graduated_on, admitted)
     select person, status, graduated_on, admitted from lived
     on conflict (person_id) do update set status = excluded.status,
       graduated_on = case when (select has_graduated_on from lived where person = s.person_id)
         then excluded.graduated_on else s.graduated_on end,
       admitted = case when (select has_admitted from lived where person = s.person_id)
         then excluded.admitted else s.admitted end`,
    [
      lives.map(({ person }) => person),
      lives.map(({ status }) => status),
      lives.map(({ graduatedOn }) => graduatedOn ?? null),
      lives.map(({ graduatedOn }) => graduatedOn !== undefined),
      lives.map(({ admitted }) => admitted ?? false),
      lives.map(({ admitted }) => admitted !== undefined),
    ],
  );
};

/** What a change of status means for the time after graduation. */
const lifeAfter = (type: string, day: string): Life => {
  switch (type) {
    case StudentGraduated.type:
      return { graduatedOn: day, admitted: false };
    case GraduationRolledBack.type:
      return { graduatedOn: null, admitted: false };
    case StudentAdmitted.type:
      return { admitted: true };
    case AdmissionRolledBack.type:
    case AdmissionCancelled.type:
      return { admitted: false };
    default:
      return {};
  }
};

/** How the child of an event stands after it; undefined for one that says nothing of it. */
const livedAfter = (event: Envelope): Lived | undefined => {
  const { type, time } = event;
  const registration = registrationKinds.find((kind) => kind.type === type);
  if (registration !== undefined) {
    const { person, status } = readEvent(registration, event);
    return { person, status };
  }
  const change = enrollmentStatusEvents.find((kind) => kind.type === type);
  if (change !== undefined) {
    const { person, status } = readEvent(change, event);
    return { person, status, ...lifeAfter(type, dayOf(time)) };
  }
  if (type !== EnrollmentHandedOver.type) return undefined;
  const { person, status, reason } = readEvent(EnrollmentHandedOver, event);
  const goesOn = reason === 'ADMISSION_ENDED' ? {} : { graduatedOn: null };
  return { person, status, ...goesOn, admitted: false };
};

/** Events after which what runs about a child goes elsewhere with it. */
const passesOn: ReadonlySet<string> = new Set([
  StudentAdmitted.type,
  EnrollmentHandedOver.type,
  EnrollmentMoved.type,
]);

const passOn = async (core: Core, tx: Tx, event: Envelope): Promise<void> => {
  const { type, time } = event;
  if (type === StudentAdmitted.type) {
    const { person, place, province } = readEvent(StudentAdmitted, event);
    await passOnProblems(core, tx, { person, place, province }, time);
  }
  if (type === EnrollmentHandedOver.type) {
    const { person, school, place, province } = readEvent(EnrollmentHandedOver, event);
    await passOnProblems(core, tx, { person, place, province, school }, time);
    await handOnUpdates(core, tx, { person, place, province, school }, time);
  }
  if (type === EnrollmentMoved.type) {
    const { person, school, place, province, from } = readEvent(EnrollmentMoved, event);
    const there = { person, school, place, province };
    await followSuccessor(core, tx, { ...there, from: from.school }, time);
    await handOnUpdates(core, tx, there, time);
  }
};

type Core = Pick<ServiceCore, 'sealing' | 'directory' | 'clock'>;

/**
 * Follows how children's schooling goes on: a problem record stops neither graduation nor admission, and goes with the
 * child to the school that goes on settling it (ENR-31, ENR-32). The nationwide promotion is none of its events: what
 * runs about a child runs on (ENR-29).
 */
export const schoolingProjection = (core: Core): Projection => {
  enforces('ENR-29', 'ENR-32');
  return {
    name: 'identity-schooling',
    sources: ['enrollment'],
    types: [
      ...registrationKinds.map(({ type }) => type),
      ...enrollmentStatusEvents.map(({ type }) => type),
      EnrollmentHandedOver.type,
      EnrollmentMoved.type,
    ],
    tables: [],
    apply: async (tx, events) => {
      const lives = new Map<string, Lived>();
      const keep = async () => {
        await keepLives(tx, [...lives.values()]);
        lives.clear();
      };
      for (const event of events) {
        const lived = livedAfter(event);
        if (lived !== undefined) lives.set(lived.person, { ...lives.get(lived.person), ...lived });
        if (!passesOn.has(event.type)) continue;
        await keep();
        await passOn(core, tx, event);
      }
      await keep();
    },
  };
};
