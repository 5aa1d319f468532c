import { badInput, type InputProblem } from '#libs/platform/errors/errors.ts';
import { type Dimension, type Filter, PLAIN_DIMENSIONS } from '../table/question.ts';

/** A question that is answered by counting pupils one by one, because no table is kept for it. */
export type LongQuestion = { scope?: string; by: readonly Dimension[]; filter: Filter };

/** What GraphQL hands over; enumerations are checked already. */
export type AskedLong = {
  scope?: string | null;
  by: readonly Dimension[];
  filter?: { stage?: string | null; grade?: number | null; gender?: string | null } | null;
};

/** Besides unit, stage, grade and gender: more than this would tell of single children. */
const MOST_ATTRIBUTES = 3;
const LARGEST_GRADE = 9;

/** Checks what is asked; throws BAD_USER_INPUT with every problem. */
export const readLongQuestion = ({ scope, by, filter }: AskedLong): LongQuestion => {
  const problems: InputProblem[] = [];
  const tell = (path: string[], code: string, message: string) => problems.push({ path, code, message });
  if (scope && !/^(\d{6}|\d{10})$/.test(scope)) {
    tell(['scope'], 'SCOPE_CODE', '统计范围应为六位机构代码或十位学校标识码。 A unit code or a school code.');
  }
  if (new Set(by).size < by.length) {
    tell(['by'], 'DIMENSION_REPEATED', '统计维度重复。 Each dimension once.');
  }
  const plain: ReadonlySet<string> = new Set(PLAIN_DIMENSIONS);
  if (by.filter((dimension) => !plain.has(dimension)).length > MOST_ATTRIBUTES) {
    tell(
      ['by'],
      'TOO_MANY_ATTRIBUTES',
      `最多选择${MOST_ATTRIBUTES}项属性。 At most ${MOST_ATTRIBUTES} attributes.`,
    );
  }
  const grade = filter?.grade ?? 1;
  if (grade < 1 || grade > LARGEST_GRADE) {
    tell(['filter', 'grade'], 'GRADE', `年级应为1至${LARGEST_GRADE}。 A grade from 1 to ${LARGEST_GRADE}.`);
  }
  if (problems.length > 0) throw badInput(problems);
  return {
    scope: scope ?? undefined,
    by,
    filter: {
      stage: filter?.stage ?? undefined,
      grade: filter?.grade ?? undefined,
      gender: filter?.gender ?? undefined,
    },
  };
};
