import type { IsoDate } from '../dates.ts';
import { type Finding, findingIfInForce, type LawPlace } from '../finding.ts';

/**
 * Staff broke the rules on the use of registration data: an authority found so, and orders the unit to put it right (PRV-09,
 * by way of ORG-23). Nothing where no text in force binds them.
 */
export const judgeDataRules = (on: IsoDate, place: LawPlace): Finding[] =>
  findingIfInForce('PRV-09', {
    code: 'CORRECTION_ORDERED',
    outcome: 'RECORD',
    message: '学籍管理人员违反学籍数据使用规则，责令所在单位改正。',
    messageEn: 'Staff broke the rules on the use of registration data; correction is ordered.',
    remedy: '请所在单位核查原因，落实数据安全措施并上报结果。',
    ownerLevel: 'SCHOOL',
    on,
    place,
  });
