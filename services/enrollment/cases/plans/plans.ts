import type { EnrollmentCaseKind } from '#libs/contracts/vocabulary.ts';
import type { CasePlan } from '../plan.ts';
import { abroad, returning } from './abroad.ts';
import { comeBack } from './come-back.ts';
import { death } from './death.ts';
import { expulsion } from './expulsion.ts';
import { gradeChange } from './grade-change.ts';
import { otherLeave } from './other-leave.ts';
import { resumption } from './resumption.ts';
import { suspension } from './suspension.ts';
import { withdrawal } from './withdrawal.ts';

/** A plan whose facts nobody but itself reads: they come from its own schema. */
export type AnyPlan = CasePlan<unknown>;

const anyPlan = <Facts>(plan: CasePlan<Facts>): AnyPlan => plan as unknown as AnyPlan;

const plans: Record<EnrollmentCaseKind, AnyPlan> = {
  SUSPENSION: anyPlan(suspension),
  RESUMPTION: anyPlan(resumption),
  WITHDRAWAL: anyPlan(withdrawal),
  ABROAD: anyPlan(abroad),
  RETURN: anyPlan(returning),
  OTHER_LEAVE: anyPlan(otherLeave),
  DEATH: anyPlan(death),
  GRADE_CHANGE: anyPlan(gradeChange),
  EXPULSION: anyPlan(expulsion),
  COME_BACK: anyPlan(comeBack),
};

/** The plan of a kind of case. */
export const planOf = (kind: EnrollmentCaseKind): AnyPlan => plans[kind];
