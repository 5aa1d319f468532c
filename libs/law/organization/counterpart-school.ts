import type { IsoDate } from '../dates.ts';
import { type Finding, findingIfInForce, type LawPlace } from '../finding.ts';

/**
 * A vocational school stands in the registry only as the other side of a transfer from or to an ordinary senior school
 * (TRF-26): nobody is registered there anew, or admitted there, since the rules do not cover it (ORG-09).
 */
export const judgeRegisteringSchool = (
  facts: { vocational: boolean },
  on: IsoDate,
  place: LawPlace,
): Finding[] =>
  facts.vocational
    ? findingIfInForce('ORG-09', {
        code: 'SCHOOL_KIND_NOT_COVERED',
        message: '中等职业学校不在中小学学籍管理的适用范围内，不在此建籍或办理升学；普职互转按转学办理。',
        messageEn:
          'Vocational schools are not covered: nobody is registered or admitted there, only transferred.',
        path: ['school'],
        remedy: '请按中等职业学校学籍管理规定办理。',
        ownerLevel: 'SCHOOL',
        on,
        place,
      })
    : [];
