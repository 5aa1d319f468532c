import type { IsoDate } from '../dates.ts';
import { type Finding, findingIfInForce, type LawPlace } from '../finding.ts';

/** Who does an operation: a person's account, or the system itself by the name of its timer. */
export type OperatorFacts = { operatorId: string | null; actsForSystem: boolean };

/** Each operation is tied to the person who did it; who operates answers (ACC-15). Only timers act without a person. */
export const judgeOperator = (facts: OperatorFacts, on: IsoDate, place: LawPlace): Finding[] => {
  if (facts.actsForSystem || (facts.operatorId ?? '').trim() !== '') return [];
  return findingIfInForce('ACC-15', {
    message: '未登记经办人，不能办理。谁操作、谁负责。',
    messageEn: 'Nobody is named as operator; who operates answers.',
    remedy: '请以本人账号登录后办理。',
    ownerLevel: 'SCHOOL',
    on,
    place,
  });
};
