import { todayInBeijing } from '../../language/today.ts';

export const stages = ['PRESCHOOL', 'PRIMARY', 'JUNIOR', 'SENIOR'] as const;
export type Stage = (typeof stages)[number];

/** Where, when and for which stage the law is asked for. */
export type LawQuestion = { region: string; on: string; stage: Stage };

const isStage = (text: string | null): text is Stage => stages.some((stage) => stage === text);
const isDay = (text: string | null): text is string => /^\d{4}-\d{2}-\d{2}$/.test(text ?? '');

/** The question that stands in an address; the own place, today and primary school by default. */
export const questionIn = (search: URLSearchParams, own: string): LawQuestion => {
  const on = search.get('on');
  const stage = search.get('stage');
  return {
    region: search.get('region') ?? own,
    on: isDay(on) ? on : todayInBeijing(),
    stage: isStage(stage) ? stage : 'PRIMARY',
  };
};

/** What the question is compared with: another place, another day or both; the same until one is chosen. */
export const otherIn = (search: URLSearchParams, { region, on, stage }: LawQuestion): LawQuestion => {
  const otherOn = search.get('otherOn');
  return { region: search.get('other') ?? region, on: isDay(otherOn) ? otherOn : on, stage };
};
