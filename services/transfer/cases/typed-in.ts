import { decisionDue } from '#libs/law/enrollment/decision-due.ts';
import { type CaseFinding, typedLate } from './own-finding.ts';
import type { CaseRequest } from './request.ts';
import type { Situation } from './situation.ts';

/**
 * The day of a written application is the school's word and is kept as typed, with the application as a paper (TRF-05). One
 * that was not typed in promptly says so to whoever decides, and refuses nothing (CF-49, ours).
 */
export const judgeTypedIn = (
  { appliedOn, typedOn }: CaseRequest,
  { calendar, target }: Pick<Situation, 'calendar' | 'target'>,
): CaseFinding[] => {
  if (!typedOn) return [];
  const promptly = decisionDue(new Date(`${appliedOn}T12:00:00+08:00`), target.place, calendar);
  return promptly.dueDate < typedOn ? [typedLate] : [];
};
