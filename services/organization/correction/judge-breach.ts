import type { IsoDate } from '#libs/law/dates.ts';
import type { Finding, LawPlace } from '#libs/law/finding.ts';
import { findingIfInForce } from '#libs/law/finding.ts';
import type { Stage } from '#libs/law/layers.ts';
import { judgeViolation } from '#libs/law/organization/violation.ts';
import { judgeDataRules } from '#libs/law/privacy/data-rules.ts';
import type { Violation } from './correction.ts';

/** A breach as it was found. `stage` and the marks are asked of schools only. */
export type Breach = {
  kind: Violation;
  stage: Stage;
  acceptedInCompliance: boolean;
  seriousTrouble: boolean;
};

/**
 * What text makes the breach an offence: by an authority ORG-20, by a school ORG-21, ORG-22 and PRV-10, of the rules on data by
 * staff PRV-09. Nothing where no
 * text in force does.
 */
export const judgeBreach = (breach: Breach, on: IsoDate, place: LawPlace): Finding[] => {
  const { kind } = breach;
  if (kind === 'DATA_RULES_BROKEN') return judgeDataRules(on, place);
  if (kind !== 'BREACH_BY_AUTHORITY') return judgeViolation({ ...breach, kind }, on, place);
  return findingIfInForce('ORG-20', {
    code: 'CORRECTION_ORDERED',
    outcome: 'RECORD',
    message: '教育行政部门存在违规情形，由上一级教育行政部门责令改正。',
    messageEn: 'The authority is in breach; the next higher authority orders correction.',
    remedy: '请在改正期限内整改并上报结果。',
    ownerLevel: 'COUNTY',
    on,
    place,
  });
};
