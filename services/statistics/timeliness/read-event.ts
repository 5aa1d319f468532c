import { type Envelope, type EventKind, readEvent } from '#libs/contracts/envelope.ts';
import { ArchiveLapseRecorded } from '#libs/contracts/events/archive.ts';
import { RegistrationRefusalBlocked } from '#libs/contracts/events/refusal.ts';
import {
  AuthorityDecided,
  CrossProvinceStudyInitiated,
  IllegalRejectionBlocked,
  SourceSchoolDecided,
  StepDueForReport,
  TransferAutoCancelled,
  TransferCompleted,
  TransferDiscarded,
  TransferInitiated,
  TransferPrefiled,
  TransferPurged,
  TransferRejected,
  TransferSourceSucceeded,
  TransferStepDueMoved,
  TransferStepOpened,
  TransferWithdrawn,
} from '#libs/contracts/events/transfer.ts';
import {
  AcceptedPupilNotTransferred,
  OfflineTransferNotClosed,
} from '#libs/contracts/events/transfer-attendance.ts';
import { enforces } from '#libs/law/enforces.ts';
import type { TimelinessEvent } from './steps.ts';

type Reader = (event: Envelope) => TimelinessEvent | undefined;

const sideOf = (party: string): 'source' | 'target' => (party.startsWith('SOURCE') ? 'source' : 'target');

/**
 * Before the start the clock of the four parties has not begun (CF-14): the receiving school's own step, which the start ends,
 * counts as done and is never late.
 */
const isBeforeStart = (party: string): boolean => party === 'TARGET_SCHOOL';

const opened: Reader = (event) => {
  const { transfer, party, unit, source, target, turn, ...told } = readEvent(TransferStepOpened, event);
  if (party === 'PREFILING_BUREAU') return undefined;
  const sides = { source, target };
  return {
    kind: 'OPENED',
    step: {
      ...{ transfer, party, unit, turn: turn ?? null, version: event.aggregateversion },
      place: told.unitPlace ?? sides[sideOf(party)].place,
      sourcePlace: source.place,
      targetPlace: target.place,
      openedAt: event.time,
      reportDueOn: told.reportDueOn ?? told.dueOn,
      provisional: isBeforeStart(party) || (told.reportProvisional ?? told.provisional),
      lateSince: null,
      settledAt: null,
    },
  };
};

const moved: Reader = (event) => {
  const { transfer, party, reportDueOn, reportProvisional } = readEvent(TransferStepDueMoved, event);
  if (isBeforeStart(party)) return undefined;
  return { kind: 'DUE_MOVED', transfer, party, reportDueOn, provisional: reportProvisional };
};

const overdue: Reader = (event) => {
  const { transfer, party, reportDueOn } = readEvent(StepDueForReport, event);
  return { kind: 'OVERDUE', transfer, party, reportDueOn };
};

const decided =
  (kind: typeof SourceSchoolDecided | typeof AuthorityDecided): Reader =>
  (event) => {
    const { transfer, party } = readEvent(kind, event);
    return { kind: 'DECIDED', transfer, party, at: event.time };
  };

const doneByTarget =
  (kind: typeof TransferInitiated | typeof TransferPrefiled | typeof CrossProvinceStudyInitiated): Reader =>
  (event) => {
    const { transfer } = readEvent(kind, event);
    return { kind: 'DECIDED', transfer, party: 'TARGET_SCHOOL', at: event.time };
  };

const ends = [
  TransferDiscarded,
  TransferRejected,
  TransferWithdrawn,
  TransferPurged,
  TransferAutoCancelled,
  TransferCompleted,
] as const;

const ended =
  (kind: (typeof ends)[number]): Reader =>
  (event) => ({ kind: 'ENDED', transfer: readEvent(kind, event).transfer, at: event.time });

const succeeded: Reader = (event) => {
  const { transfer, source, steps } = readEvent(TransferSourceSucceeded, event);
  const taken = steps.map(({ party, unit, unitPlace }) => ({
    party,
    unit,
    place: unitPlace ?? source.place,
  }));
  return { kind: 'SUCCEEDED', transfer, sourcePlace: source.place, taken };
};

const blockedTransfer: Reader = (event) => {
  const { party, unit, unitPlace, rules, source, target } = readEvent(IllegalRejectionBlocked, event);
  const place = unitPlace ?? { source, target }[sideOf(party)].place;
  return { kind: 'BLOCKED', unit, place, rules: rules ?? [], at: event.time };
};

const blockedRegistration: Reader = (event) => {
  const { unit, unitPlace, rules } = readEvent(RegistrationRefusalBlocked, event);
  return { kind: 'BLOCKED', unit, place: unitPlace, rules, at: event.time };
};

const omitted =
  (kind: typeof AcceptedPupilNotTransferred | typeof OfflineTransferNotClosed, rule: string): Reader =>
  (event) => {
    const { target } = readEvent(kind, event);
    return { kind: 'OMITTED', unit: target.school, place: target.place, rule, at: event.time };
  };

/** What lacks without a last day is no step: the report counts what was due. */
const lapsed: Reader = (event) => {
  const { rule, unit, unitPlace, dueOn } = readEvent(ArchiveLapseRecorded, event);
  return dueOn === null ? undefined : { kind: 'OMITTED', unit, place: unitPlace, rule, at: event.time };
};

const readers: readonly (readonly [EventKind, Reader])[] = [
  [TransferStepOpened, opened],
  [TransferStepDueMoved, moved],
  [StepDueForReport, overdue],
  [TransferInitiated, doneByTarget(TransferInitiated)],
  [TransferPrefiled, doneByTarget(TransferPrefiled)],
  [CrossProvinceStudyInitiated, doneByTarget(CrossProvinceStudyInitiated)],
  [TransferSourceSucceeded, succeeded],
  [SourceSchoolDecided, decided(SourceSchoolDecided)],
  [AuthorityDecided, decided(AuthorityDecided)],
  ...ends.map((kind) => [kind, ended(kind)] as const),
  [IllegalRejectionBlocked, blockedTransfer],
  [RegistrationRefusalBlocked, blockedRegistration],
  [AcceptedPupilNotTransferred, omitted(AcceptedPupilNotTransferred, 'TRF-50')],
  [OfflineTransferNotClosed, omitted(OfflineTransferNotClosed, 'TRF-24')],
  [ArchiveLapseRecorded, lapsed],
];

const byType = new Map(readers.map(([kind, read]) => [`${kind.source} ${kind.type}`, read]));

/** The types of events that the report learns from. */
export const TIMELINESS_TYPES: readonly string[] = readers.map(([kind]) => kind.type);

/** Reads an event; `undefined` for kinds that the report does not know. Throws a ZodError for a broken one. */
export const readTimelinessEvent = (event: Envelope): TimelinessEvent | undefined => {
  enforces('STA-11');
  return byType.get(`${event.source} ${event.type}`)?.(event);
};
