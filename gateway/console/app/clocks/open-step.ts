/** What the graph tells of the clock of every step. */
export type TimedStep = {
  unit: string;
  deadline: string;
  provisional: boolean;
  overdue: boolean;
  decidedAt: string | null;
};

/** The step that a unit has yet to decide; where none is its own, the first that waits for anybody. */
export const openStepOf = <Step extends TimedStep>(
  steps: readonly Step[],
  unit: string | undefined,
): Step | undefined => {
  const waiting = steps.filter(({ decidedAt }) => decidedAt === null);
  return waiting.find((step) => step.unit === unit) ?? waiting[0];
};
