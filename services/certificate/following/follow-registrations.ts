import { type Envelope, readEvent } from '#libs/contracts/envelope.ts';
import {
  EnrollmentApproved,
  EnrollmentHandedOver,
  EnrollmentRegistered,
  EnrollmentRejected,
  EnrollmentResubmitted,
} from '#libs/contracts/events/enrollment.ts';
import { EnrollmentMoved } from '#libs/contracts/events/enrollment-move.ts';
import { enrollmentStatusEvents, GraduationRolledBack } from '#libs/contracts/events/enrollment-status.ts';
import { outcomeOfStatus } from '#libs/law/certificate/kinds.ts';
import { shanghaiDate } from '#libs/law/dates.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import type { Projection } from '#libs/platform/events/projection.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { graduationUndone } from '../revocation/graduation-undone.ts';
import { joinedOn } from '../studies/joined-on.ts';
import type { Study } from '../studies/study.ts';
import { saveStudies, setStatus } from '../studies/study-rows.ts';

const dayOf = ({ time }: Envelope): string => shanghaiDate(new Date(time));

/** Studies that begin with an event, or go on elsewhere with it. */
const begun = (event: Envelope, kind: typeof EnrollmentRegistered | typeof EnrollmentHandedOver): Study => {
  const { person, enrollment, school, place, province, stage, status, ...rest } = readEvent(kind, event);
  return {
    ...{ person, enrollment, school, place, province, stage, status },
    ...{ entryYearAdj: rest.entryYearAdj, lastGrade: rest.lastGrade },
    frozenAt: 'frozenAt' in rest ? (rest.frozenAt ?? null) : null,
    ...{ startedOn: dayOf(event), joinedOn: joinedOn(dayOf(event), rest), endedOn: null },
  };
};

/** Studies as an event about their state tells them. */
const changed = (event: Envelope): Study | undefined => {
  const kind = [...enrollmentStatusEvents, EnrollmentMoved].find(({ type }) => type === event.type);
  if (kind === undefined) return undefined;
  const { person, enrollment, school, place, province, status, position } = readEvent(kind, event);
  const { stage, entryYearAdj, lastGrade, frozenAt } = position;
  const day = dayOf(event);
  return {
    ...{ person, enrollment, school, place, province, stage, status, entryYearAdj, lastGrade, frozenAt },
    ...{ startedOn: day, joinedOn: null, endedOn: outcomeOfStatus(status) === undefined ? null : day },
  };
};

const told = [EnrollmentApproved, EnrollmentRejected, EnrollmentResubmitted] as const;

const follow = async (tx: Tx, event: Envelope): Promise<void> => {
  const kind = told.find(({ type }) => type === event.type);
  if (kind !== undefined) {
    await setStatus(tx, readEvent(kind, event));
    return;
  }
  const study =
    event.type === EnrollmentHandedOver.type ? begun(event, EnrollmentHandedOver) : changed(event);
  if (study === undefined) return;
  await saveStudies(tx, [study]);
  const isUndone = event.type === GraduationRolledBack.type || study.status === 'IN_SCHOOL';
  if (isUndone) {
    await graduationUndone(tx, event.time, study, event.type === GraduationRolledBack.type);
  }
};

/** The studies of everybody, in which state they are, and when they ended. */
export const followsRegistrations = (core: Pick<ServiceCore, 'wakeRelay'>): Projection => ({
  name: 'certificate-studies',
  sources: ['enrollment'],
  types: [
    EnrollmentRegistered.type,
    EnrollmentHandedOver.type,
    EnrollmentMoved.type,
    ...told.map(({ type }) => type),
    ...enrollmentStatusEvents.map(({ type }) => type),
  ],
  tables: [],
  apply: async (tx, events) => {
    let registered: Study[] = [];
    for (const event of events) {
      if (event.type === EnrollmentRegistered.type) {
        registered.push(begun(event, EnrollmentRegistered));
        continue;
      }
      await saveStudies(tx, registered);
      registered = [];
      await follow(tx, event);
    }
    await saveStudies(tx, registered);
  },
  applied: () => core.wakeRelay(),
});
