import { type Envelope, readEvent } from '#libs/contracts/envelope.ts';
import { DropoutMarked, DropoutReturned } from '#libs/contracts/events/dropout.ts';
import { EnrollmentHandedOver } from '#libs/contracts/events/enrollment.ts';
import { dayOf } from '#libs/platform/clock/clock.ts';
import { isCounted, type Pupil, pupilAfter, readStockEvent, type StockEvent } from '../stock/pupil.ts';
import { type FlowKind, isMark, kindOf } from './kinds.ts';

/** A school, and where it stands in the tree. */
export type Seat = { school: string; place: number };

/** One pupil entering a count, leaving it, changing its place in it, or marked where it is. */
export type Flow = {
  person: string;
  event: string;
  day: string;
  kind: FlowKind;
  /** Where the pupil was counted before; null for nowhere. */
  source: Seat | null;
  /** Where the pupil is counted since; null for nowhere. */
  target: Seat | null;
  /** Where a pupil who is counted anew comes from, though it was not counted there any more. */
  origin: number | null;
  enrollment: string;
  /** The case that led to it, where one did. */
  case: string | null;
  stage: string;
  gender: string;
  entryYearAdj: number;
  lastGrade: number;
  frozenAt: string | null;
};

/** An event of enrollment as far as flows go. */
export type FlowEvent = {
  event: string;
  day: string;
  kind: FlowKind;
  person: string;
  /** What it changes of the registration; null where it only marks. */
  change: StockEvent | null;
  origin: number | null;
  case: string | null;
};

const dropouts = [DropoutMarked, DropoutReturned] as const;

const caseIn = (data: Envelope['data']): string | null => {
  const { case: known } = data as { case?: unknown };
  return typeof known === 'string' ? known : null;
};

/** Reads an event; `undefined` for kinds that move or mark nobody registered. Throws a ZodError for a broken one. */
export const readFlowEvent = (envelope: Envelope): FlowEvent | undefined => {
  const { id: event, type, time } = envelope;
  const common = { event, day: dayOf(time) };
  const dropout = dropouts.find((kind) => kind.type === type);
  if (dropout !== undefined) {
    const { person, entry } = readEvent(dropout, envelope);
    if (person === null) return undefined;
    return { ...common, kind: kindOf(type), person, change: null, origin: null, case: entry };
  }
  const change = readStockEvent(envelope);
  if (change === undefined) return undefined;
  const { person } = change;
  if (type !== EnrollmentHandedOver.type)
    return { ...common, kind: kindOf(type), person, change, origin: null, case: caseIn(envelope.data) };
  const { reason, from } = readEvent(EnrollmentHandedOver, envelope);
  return { ...common, kind: kindOf(type, reason), person, change, origin: from.place, case: null };
};

const seatOf = (pupil: Pupil | undefined): Seat | null =>
  pupil?.registration && isCounted(pupil.registration.status)
    ? { school: pupil.registration.school, place: pupil.place }
    : null;

/** A registered person, and the day up to which enrollment has told of it. */
export type Registered = { pupil: Pupil; day: string };

/**
 * The person after an event, and the flow that it was, if it was one. An event that bears an earlier day than the one before
 * it counts on the day of that one, as in the stock. Throws UnknownRegistration.
 */
export const flowAfter = (
  before: Registered | undefined,
  { change, ...told }: FlowEvent,
): { after: Registered | undefined; flow: Flow | undefined } => {
  const pupil = change === null ? before?.pupil : pupilAfter(before?.pupil, change);
  if (pupil === undefined) return { after: before, flow: undefined };
  const day = before !== undefined && before.day > told.day ? before.day : told.day;
  const after = pupil === before?.pupil ? before : { pupil, day };
  const [source, target] = [seatOf(before?.pupil), seatOf(pupil)];
  const stays = source?.place === target?.place && source?.school === target?.school;
  const isTold = stays ? target !== null && isMark(told.kind) && (change === null || after !== before) : true;
  if (!isTold || pupil.registration === null) return { after, flow: undefined };
  const { enrollment, stage, entryYearAdj, lastGrade, frozenAt, marks } = pupil.registration;
  const kind = !stays && isMark(told.kind) ? 'OTHER' : told.kind;
  const counted = { enrollment, stage, gender: marks.gender, entryYearAdj, lastGrade, frozenAt };
  return { after, flow: { ...told, day, kind, source, target, ...counted } };
};
