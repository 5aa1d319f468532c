import type { Stage } from '#libs/contracts/vocabulary.ts';
import { judgeFiledChange } from '#libs/law/archive/evidence.ts';
import type { WorkingDayCalendar } from '#libs/law/calendar/working-day-calendar.ts';
import { startOfDay } from '#libs/law/dates.ts';
import { changeStepDue, judgeChangeEntry } from '#libs/law/enrollment/information-update.ts';
import type { LawPlace } from '#libs/law/finding.ts';
import { type Judged, judgedAbout } from '../lapses/lapse.ts';
import type { Entry } from './entry.ts';

type Known = { place: LawPlace; today: string; calendar: WorkingDayCalendar };

/** The papers and the change of one matter, as they lie in an archive: what lacks (ARC-15), and what lacks too long (ENR-67). */
const judgeMatter = (
  about: string,
  entries: readonly Entry[],
  stage: Stage,
  { place, today, calendar }: Known,
): Judged[] => {
  const [first] = entries;
  if (!first?.change) return [];
  const { change, occurredOn } = first;
  const proofs = entries.reduce((sum, { kind, papers }) => sum + (kind === 'PROOF' ? papers.length : 0), 0);
  // A registration that moves tells of itself without naming the transfer.
  const movedByTransfer = change === 'TRANSFERRED' || change === 'WENT_ON';
  const entered = movedByTransfer || entries.some(({ kind }) => kind !== 'PROOF');
  const lacking = judgeFiledChange({ change, stage, entered, proofs }, occurredOn, place);
  if (lacking.length === 0) return [];
  const { dueDate, provisional } = changeStepDue(startOfDay(occurredOn), place, calendar);
  const clock = { dueDate, provisional, today, doneOn: occurredOn };
  const facts = { ...clock, stage, step: 'SCHOOL' as const, proofFiled: proofs > 0 };
  return [
    ...judgedAbout(about, null, lacking),
    ...judgedAbout(about, dueDate, judgeChangeEntry(facts, occurredOn, place)),
  ];
};

/** What lacks of the changes that an archive tells of (ARC-15, ARC-16, ARC-23, ENR-67), each matter by itself. */
export const judgeMatters = (entries: readonly Entry[], stage: Stage, known: Known): Judged[] => {
  const matters = Map.groupBy(
    entries.filter(({ matter }) => matter !== null),
    ({ matter }) => matter ?? '',
  );
  return [...matters].flatMap(([matter, each]) => judgeMatter(`MATTER ${matter}`, each, stage, known));
};
