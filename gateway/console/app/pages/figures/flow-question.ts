import { schoolYearStart } from '../overview/school-year.ts';
import type { FlowsOfPeriodQueryVariables } from './generated/flows-of-period.ts';
import { knownIn, stages, withStages } from './question.ts';

export const flowDimensions = ['UNIT', 'KIND', 'STAGE', 'GRADE', 'GENDER'] as const;
export type FlowDimension = (typeof flowDimensions)[number] | 'ORIGIN' | 'DESTINATION';

type Filter = NonNullable<FlowsOfPeriodQueryVariables['filter']>;

/** Changes of which days are counted by what, as it stands in an address. */
export type FlowQuestion = {
  from: string;
  to: string;
  /** Where from and where to, in place of in and out. */
  isMatrix: boolean;
  by: FlowDimension[];
  filter: Filter;
};

const isDay = (text: string | null): text is string => /^\d{4}-\d{2}-\d{2}$/.test(text ?? '');

/** The question of an address; the school year so far where it names no days. Transfers alone have both ends. */
export const flowQuestionIn = (
  search: URLSearchParams,
  kinds: readonly string[],
  today: string,
  isSchool: boolean,
): FlowQuestion => {
  const [from, to] = [search.get('from'), search.get('to')];
  const last = isDay(to) ? to : today;
  const isMatrix = search.get('layout') === 'matrix';
  const kind = kinds.find((code) => code === search.get('kind'));
  const stage = stages.find((code) => code === search.get('stage'));
  const asked = search.get('by')?.split(',') ?? ['KIND'];
  const by = knownIn(flowDimensions, withStages(asked)).filter(
    (dimension) => !isSchool || dimension !== 'UNIT',
  );
  return {
    ...{ from: isDay(from) ? from : schoolYearStart(last), to: last, isMatrix },
    by: isMatrix ? ['ORIGIN', 'DESTINATION'] : by,
    filter: {
      ...(kind ? { kind: kind as Filter['kind'] } : isMatrix && { kind: 'TRANSFER' as const }),
      ...(stage && !isMatrix && { stage }),
    },
  };
};
