import { shanghaiDate } from '#libs/law/dates.ts';
import { lateFrom, monthOf } from '#libs/law/statistics/timeliness.ts';

/** A step of a case as far as the report needs it: open, or settled after it had become late. */
export type StepRow = {
  transfer: string;
  party: string;
  /** Number of the event that opened it, in the case. */
  version: number;
  turn: number | null;
  unit: string;
  /** Where the unit stands in the tree, and where the two schools of the case do. */
  place: number;
  sourcePlace: number;
  targetPlace: number;
  openedAt: string;
  /** The last day in time, vacations excepted. */
  reportDueOn: string;
  provisional: boolean;
  /** The first day on which it is late, once that has come. */
  lateSince: string | null;
  /** When it was decided or its case ended, where it was late by then. */
  settledAt: string | null;
};

/** What is counted. OVERDUE: late and not yet decided, by its last day in time; the others by month. */
export type Measure =
  | 'DONE_IN_TIME'
  | 'BECAME_OVERDUE'
  | 'OVERDUE'
  | 'BLOCKED'
  | `BLOCKED:${string}`
  | `OMITTED:${string}`;

/** So many more or fewer at a place; `day`: the last day in time, or the first of the month. */
export type Delta = { place: number; measure: Measure; day: string; n: number };

/** A step that goes on with another unit, because the school of its side was merged. */
type TakenStep = Pick<StepRow, 'party' | 'unit' | 'place'>;

/** What an event means for the report. */
export type TimelinessEvent =
  | { kind: 'OPENED'; step: StepRow }
  | { kind: 'DUE_MOVED'; transfer: string; party: string; reportDueOn: string; provisional: boolean }
  | { kind: 'OVERDUE'; transfer: string; party: string; reportDueOn: string }
  | { kind: 'DECIDED'; transfer: string; party: string; at: string }
  | { kind: 'ENDED'; transfer: string; at: string }
  | { kind: 'SUCCEEDED'; transfer: string; sourcePlace: number; taken: readonly TakenStep[] }
  | { kind: 'BLOCKED'; unit: string; place: number; rules: readonly string[]; at: string }
  | { kind: 'OMITTED'; unit: string; place: number; rule: string; at: string };

/** A step after an event, null where nothing is left to be told of it, and what that adds to the counts. */
type Changed = { step: StepRow | null; deltas: Delta[] };

const firstOf = (date: string): string => `${monthOf(date)}-01`;

const becameLate = (step: StepRow): Delta => ({
  place: step.place,
  measure: 'BECAME_OVERDUE',
  day: firstOf(lateFrom(step.reportDueOn)),
  n: 1,
});

const overdue = (step: StepRow, n: 1 | -1): Delta => ({
  place: step.place,
  measure: 'OVERDUE',
  day: step.reportDueOn,
  n,
});

/**
 * A step that is over: by a decision, or because its case has ended. It counts in the month in which it was decided in time, or
 * in the one in which it became late; one that lapsed with its case before it was late counts nowhere (STA-01).
 */
const settle = (step: StepRow, at: string, isDecided: boolean): Changed => {
  const on = shanghaiDate(new Date(at));
  if (step.lateSince !== null) return { step: { ...step, settledAt: at }, deltas: [overdue(step, -1)] };
  if (!step.provisional && on > step.reportDueOn) {
    const late = { ...step, lateSince: lateFrom(step.reportDueOn), settledAt: at };
    return { step: late, deltas: [becameLate(late)] };
  }
  const done: Delta = { place: step.place, measure: 'DONE_IN_TIME', day: firstOf(on), n: 1 };
  return { step: null, deltas: isDecided ? [done] : [] };
};

const becomeOverdue = (step: StepRow, reportDueOn: string): Changed => {
  if (step.lateSince !== null) return { step, deltas: [] };
  const late = { ...step, reportDueOn, provisional: false, lateSince: lateFrom(reportDueOn) };
  return { step: late, deltas: [becameLate(late), overdue(late, 1)] };
};

/** An open step is the successor's from now on, its lateness with it; that it became late stays with who had it then. */
const succeed = (
  step: StepRow,
  { sourcePlace, taken }: Extract<TimelinessEvent, { kind: 'SUCCEEDED' }>,
): Changed => {
  const own = taken.find(({ party }) => party === step.party);
  const after = { ...step, sourcePlace, ...own };
  const passes = own !== undefined && step.lateSince !== null;
  return { step: after, deltas: passes ? [overdue(step, -1), overdue(after, 1)] : [] };
};

const isOpen = ({ settledAt }: StepRow): boolean => settledAt === null;

/** What an event does to one open step of its case. */
const changedBy = (step: StepRow, event: TimelinessEvent): Changed => {
  const untouched: Changed = { step, deltas: [] };
  switch (event.kind) {
    case 'OPENED': {
      const isOver = (step.turn ?? 0) < (event.step.turn ?? 0) || step.party === event.step.party;
      return isOver ? settle(step, event.step.openedAt, true) : untouched;
    }
    case 'DUE_MOVED': {
      const { reportDueOn, provisional } = event;
      const isItsOwn = step.party === event.party && step.lateSince === null;
      return isItsOwn ? { step: { ...step, reportDueOn, provisional }, deltas: [] } : untouched;
    }
    case 'OVERDUE':
      return step.party === event.party ? becomeOverdue(step, event.reportDueOn) : untouched;
    case 'DECIDED':
      return step.party === event.party ? settle(step, event.at, true) : untouched;
    case 'SUCCEEDED':
      return succeed(step, event);
    case 'ENDED':
      return settle(step, event.at, false);
    case 'BLOCKED':
    case 'OMITTED':
      return untouched;
    default:
      return event satisfies never;
  }
};

/** The steps of a case after an event of it, and what it adds to the counts. */
export const stepsAfter = (
  steps: readonly StepRow[],
  event: TimelinessEvent,
): { steps: StepRow[]; deltas: Delta[] } => {
  const changed = steps.map((step) => (isOpen(step) ? changedBy(step, event) : { step, deltas: [] }));
  return {
    steps: [...changed.flatMap(({ step }) => step ?? []), ...(event.kind === 'OPENED' ? [event.step] : [])],
    deltas: changed.flatMap(({ deltas }) => deltas),
  };
};

/** A refusal that was not let pass counts once as such and once under each rule that it was against (STA-11). */
export const blockedDeltas = ({
  place,
  rules,
  at,
}: Extract<TimelinessEvent, { kind: 'BLOCKED' }>): Delta[] => {
  const day = firstOf(shanghaiDate(new Date(at)));
  const measures: Measure[] = ['BLOCKED', ...rules.map((rule): Measure => `BLOCKED:${rule}`)];
  return measures.map((measure) => ({ place, measure, day, n: 1 }));
};

/** A transfer that a school owed to a pupil it had taken in, and did not start in time (TRF-50, TRF-24). */
export const omittedDelta = ({ place, rule, at }: Extract<TimelinessEvent, { kind: 'OMITTED' }>): Delta => ({
  ...{ place, measure: `OMITTED:${rule}`, n: 1 },
  day: firstOf(shanghaiDate(new Date(at))),
});
