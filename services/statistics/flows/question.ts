import { daysBetween } from '#libs/law/dates.ts';
import { badInput, type InputProblem } from '#libs/platform/errors/errors.ts';
import { FLOW_KINDS, type FlowKind } from './kinds.ts';

export const FLOW_DIMENSIONS = ['UNIT', 'KIND', 'STAGE', 'GRADE', 'GENDER', 'ORIGIN', 'DESTINATION'] as const;
export type FlowDimension = (typeof FLOW_DIMENSIONS)[number];

/** Which flows are counted. */
export type FlowFilter = { kind?: FlowKind; stage?: string; gender?: string };

/** A period, both days included, and the unit or school that it is asked of (absent: the caller's own). */
export type Period = { from: string; to: string; scope?: string };

export type FlowQuestion = Period & { by: readonly FlowDimension[]; filter: FlowFilter };

/** Arguments as GraphQL hands them over; enumerations are checked already. */
export type PeriodArguments = { from: string; to: string; scope?: string | null };
export type FlowArguments = PeriodArguments & {
  by: readonly FlowDimension[];
  filter?: { kind?: FlowKind | null; stage?: string | null; gender?: string | null } | null;
};

const longest = 1_100;

const problemsOfPeriod = ({ from, to, scope }: PeriodArguments, today: string): InputProblem[] => {
  const problems: InputProblem[] = [];
  const tell = (path: string, code: string, message: string) =>
    problems.push({ path: [path], code, message });
  if (scope && !/^(\d{6}|\d{10})$/.test(scope))
    tell('scope', 'SCOPE_CODE', '统计范围应为六位机构代码或十位学校标识码。 A unit code or a school code.');
  if (from > to) tell('to', 'PERIOD_REVERSED', '截止日期不能早于起始日期。 It ends before it begins.');
  if (to > today) tell('to', 'PERIOD_TO_COME', '截止日期不能晚于今天。 It ends today or before.');
  if (daysBetween(from, to) > longest)
    tell('from', 'PERIOD_TOO_LONG', '一次最多统计三年。 At most three years at a time.');
  return problems;
};

export const isMatrix = (by: readonly FlowDimension[]): boolean =>
  by.includes('ORIGIN') || by.includes('DESTINATION');

const problemsOf = ({ by, filter, ...period }: FlowArguments, today: string): InputProblem[] => {
  const problems = problemsOfPeriod(period, today);
  if (new Set(by).size < by.length)
    problems.push({
      path: ['by'],
      code: 'DIMENSION_REPEATED',
      message: '统计维度重复。 Each dimension once.',
    });
  const others = by.filter((each) => !['ORIGIN', 'DESTINATION', 'KIND'].includes(each));
  if (isMatrix(by) && (others.length > 0 || filter?.stage || filter?.gender))
    problems.push({
      path: ['by'],
      code: 'MATRIX_BY_KIND_ONLY',
      message:
        '来源地和去向只能与流动种类一起统计。 Origin and destination go together with each other and the kind alone.',
    });
  return problems;
};

/** Checks a period; throws BAD_USER_INPUT with every problem. `today` in Asia/Shanghai. */
export const readPeriod = (asked: PeriodArguments, today: string): Period => {
  const problems = problemsOfPeriod(asked, today);
  if (problems.length > 0) throw badInput(problems);
  return { from: asked.from, to: asked.to, scope: asked.scope ?? undefined };
};

/** Checks what is asked; throws BAD_USER_INPUT with every problem. */
export const readFlowQuestion = (asked: FlowArguments, today: string): FlowQuestion => {
  const problems = problemsOf(asked, today);
  if (problems.length > 0) throw badInput(problems);
  const kind = FLOW_KINDS.find((each) => each === asked.filter?.kind);
  return {
    ...{ from: asked.from, to: asked.to, scope: asked.scope ?? undefined, by: asked.by },
    filter: {
      ...{ kind, stage: asked.filter?.stage ?? undefined },
      gender: asked.filter?.gender ?? undefined,
    },
  };
};
