import { z } from 'zod';
import { StudentExpelled } from '#libs/contracts/events/enrollment-status.ts';
import { Day } from '#libs/contracts/ids.ts';
import { startOfDay } from '#libs/law/dates.ts';
import { decisionDue } from '#libs/law/enrollment/decision-due.ts';
import type { CasePlan } from '../plan.ts';
import { judgeMove } from './status.ts';

export const ExpulsionFacts = z.object({ decidedOn: Day });
export type ExpulsionFacts = z.infer<typeof ExpulsionFacts>;

/** Expulsion, by a senior school alone; in compulsory education it is forbidden, for whatever reason (ENR-53). */
export const expulsion: CasePlan<ExpulsionFacts> & { facts: typeof ExpulsionFacts } = {
  kind: 'EXPULSION',
  facts: ExpulsionFacts,
  parties: () => ['SCHOOL'],
  judge: (_, situation) => judgeMove('EXPEL', situation),
  due: (_, from, __, { lawPlace, calendar }) => decisionDue(from, lawPlace, calendar),
  effect: ({ decidedOn }, { registration }) => ({
    event: StudentExpelled,
    status: 'EXPELLED',
    frozenAt: registration.frozenAt ?? startOfDay(decidedOn).toISOString(),
  }),
};
