import type { IsoDate } from '../dates.ts';
import { type Finding, findingIfInForce, type LawPlace } from '../finding.ts';
import type { Stage } from '../layers.ts';
import type { Custodian } from './custody.ts';

/** A school that ends. `archivesLeft`: how many it still keeps, those of former students included. */
export type SchoolEndFacts = { archivesLeft: number; stage: Stage };

/** A merged school ends once all its archives, and none left over, are with the school after the merger (ARC-13). */
export const judgeMergerOfArchives = (facts: SchoolEndFacts, on: IsoDate, place: LawPlace): Finding[] =>
  facts.archivesLeft === 0
    ? []
    : findingIfInForce('ARC-13', {
        message: `尚有${facts.archivesLeft}份学籍档案未移交合并后的学校，原学校暂不能停用。`,
        messageEn: `${facts.archivesLeft} archive(s) have not gone to the school after the merger.`,
        path: ['school'],
        remedy: '请将学籍档案全部移交合并后的学校。',
        ownerLevel: 'COUNTY',
        on,
        place,
        stage: facts.stage,
      });

/** A closed school ends once its archives are with the authority or the unit that it named (ARC-14). */
export const judgeClosureOfArchives = (facts: SchoolEndFacts, on: IsoDate, place: LawPlace): Finding[] =>
  facts.archivesLeft === 0
    ? []
    : findingIfInForce('ARC-14', {
        message: `尚有${facts.archivesLeft}份学籍档案未移交主管教育行政部门或其指定单位。`,
        messageEn: `${facts.archivesLeft} archive(s) have not gone to the competent authority or the unit it named.`,
        path: ['school'],
        remedy: '请主管教育行政部门接收，或指定保管单位并完成移交。',
        ownerLevel: 'COUNTY',
        on,
        place,
        stage: facts.stage,
      });

/**
 * Who keeps the archives of a school that is no more: the school after the merger (ARC-13); after a closure the unit that
 * the authority named, else the competent authority itself (ARC-14).
 */
export const custodianAfterEnd = (end: {
  mergedInto: string | null;
  designatedUnit: string | null;
  competentAuthority: string;
}): Custodian => {
  if (end.mergedInto !== null) return { kind: 'SCHOOL', code: end.mergedInto };
  return end.designatedUnit === null
    ? { kind: 'AUTHORITY', code: end.competentAuthority }
    : { kind: 'DESIGNATED_UNIT', code: end.designatedUnit };
};
