import type { CaseRef } from './case-ref.ts';
import type { CaseParty } from './parties.ts';

/** A turn of a party of a case, as this service has learned of it. */
export type StepRow = {
  case: CaseRef;
  /** Number of the event that opened it, in the case. */
  step: number;
  person: string;
  /** The kind of the case within its own sort, in the words of its owner. */
  matter: string;
  /** Where the two sides of the case stand in the tree; both the same where it has one. */
  sourcePlace: number;
  targetPlace: number;
  party: CaseParty;
  unit: string;
  /** Province of that unit. */
  province: string;
  /** The turn of the plan: a later one tells that the earlier are over; null where one follows the other. */
  turn: number | null;
  openedAt: string;
  /** Null where no text counts its days. */
  dueOn: string | null;
  provisional: boolean;
  doneAt: string | null;
  /** The case ended before the party had decided. */
  lapsed: boolean;
};

type Taken = { party: string; unit: string };

/** What an event means for the steps of its case. */
export type CaseEvent = { case: CaseRef } & (
  | { kind: 'OPENED'; step: StepRow }
  /** Whose turn it is from now on, where one follows the other; the same party goes on until perhaps another day. */
  | { kind: 'TURN'; step: StepRow }
  | { kind: 'DUE_MOVED'; party: string; dueOn: string; provisional: boolean }
  | { kind: 'DONE'; party: string; at: string }
  | { kind: 'SUCCEEDED'; sourcePlace: number | null; taken: readonly Taken[] }
  /** `decided`: the open step was decided with it; otherwise it lapses. */
  | { kind: 'ENDED'; at: string; decided: boolean }
);

const isOpen = ({ doneAt }: StepRow): boolean => doneAt === null;

const done = (step: StepRow, at: string, lapsed = false): StepRow => ({ ...step, doneAt: at, lapsed });

/** What an event does to one open step of its case. */
const stepAfter = (step: StepRow, event: CaseEvent): StepRow => {
  switch (event.kind) {
    case 'OPENED': {
      const isOver = (step.turn ?? 0) < (event.step.turn ?? 0) || step.party === event.step.party;
      return isOver ? done(step, event.step.openedAt) : step;
    }
    case 'TURN':
      return isSameTurn(step, event.step)
        ? { ...step, dueOn: event.step.dueOn, provisional: event.step.provisional }
        : done(step, event.step.openedAt);
    case 'DUE_MOVED':
      return step.party === event.party
        ? { ...step, dueOn: event.dueOn, provisional: event.provisional }
        : step;
    case 'DONE':
      return step.party === event.party ? done(step, event.at) : step;
    case 'SUCCEEDED':
      return { ...step, unit: event.taken.find(({ party }) => party === step.party)?.unit ?? step.unit };
    case 'ENDED':
      return done(step, event.at, !event.decided);
    default:
      return event satisfies never;
  }
};

const isSameTurn = (step: StepRow, next: StepRow): boolean =>
  step.party === next.party && step.unit === next.unit;

/** The steps of a case after an event of it. */
export const stepsAfter = (steps: readonly StepRow[], event: CaseEvent): StepRow[] => {
  const moved = event.kind === 'SUCCEEDED' ? event.sourcePlace : null;
  const placed = moved === null ? steps : steps.map((step) => ({ ...step, sourcePlace: moved }));
  const after = placed.map((step) => (isOpen(step) ? stepAfter(step, event) : step));
  if (event.kind === 'OPENED') return [...after, event.step];
  if (event.kind !== 'TURN') return after;
  const goesOn = steps.some((step) => isOpen(step) && isSameTurn(step, event.step));
  return goesOn ? after : [...after, event.step];
};
