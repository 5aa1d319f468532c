import { Steps } from 'antd';
import type { ReactNode } from 'react';
import { Clock } from './clock.tsx';

/** A step of a case, in the words of its page. */
export type LineStep = {
  title: string;
  /** Code of the unit whose turn it is. */
  unit: string;
  decision: string | null;
  deadline: string;
  provisional: boolean;
  overdue: boolean;
  /** What was decided and said. */
  told: ReactNode;
};

const standing = (decision: string | null, isOver: boolean): 'finish' | 'error' | 'process' | 'wait' => {
  if (decision === null) return isOver ? 'wait' : 'process';
  return decision === 'APPROVE' ? 'finish' : 'error';
};

/** The parties of a case as a line: who decided what, and whose clock runs. */
export const StepLine = ({ steps, isOver }: { steps: readonly LineStep[]; isOver: boolean }) => (
  <Steps
    orientation="vertical"
    size="small"
    items={steps.map(({ title, unit, decision, deadline, provisional, overdue, told }) => ({
      title: `${title} · ${unit}`,
      status: standing(decision, isOver),
      content: (
        <>
          {told}
          {decision === null && !isOver && (
            <Clock due={deadline} provisional={provisional} overdue={overdue} />
          )}
        </>
      ),
    }))}
  />
);
