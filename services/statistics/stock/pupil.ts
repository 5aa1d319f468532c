import { type Envelope, readEvent } from '#libs/contracts/envelope.ts';
import {
  type CountingMarks,
  EnrollmentApproved,
  EnrollmentHandedOver,
  EnrollmentRegistered,
  EnrollmentRejected,
  EnrollmentResubmitted,
} from '#libs/contracts/events/enrollment.ts';
import { EnrollmentMoved } from '#libs/contracts/events/enrollment-move.ts';
import { enrollmentStatusEvents } from '#libs/contracts/events/enrollment-status.ts';
import {
  FormalNumberIssued,
  NumberClosed,
  PreschoolNumberContinued,
  TemporaryNumberAssigned,
} from '#libs/contracts/events/identity.ts';
import { EnrollmentStatus, type Stage, type StudentNumberKind } from '#libs/contracts/vocabulary.ts';

/** A registration as it is counted. */
export type Registration = {
  enrollment: string;
  school: string;
  stage: Stage;
  entryYearAdj: number;
  lastGrade: number;
  /** Instant from which the grade stands still; null while it runs. */
  frozenAt: string | null;
  status: EnrollmentStatus;
  marks: CountingMarks;
};

/**
 * One person as far as it is known here. Number and registration come from different services in any order, so
 * each may still be missing; where both are known the registration says the place.
 */
export type Pupil = {
  person: string;
  place: number;
  province: string;
  registration: Registration | null;
  numberKind: StudentNumberKind | null;
};

type Whereabouts = { person: string; place: number; province: string };

/** What an event means for the stock. */
export type StockEvent = Whereabouts &
  (
    | { kind: 'REGISTERED'; registration: Registration }
    | {
        kind: 'STATUS';
        enrollment: string;
        school: string;
        status: EnrollmentStatus;
        /** What else of the registration is said anew. */
        anew?: Partial<Pick<Registration, 'stage' | 'entryYearAdj' | 'lastGrade' | 'frozenAt' | 'marks'>>;
      }
    | { kind: 'NUMBER'; numberKind: StudentNumberKind | null }
  );

/** A decision on a registration that was never told of: it is set aside until the registration is there. */
export class UnknownRegistration extends Error {
  readonly code = 'UNKNOWN_REGISTRATION';
}

const registered = (event: Envelope): StockEvent => {
  const { person, place, province, channel: _, ...registration } = readEvent(EnrollmentRegistered, event);
  return { kind: 'REGISTERED', person, place, province, registration: { ...registration, frozenAt: null } };
};

const whereabouts = ({ person, place, province }: Whereabouts): Whereabouts => ({ person, place, province });

/** Events that change the status of a registration and nothing else. */
const statusKinds = [EnrollmentApproved, EnrollmentRejected] as const;
/** Events that tell the status of a registration and where it is in the grades. */
const positionKinds = [...enrollmentStatusEvents, EnrollmentMoved] as const;
const numberKinds = [TemporaryNumberAssigned, PreschoolNumberContinued, FormalNumberIssued] as const;

/** Reads an event; `undefined` for kinds that count nothing. Throws a ZodError for a broken one. */
export const readStockEvent = (event: Envelope): StockEvent | undefined => {
  const { type } = event;
  if (type === EnrollmentRegistered.type) return registered(event);
  const status = statusKinds.find((kind) => kind.type === type);
  if (status !== undefined) {
    const data = readEvent(status, event);
    const { enrollment, school } = data;
    return { ...whereabouts(data), kind: 'STATUS', enrollment, school, status: data.status };
  }
  const change = positionKinds.find((kind) => kind.type === type);
  if (change !== undefined) {
    const data = readEvent(change, event);
    const { enrollment, school, position } = data;
    return { ...whereabouts(data), kind: 'STATUS', enrollment, school, status: data.status, anew: position };
  }
  if (type === EnrollmentHandedOver.type) {
    const { person, place, province, reason: _, from: __, ...there } = readEvent(EnrollmentHandedOver, event);
    return { kind: 'REGISTERED', person, place, province, registration: { ...there, frozenAt: null } };
  }
  if (type === EnrollmentResubmitted.type) {
    const data = readEvent(EnrollmentResubmitted, event);
    const { enrollment, school, corrected } = data;
    return { ...whereabouts(data), kind: 'STATUS', enrollment, school, status: data.status, anew: corrected };
  }
  const number = numberKinds.find((kind) => kind.type === type);
  if (number !== undefined) {
    const data = readEvent(number, event);
    return { ...whereabouts(data), kind: 'NUMBER', numberKind: data.kind };
  }
  if (type !== NumberClosed.type) return undefined;
  return { ...whereabouts(readEvent(NumberClosed, event)), kind: 'NUMBER', numberKind: null };
};

/**
 * The person after an event. Events of one service come in its order, those of two services in any: both ways lead
 * to the same person. Throws UnknownRegistration.
 */
export const pupilAfter = (before: Pupil | undefined, event: StockEvent): Pupil => {
  const { person, place, province } = event;
  const known = before ?? { person, place, province, registration: null, numberKind: null };
  switch (event.kind) {
    case 'REGISTERED':
      return { ...known, place, province, registration: event.registration };
    case 'STATUS': {
      const { registration } = known;
      if (registration === null) throw new UnknownRegistration('a decision without its registration');
      if (registration.enrollment !== event.enrollment) return known;
      const { school, status, anew } = event;
      return { ...known, place, province, registration: { ...registration, ...anew, school, status } };
    }
    case 'NUMBER': {
      const { numberKind } = event;
      return known.registration === null
        ? { ...known, place, province, numberKind }
        : { ...known, numberKind };
    }
    default:
      return event satisfies never;
  }
};

const counted: Readonly<Record<EnrollmentStatus, boolean>> = {
  PENDING_APPROVAL: true,
  RETURNED_TO_SCHOOL: true,
  IN_SCHOOL: true,
  SUSPENDED: true,
  REFUSED: false,
  GRADUATED: false,
  ADMITTED: false,
  COMPLETED: false,
  WITHDRAWN: false,
  EXPELLED: false,
  ABROAD: false,
  LEFT_OTHER: false,
  CANCELLED: false,
  ADMISSION_CANCELLED: false,
};

/** Whether the registration is one that counts: made and not ended. */
export const isCounted = (status: EnrollmentStatus): boolean => counted[status];

/** Every status that counts. */
export const countedStatuses = (): EnrollmentStatus[] => EnrollmentStatus.options.filter(isCounted);
