import type { VerdictQueryVariables } from './generated/verdict.ts';
import type { LawQuestion } from './question.ts';

/** A case as the graph is asked about it. */
export type Case = VerdictQueryVariables['case'];

/** Acts about which a case may be thought of, in the order of the form. */
export const acts = ['entry', 'transfer', 'suspension', 'withdrawal', 'gradeChange', 'change'] as const;
export type Act = (typeof acts)[number];

/** What somebody has filled in so far: the points of every act, and which act is meant. */
export type CaseDraft = { act: Act } & { [Part in Act]: NonNullable<Case[Part]> };

/** How the form begins: in order in every point. */
export const lawful = ({ region, on, stage }: LawQuestion): CaseDraft => ({
  act: 'entry',
  entry: {
    ...{ grade: 1, fullYears: 6, season: 'AUTUMN', channel: 'PRIMARY_GRADE_ONE' },
    otherProvince: false,
  },
  transfer: {
    ...{ from: region, kind: 'IN_PROVINCE_TRANSFER', fromStage: stage, fromGrade: 2, grade: 2 },
    ...{ status: 'IN_SCHOOL', appliedOn: null, ground: 'HOUSEHOLD_MOVE', proven: true },
    ...{ meetsLocalRequirements: true, placeFree: true, guardianApplied: true, papers: true },
    ...{ privateSchool: false, underDiscipline: false },
  },
  suspension: {
    ...{ cause: 'ILLNESS', missedHours: 200, termHours: 600, from: on, to: on, monthsBefore: 0, term: 1 },
    ...{ writtenApplication: true, papers: true, bySchool: false, graduatingGrade: false },
  },
  withdrawal: { illness: false, writtenApplication: true, papers: true },
  gradeChange: { kind: 'GRADE_SKIP', bySchool: false },
  change: { status: 'IN_SCHOOL', event: 'SUSPEND' },
});

/** Points that may be left open. */
const open: ReadonlySet<string> = new Set(['appliedOn', 'missedHours', 'termHours']);

/** The case that is meant; undefined while a point of it is missing. */
export const caseOf = (draft: CaseDraft, stage: LawQuestion['stage']): Case | undefined => {
  const points = Object.entries(draft[draft.act]);
  const isMissing = ([name, value]: [string, unknown]): boolean =>
    !open.has(name) && (value === null || value === undefined || value === '');
  if (points.some(isMissing)) return undefined;
  const said = Object.fromEntries(points.map(([name, value]) => [name, value === '' ? null : value]));
  return { stage, [draft.act]: said };
};
