import type { IsoDate } from '../dates.ts';
import { enforces } from '../enforces.ts';
import { judgeExpulsion } from '../enrollment/withdrawal.ts';
import { type Finding, findingIfInForce, isInForce, type LawPlace } from '../finding.ts';
import type { Stage } from '../layers.ts';

/** What a school does about a breach, from the mildest to the gravest. The first is no sanction. */
export const DISCIPLINE_LEVELS = [
  'EDUCATIONAL_MEASURE',
  'WARNING',
  'SERIOUS_WARNING',
  'DEMERIT',
  'PROBATION',
  'EXPULSION',
] as const;

/** The level of a disciplinary measure. */
export type DisciplineLevel = (typeof DISCIPLINE_LEVELS)[number];

/** True for measures of demerit (记过) and above. */
export const isDemeritOrAbove = (level: DisciplineLevel): boolean =>
  DISCIPLINE_LEVELS.indexOf(level) >= DISCIPLINE_LEVELS.indexOf('DEMERIT');

/**
 * Sanctions of demerit and above are entered, lower ones and educational measures stay out (ARC-18, Shanxi). Elsewhere
 * no text at hand puts sanctions into the archive, and what the province has not set has no place in it (ARC-02).
 */
export const judgeDisciplineEntry = (
  facts: { level: DisciplineLevel; stage: Stage },
  on: IsoDate,
  place: LawPlace,
): Finding[] => {
  const where = { path: ['level'], ownerLevel: 'SCHOOL' as const, on, place, stage: facts.stage };
  if (!isInForce('ARC-18', on, place, facts.stage)) {
    return findingIfInForce('ARC-02', {
      message: '本地没有将纪律处分记入学籍档案的规定，不予记入。',
      messageEn: 'No text in force here puts disciplinary measures into the archive.',
      remedy: '请由学校另行保存；省级另有规定的，以省级规定为准。',
      ...where,
    });
  }
  const forbidden = facts.level === 'EXPULSION' ? judgeExpulsion(facts, on, place) : [];
  if (isDemeritOrAbove(facts.level)) return forbidden;
  return findingIfInForce('ARC-18', {
    message: '记过以下的处分和教育惩戒不记入学籍档案。',
    messageEn: 'Measures below demerit stay out of the archive.',
    remedy: '只将记过及以上纪律处分记入学籍档案。',
    ...where,
  });
};

/** A measure as the archive holds it. `endsOn`: its last day, null where it has none; `revokedOn`: null while it stands. */
export type DisciplinaryMeasure = {
  level: DisciplineLevel;
  decidedOn: IsoDate;
  endsOn: IsoDate | null;
  revokedOn: IsoDate | null;
};

/**
 * True while a measure stands: from the day of its decision to its last day, both included, and no longer from the day
 * on which it is revoked. During that time a pupil of Shanxi does not move (TRF-19); what ended does not count against
 * a graduation (CRT-02).
 */
export const isDisciplineInForce = (measure: DisciplinaryMeasure, on: IsoDate): boolean => {
  enforces('TRF-19');
  if (on < measure.decidedOn) return false;
  if (measure.revokedOn !== null && measure.revokedOn <= on) return false;
  return measure.endsOn === null || on <= measure.endsOn;
};

/** True when one of the measures stands on the day (TRF-19). */
export const isUnderDiscipline = (measures: readonly DisciplinaryMeasure[], on: IsoDate): boolean =>
  measures.some((measure) => isDisciplineInForce(measure, on));
