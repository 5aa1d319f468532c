import type { WordKind } from '../../language/words.ts';

export const taskKinds = [
  'REGISTRATION',
  'CHANGE',
  'TRANSFER',
  'APPLICATION',
  'HAND_OVER',
  'KEY_CHANGE',
  'UPDATE',
  'PROBLEM',
  'DROPOUT',
  'TICKET',
  'DELETION',
  'CORRECTION',
  'OUTCOMES',
  'ISSUE',
  'STATEMENT',
] as const;

export type TaskKind = (typeof taskKinds)[number];

/** Something that waits for the viewer's unit. */
export type Task = {
  id: string;
  kind: TaskKind;
  /** Where it stands, as a code of the graph. */
  state: readonly [WordKind, string];
  /** Whom it is about, as far as the viewer may know. */
  student?: string | null | undefined;
  /** Where it is about. */
  place?: string | null | undefined;
  /** Its last day; none where no text counts its days. */
  due?: string | null | undefined;
  provisional: boolean;
  overdue: boolean;
  /** Page on which it is done. */
  to: string;
};

const last = '9999-12-31';

/** Overdue before all, then by the last day, what has none in the end. */
export const byClock = (one: Task, other: Task): number => {
  if (one.overdue !== other.overdue) return one.overdue ? -1 : 1;
  return (one.due ?? last).localeCompare(other.due ?? last) || one.id.localeCompare(other.id);
};
