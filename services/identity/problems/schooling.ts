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

/** Keeps how registrations stand; of several about one child the last. */
const keepStatuses = async (tx: Tx, statuses: ReadonlyMap<string, EnrollmentStatus>): Promise<void> => {
  if (statuses.size === 0) return;
  await execute(
    tx,
    `insert into schooling (person_id, status, admitted)
     select person, status, false from unnest($1::uuid[], $2::text[]) as r (person, status)
     on conflict (person_id) do update set status = excluded.status`,
    [[...statuses.keys()], [...statuses.values()]],
  );
};

type Life = { graduatedOn?: string | null; admitted?: boolean };

/** Keeps how a child's schooling goes on; what is left out stays as it is. */
const keepLife = async (
  tx: Tx,
  person: string,
  status: EnrollmentStatus,
  { graduatedOn, admitted }: Life,
): Promise<void> => {
  await execute(
    tx,
    `with records as (update problem_record set graduated_on = $3 where person_id = $1 and $5)
     insert into schooling as s (person_id, status, graduated_on, admitted) values ($1, $2, $3, $4)
     on conflict (person_id) do update set status = excluded.status,
       graduated_on = case when $5 then excluded.graduated_on else s.graduated_on end,
       admitted = case when $6 then excluded.admitted else s.admitted end`,
    [
      ...[person, status, graduatedOn ?? null, admitted ?? false],
      ...[graduatedOn !== undefined, admitted !== undefined],
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

const registrationOf = (event: Envelope): { person: string; status: EnrollmentStatus } | undefined => {
  const kind = registrationKinds.find(({ type }) => type === event.type);
  return kind && readEvent(kind, event);
};

const applyOne = async (core: Core, tx: Tx, event: Envelope): Promise<void> => {
  const { type, time } = event;
  const day = dayOf(time);
  const change = enrollmentStatusEvents.find((kind) => kind.type === type);
  if (change !== undefined) {
    const { person, status, place, province } = readEvent(change, event);
    await keepLife(tx, person, status, lifeAfter(type, day));
    if (type === StudentAdmitted.type) await passOnProblems(core, tx, { person, place, province }, time);
    return;
  }
  if (type === EnrollmentHandedOver.type) {
    const { person, status, reason, school, place, province } = readEvent(EnrollmentHandedOver, event);
    const goesOn = reason === 'ADMISSION_ENDED' ? {} : { graduatedOn: null };
    await keepLife(tx, person, status, { ...goesOn, admitted: false });
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
      const statuses = new Map<string, EnrollmentStatus>();
      const keep = async () => {
        await keepStatuses(tx, statuses);
        statuses.clear();
      };
      for (const event of events) {
        const registration = registrationOf(event);
        if (registration === undefined) {
          await keep();
          await applyOne(core, tx, event);
        } else statuses.set(registration.person, registration.status);
      }
      await keep();
    },
  };
};
