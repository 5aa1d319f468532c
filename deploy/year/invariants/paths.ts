import type { Invariant } from './invariant.ts';

/** What must have come about in a year of two provinces, be it as small as it may. */
const ACTS: readonly string[] = [
  ...['transfer 14 HANDED_OVER', 'transfer 41 HANDED_OVER', 'transfer 14>41 HANDED_OVER'],
  ...['transfer 41>14 HANDED_OVER', 'senior transfer 14 HANDED_OVER', 'study 14>41 HANDED_OVER'],
  ...['study 41>14 HANDED_OVER', 'senior study 14>41 HANDED_OVER', 'senior study 41>14 HANDED_OVER'],
  ...['prefileTransfer', 'callUpFile', 'applyForTransfer', 'declineTransferApplication'],
  ...['withdrawTransferApplication', 'reportAttending', 'endAttending', 'withdrawTransfer'],
  ...[
    'transfer step of PREFILING_BUREAU APPROVE',
    'transfer step of PREFILING_BUREAU INTRA_DISTRICT_TRANSFER',
  ],
  ...[
    'transfer step of TARGET_COMPETENT_AUTHORITY APPROVE',
    'transfer step of SOURCE_SCHOOL REGISTRATION_INFO_WRONG',
  ],
  ...[
    'transfer step of TARGET_AUTHORITY PROOF_NOT_GENUINE',
    'transfer step of SOURCE_AUTHORITY REGISTRATION_INFO_WRONG',
  ],
  ...['transfer step of TARGET_AUTHORITY ADMISSION_CONDITION_NOT_MET'],
  ...['issueVerificationSlip', 'issueSupervisionSlip', 'returnTicket', 'withdrawSlip', 'mergeTickets'],
  ...['escalateTicket', 'reopenTicket', 'followUpTicket', 'acceptReportSlip', 'answerReportSlip'],
  ...['transfer step of TARGET_AUTHORITY SENIOR_GROUND_NOT_MET'],
];

/** Ends that somewhere a case must have come to. */
const ENDS: readonly string[] = ['REJECTED', 'WITHDRAWN', 'PURGED', 'DISCARDED', 'AUTO_CANCELLED'];

const REFUSALS: readonly string[] = [
  ...['TRANSFER_INITIATION_SUSPENDED', 'CROSS_PROVINCE_STUDY_WINDOW_CLOSED', 'CALL_UP_WITHOUT_REPORTING'],
  ...[
    'WRONG_CASE_KIND',
    'ILLEGAL_REJECTION_REASON',
    'NOT_IN_PLAN',
    'PREFILING_INCOMPLETE',
    'NOT_PREFILING_DAY',
  ],
  ...['PRIVATE_SCHOOL_QUOTA_REVIEW', 'SENIOR_GROUND_NOT_MET', 'GUARDIAN_APPLICATION_MISSING'],
];

const MONTHS_OF_A_YEAR = 13;

/** By the end of a whole year of two provinces every way that a transfer can take has been seen. */
export const paths: Invariant = async ({ shared: { plan, days }, today, tally }) => {
  const months = new Set(days.map((day) => day.slice(0, 7)));
  const isEnd = days.at(-1)?.slice(0, 7) === today.slice(0, 7);
  if (plan.provinces.length < 2 || months.size < MONTHS_OF_A_YEAR || !isEnd) return [];
  const acts = tally.months().flatMap((month) => Object.keys(month.acts));
  return [
    ...ACTS.filter((act) => tally.countOf(act) === 0).map((act) => `nobody has seen: ${act}`),
    ...ENDS.filter((end) => !acts.some((act) => act.endsWith(` ${end}`))).map(
      (end) => `no transfer has ended ${end}`,
    ),
    ...REFUSALS.filter((code) => tally.refusalsOf(code) === 0).map((code) => `nobody was refused: ${code}`),
  ];
};
