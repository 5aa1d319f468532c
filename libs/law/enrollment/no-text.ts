import type { IsoDate } from '../dates.ts';
import { type Finding, finding, type LawPlace } from '../finding.ts';

/**
 * An operation that is lawful only where a text provides for it, asked for where none does: POLICY_UNRESOLVED (ORG-27).
 * `what`, `whatEn`: the operation, as it stands at the beginning of a sentence.
 */
export const noTextPermits = (
  { what, whatEn }: { what: string; whatEn: string },
  on: IsoDate,
  place: LawPlace,
): Finding =>
  finding('ORG-27', {
    code: 'POLICY_UNRESOLVED',
    outcome: 'REJECT',
    message: `${what}在本地目前没有可适用的规定，不能办理。`,
    messageEn: `${whatEn} is provided for by no text in force here that day.`,
    remedy: '请省级教育行政部门先行规定后再办理。',
    ownerLevel: 'PROVINCE',
    on,
    place,
  });
