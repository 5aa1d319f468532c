import { fullYears, type IsoDate } from '../dates.ts';
import { type Finding, type FindingSpec, findingIfInForce, type LawPlace } from '../finding.ts';
import type { Stage } from '../layers.ts';
import { requireValue } from '../resolve.ts';

/** A child entering the first grade of a stage. */
export type EntryFacts = {
  stage: Stage;
  /** Grade within the stage, from 1. */
  grade: number;
  /** The year on whose cut-off day the age is taken: that of the autumn term. */
  entryYear: number;
  season: 'AUTUMN' | 'SPRING';
  birthDate?: IsoDate;
  /** Six-digit province of the household, where known. */
  householdProvince?: string;
};

/**
 * Age and season of entry. Six by the cut-off day of the entry year, that day included: in Beiguan a younger child is
 * refused (ENR-03), across provinces held (ENR-04), elsewhere held for the county (ENR-01; CF-20, outcome ours, since
 * no text there forbids it). Beiguan's primary and junior schools admit in autumn only (ENR-03).
 */
export const judgeEntry = (facts: EntryFacts, on: IsoDate, place: LawPlace): Finding[] => {
  if (facts.grade !== 1 || facts.stage === 'PRESCHOOL' || facts.stage === 'SENIOR') return [];
  return [...judgeSeason(facts, on, place), ...judgeAge(facts, on, place)];
};

/** The day by which a child entering primary school in that autumn must have reached the age of entry. */
export const entryCutoff = (entryYear: number, on: IsoDate, place: LawPlace): IsoDate =>
  `${entryYear}-${requireValue('entryAgeCutoff', place, on, { stage: 'PRIMARY' })}`;

const entryAge = (on: IsoDate, place: LawPlace): number =>
  requireValue('entryAge', place, on, { stage: 'PRIMARY' });

const judgeSeason = ({ season, stage }: EntryFacts, on: IsoDate, place: LawPlace): Finding[] => {
  if (requireValue('admissionSeasons', place, on, { stage }).includes(season)) return [];
  return findingIfInForce('ENR-03', {
    code: 'ENTRY_SEASON_CLOSED',
    message: '小学、初中只在秋季招生。',
    messageEn: 'Primary and junior schools admit in autumn only.',
    path: ['entryYear'],
    remedy: '请在秋季入学时办理；已在他校就读的，请办理转学。',
    ownerLevel: 'COUNTY',
    on,
    place,
    stage,
  });
};

const judgeAge = (facts: EntryFacts, on: IsoDate, place: LawPlace): Finding[] => {
  const { stage, birthDate, entryYear, householdProvince } = facts;
  if (stage !== 'PRIMARY' || !birthDate) return [];
  const age = entryAge(on, place);
  const cutoff = entryCutoff(entryYear, on, place);
  if (fullYears(birthDate, cutoff) >= age) return [];
  const acrossProvinces = householdProvince !== undefined && householdProvince !== place.province;
  const said: FindingSpec = { ...underAge(cutoff, age), on, place, stage };
  const local = findingIfInForce('ENR-03', { ...said, code: 'UNDER_SIX' });
  const across = acrossProvinces ? findingIfInForce('ENR-04', { ...said, remedy: ACROSS_REMEDY }) : [];
  if (local.length > 0 || across.length > 0) return [...local, ...across];
  return findingIfInForce('ENR-01', { ...said, code: 'UNDER_SIX', outcome: 'HOLD' });
};

const ACROSS_REMEDY = '请向家长说明日后可能无法转回；确需入学的，由县级教育行政部门写明理由决定。';

const underAge = (cutoff: IsoDate, age: number) => ({
  message: `截至${cutoff}（含当日）未满${age}周岁。`,
  messageEn: `The child is not yet ${age} on ${cutoff}.`,
  path: ['form', 'birthDate'],
  remedy: '请核对出生日期；确未满龄的，请下一年度入学。',
  ownerLevel: 'COUNTY' as const,
});

/** A child of age who is neither registered nor deferred is a clue for the dropout ledger (ENR-01). */
export const judgeUnenrolled = (
  facts: { birthDate: IsoDate; registered: boolean; deferred: boolean; schoolYear: number },
  on: IsoDate,
  place: LawPlace,
): Finding[] => {
  if (facts.registered || facts.deferred) return [];
  const age = entryAge(on, place) + (requireValue('entryAgeSevenAllowed', place, on) ? 1 : 0);
  if (fullYears(facts.birthDate, entryCutoff(facts.schoolYear, on, place)) < age) return [];
  return findingIfInForce('ENR-01', {
    code: 'CHILD_OF_AGE_NOT_ENROLLED',
    outcome: 'RECORD',
    message: '适龄儿童未入学，也未办理缓学。',
    messageEn: 'A child of age is neither registered nor deferred.',
    remedy: '请列入控辍保学线索，联系监护人送其入学。',
    ownerLevel: 'COUNTY',
    on,
    place,
  });
};
