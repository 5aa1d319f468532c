import type { StockTableQueryVariables } from './generated/stock-table.ts';

/** What every table of pupils may be told by; grades are those of a stage. */
export const plainDimensions = ['UNIT', 'STAGE', 'GRADE', 'GENDER'] as const;
export type PlainDimension = (typeof plainDimensions)[number];

/** Of these a table is kept for each, and for none together with another. */
export const attributes = [
  ...(['STATUS', 'NUMBER_KIND', 'DOCUMENT_TYPE', 'BOARDER', 'LEFT_BEHIND', 'MIGRANT'] as const),
  ...(['RESIDENCE_PERMIT', 'DISABLED', 'ETHNIC_GROUP'] as const),
] as const;
export type Attribute = (typeof attributes)[number];

export const stages = ['PRESCHOOL', 'PRIMARY', 'JUNIOR', 'SENIOR'] as const;
export const genders = ['MALE', 'FEMALE'] as const;
export const highestGrade = 9;

/** More attributes than this are not counted together, by a job neither. */
export const mostAttributes = 3;

export type Filter = NonNullable<StockTableQueryVariables['filter']>;

/** Which pupils are counted by what, as it stands in an address. */
export type StockQuestion = { by: PlainDimension[]; attributes: Attribute[]; filter: Filter };

const listIn = (search: URLSearchParams, name: string): string[] | undefined =>
  search.get(name)?.split(',').filter(Boolean);

/** The codes of a list that are known, each once, in the order in which they are known. */
export const knownIn = <Code extends string>(
  known: readonly Code[],
  asked: readonly string[] | undefined,
): Code[] => known.filter((code) => asked?.includes(code));

const oneOf = <Code extends string>(known: readonly Code[], asked: string | null): Code | undefined =>
  known.find((code) => code === asked);

/** Grades are told within their stage. */
export const withStages = <Dimension extends string>(by: readonly Dimension[]): (Dimension | 'STAGE')[] =>
  by.includes('GRADE' as Dimension) ? ['STAGE', ...by] : [...by];

/** Plain dimensions of an address; units below and stages where it says nothing, in a school stages and grades. */
export const plainIn = <Dimension extends PlainDimension>(
  known: readonly Dimension[],
  search: URLSearchParams,
  isSchool: boolean,
): Dimension[] => {
  const asked = listIn(search, 'by') ?? (isSchool ? ['STAGE', 'GRADE'] : ['UNIT', 'STAGE']);
  return knownIn(known, withStages(asked)).filter((dimension) => !isSchool || dimension !== 'UNIT');
};

/** The table that an address asks for; what it does not know of is left out. */
export const stockQuestionIn = (search: URLSearchParams, isSchool: boolean): StockQuestion => {
  const stage = oneOf(stages, search.get('stage'));
  const gender = oneOf(genders, search.get('gender'));
  const grade = Number(search.get('grade'));
  return {
    by: plainIn(plainDimensions, search, isSchool),
    attributes: knownIn(attributes, listIn(search, 'attributes')).slice(0, mostAttributes),
    filter: {
      ...(stage && { stage }),
      ...(Number.isInteger(grade) && grade > 0 && grade <= highestGrade && { grade }),
      ...(gender && { gender }),
    },
  };
};

export const dimensionsOf = ({ by, attributes: chosen }: StockQuestion) => [...by, ...chosen];

/** Whether a table is kept for it; everything else is counted pupil by pupil, by a job. */
export const isKept = ({ attributes: chosen }: StockQuestion): boolean => chosen.length <= 1;
