import { AppError, badInput, type InputProblem } from '#libs/platform/errors/errors.ts';
import { ATTRIBUTES, type Attribute } from '../stock/attributes.ts';

export const PLAIN_DIMENSIONS = ['UNIT', 'STAGE', 'GRADE', 'GENDER'] as const;
export type Dimension = (typeof PLAIN_DIMENSIONS)[number] | Attribute;

/** What is kept of the pupils of the scope. */
export type Filter = { stage?: string; grade?: number; gender?: string };

/** What a caller wants counted. */
export type Question = {
  /** Code of a unit or school; absent for the caller's own. */
  scope?: string;
  by: readonly Dimension[];
  /** The one attribute among the dimensions. */
  attribute?: Attribute;
  filter: Filter;
  /** A day that is over, at the end of which it is counted; absent for now. */
  day?: string;
};

/** Arguments as GraphQL hands them over; enumerations are checked already. */
export type Arguments = {
  scope?: string | null;
  by: readonly Dimension[];
  filter?: { stage?: string | null; grade?: number | null; gender?: string | null } | null;
  asOf?: string | null;
};

const attributes: ReadonlySet<string> = new Set(ATTRIBUTES);
export const isAttribute = (dimension: Dimension): dimension is Attribute => attributes.has(dimension);

const largestGrade = 9;

const problemsOf = ({ scope, by, filter, asOf }: Arguments, today: string): InputProblem[] => {
  const problems: InputProblem[] = [];
  const tell = (path: string[], code: string, message: string) => problems.push({ path, code, message });
  if (scope && !/^(\d{6}|\d{10})$/.test(scope)) {
    tell(['scope'], 'SCOPE_CODE', '统计范围应为六位机构代码或十位学校标识码。 A unit code or a school code.');
  }
  if (new Set(by).size < by.length) {
    tell(['by'], 'DIMENSION_REPEATED', '统计维度重复。 Each dimension once.');
  }
  const grade = filter?.grade ?? 1;
  if (grade < 1 || grade > largestGrade) {
    tell(['filter', 'grade'], 'GRADE', `年级应为1至${largestGrade}。 A grade from 1 to ${largestGrade}.`);
  }
  if (asOf && asOf > today) {
    tell(['asOf'], 'AS_OF_TO_COME', '统计日期不能晚于今天。 A day that is over, or today.');
  }
  return problems;
};

/** What counting pupils one by one would answer: not asked like this, but by a job. */
const tooLong = (): AppError =>
  new AppError(
    'COST_ESTIMATED_TOO_EXPENSIVE',
    `即时统计每次只能选择一项属性（${ATTRIBUTES.join('、')}）；需要组合多项属性的，请用 requestStatistics 提交统计任务。 One of these attributes at a time; for others together ask requestStatistics, and fetch the result later.`,
    { instead: 'requestStatistics' },
  );

/** Checks what is asked; throws BAD_USER_INPUT with every problem, COST_ESTIMATED_TOO_EXPENSIVE beyond the kept tables. `today` in Asia/Shanghai. */
export const readQuestion = (asked: Arguments, today: string): Question => {
  const problems = problemsOf(asked, today);
  if (problems.length > 0) throw badInput(problems);
  if (new Set(asked.by.filter(isAttribute)).size > 1) throw tooLong();
  return {
    scope: asked.scope ?? undefined,
    by: asked.by,
    attribute: asked.by.find(isAttribute),
    filter: {
      stage: asked.filter?.stage ?? undefined,
      grade: asked.filter?.grade ?? undefined,
      gender: asked.filter?.gender ?? undefined,
    },
    ...(asked.asOf && asked.asOf < today && { day: asked.asOf }),
  };
};
