import type { GradePermissionSetting } from '#libs/law/account/grade-permission.ts';
import { workingDayCalendar } from '#libs/law/calendar/working-day-calendar.ts';
import { addDays, addMonths, addYears, type IsoDate, partsOf } from '#libs/law/dates.ts';
import { judgeChannel } from '#libs/law/enrollment/channel.ts';
import { entryCutoff, judgeEntry } from '#libs/law/enrollment/entry.ts';
import { judgeSkipOrRepeat } from '#libs/law/enrollment/grade-change.ts';
import { judgePreschool } from '#libs/law/enrollment/preschool.ts';
import { judgeSuspension } from '#libs/law/enrollment/suspension.ts';
import type { SuspensionProofKind } from '#libs/law/enrollment/suspension-papers.ts';
import { judgeTransition } from '#libs/law/enrollment/transition.ts';
import { judgeWithdrawal } from '#libs/law/enrollment/withdrawal.ts';
import type { Finding, LawPlace } from '#libs/law/finding.ts';
import type { Stage } from '#libs/law/layers.ts';
import { requireValue } from '#libs/law/resolve.ts';
import type {
  HypotheticalChange,
  HypotheticalEntry,
  HypotheticalGradeChange,
  HypotheticalSuspension,
  HypotheticalWithdrawal,
} from '../../generated/types.ts';
import type { Filled } from './bounds.ts';

/** Full years of a child of whom a kindergarten asks something beside the age. */
const KINDERGARTEN_AGE = 4;

/** Where and when a case is thought of, and at which stage. */
export type Situation = { place: LawPlace; on: IsoDate; stage: Stage };

/** No province has this code: a household that lies elsewhere, wherever that is. */
const ELSEWHERE = '000000';

/** Registering a pupil: age and season of entry, and the way in. */
export const judgeEntryCase = (
  { grade, fullYears, season, channel, otherProvince }: Filled<HypotheticalEntry>,
  { place, on, stage }: Situation,
): Finding[] => {
  if (stage === 'PRESCHOOL') return judgeKindergarten('ENTRY', fullYears, { place, on });
  const entryYear = partsOf(on).year;
  const birthDate = addYears(entryCutoff(entryYear, on, place), -fullYears);
  const householdProvince = otherProvince ? ELSEWHERE : place.province;
  return [
    ...judgeEntry({ stage, grade, entryYear, season, birthDate, householdProvince }, on, place),
    ...judgeChannel({ channel, stage, grade }, on, place),
  ];
};

/** What a kindergarten does about a child of that age without a number and without another registration. */
const judgeKindergarten = (
  change: string,
  fullYears: number,
  { place, on }: Pick<Situation, 'place' | 'on'>,
): Finding[] => {
  const child = { birthDate: addYears(on, -fullYears), inSchool: false, activeElsewhere: false };
  const facts = { change, ...child, hasNumber: false, asksForNumber: change === 'ENTRY' };
  return judgePreschool(facts, { preschoolEnabled: requireValue('preschoolEnabled', place, on) }, on, place);
};

/** A change of status (W-02). */
export const judgeChangeCase = (
  { status, event }: HypotheticalChange,
  { place, on, stage }: Situation,
): Finding[] => judgeTransition({ status, event, stage }, on, place);

/** Every paper that some text asks for with a suspension. */
const PAPERS: readonly SuspensionProofKind[] = [
  'HOSPITAL_RECORD',
  'INPATIENT_RECORD',
  'DIAGNOSIS_CERTIFICATE',
  'OTHER_VALID_PROOF',
  'PUBLIC_SECURITY_PROOF',
  'CIVIL_AFFAIRS_PROOF',
  'OTHER_DEPARTMENT_PROOF',
  'LEAVE_FORM',
];

/** A suspension: ground, papers, length and nearness of graduation. */
export const judgeSuspensionCase = (
  asked: Filled<HypotheticalSuspension>,
  { place, on, stage }: Situation,
): Finding[] => {
  const { cause: ground, missedHours: missed, termHours: term, from, to, monthsBefore } = asked;
  return judgeSuspension(
    {
      ...{ stage, ground, leaveKind: 'SICK', stillUnable: true, reasonGiven: true, specialSchool: false },
      ...(missed != null && term != null && { hours: { missed, term } }),
      initiator: asked.bySchool ? 'SCHOOL' : 'GUARDIAN',
      writtenApplication: asked.writtenApplication,
      proofs: asked.papers ? PAPERS.map((kind) => ({ kind, issuerLevel: 'COUNTY' as const })) : [],
      period: { from, to },
      earlier: monthsBefore > 0 ? [{ from: addMonths(from, -monthsBefore), to: addDays(from, -1) }] : [],
      graduatingGrade: asked.graduatingGrade,
      term: asked.term === 2 ? 2 : 1,
    },
    on,
    place,
  );
};

/** A withdrawal at the guardian's request, or for illness or accident; neither counts working days. */
export const judgeWithdrawalCase = (
  { illness, writtenApplication, papers }: Filled<HypotheticalWithdrawal>,
  { place, on, stage }: Situation,
): Finding[] => {
  const proofs = papers ? [{ kind: 'HOSPITAL_RECORD', issuerLevel: 'COUNTY' } as const] : [];
  const ground = illness
    ? ({ kind: 'SERIOUS_ILLNESS_OR_ACCIDENT', proofs } as const)
    : ({ kind: 'GUARDIAN_REQUEST' } as const);
  return judgeWithdrawal({ stage, ground, writtenApplication }, on, place, workingDayCalendar());
};

/** Skipping or repeating, with what the province has set; kindergartens know neither. */
export const judgeGradeChangeCase = (
  { kind, bySchool }: Filled<HypotheticalGradeChange>,
  { place, on, stage }: Situation,
  setting: GradePermissionSetting | null,
): Finding[] => {
  if (stage === 'PRESCHOOL') return judgeKindergarten('GRADE_CHANGE', KINDERGARTEN_AGE, { place, on });
  return judgeSkipOrRepeat(
    {
      kind: kind === 'GRADE_SKIP' ? 'SKIP' : 'REPEAT',
      ...{ stage, setting, decision: null },
      askedBy: bySchool ? 'SCHOOL' : 'GUARDIAN',
    },
    on,
    place,
  );
};
