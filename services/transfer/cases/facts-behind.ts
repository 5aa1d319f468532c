import type { TransferSchool, TransferStartFacts } from '#libs/law/transfer/start-facts.ts';
import type { CaseFinding } from './own-finding.ts';

/** A fact that a finding rests on: of one side where it is one, with its value where it has a short one. */
export type RestsOn = { fact: FactName; side: 'SOURCE' | 'TARGET' | null; value: string | null };

/** What the law looks at, by who has to be asked about it (the schema says who that is). */
export type FactName =
  | 'STATUS'
  | 'RUNNING_CASE'
  | 'APPLICATION_DAY'
  | 'APPLICATION'
  | 'STATED_REASON'
  | 'STATED_CONDITIONS'
  | 'PAPERS'
  | 'TERM'
  | 'SCHOOL_YEAR_WINDOW'
  | 'EXAM_REGISTRATION'
  | 'COUNTY'
  | 'ADMISSION_AREA'
  | 'GRADE'
  | 'SEATS'
  | 'MAJOR'
  | 'SCHOOL_KIND'
  | 'FILING';

/** Reads a fact of one school of a case. */
type Reading = (school: TransferSchool, on: string) => string | null;

const runningTerm: Reading = ({ terms }, on) => {
  const term = terms.find(({ opensOn, closesOn }) => opensOn <= on && on <= closesOn);
  return term ? `${term.opensOn}/${term.closesOn}` : null;
};

const OF_SCHOOL: Partial<Record<FactName, Reading>> = {
  TERM: runningTerm,
  EXAM_REGISTRATION: ({ examRegistrationEndsOn }) => examRegistrationEndsOn,
  COUNTY: ({ county }) => county,
  ADMISSION_AREA: ({ admissionArea }) => admissionArea?.replace(/^\d{6} /, '') ?? null,
  GRADE: ({ stage, grade }) => `${stage} ${grade}`,
  SCHOOL_KIND: ({ stage, vocational }) => (vocational ? 'VOCATIONAL' : stage),
};

/** Rules that compare both schools, whichever side's law says so. */
const COMPARING: ReadonlySet<string> = new Set(['TRF-13', 'TRF-15', 'TRF-17', 'TRF-18', 'TRF-35', 'TRF-47']);

const OF_CASE: Partial<Record<FactName, (facts: TransferStartFacts) => string | null>> = {
  STATUS: ({ pupil }) => pupil.status,
  APPLICATION_DAY: ({ appliedOn }) => appliedOn,
  STATED_REASON: ({ reason }) => reason.ground,
  SEATS: ({ target: { seats } }) => {
    const { enrolled, reserved, capacity } = seats.schoolClass ?? seats.grade;
    return `${enrolled}+${reserved}/${capacity}`;
  },
};

/** Which facts the findings of a rule rest on; those of the others tell themselves. */
const BY_RULE: Readonly<Record<string, readonly FactName[]>> = {
  'TRF-01': ['RUNNING_CASE'],
  'ENR-67': ['RUNNING_CASE'],
  'TRF-19': ['STATUS'],
  'TRF-20': ['STATUS'],
  'TRF-21': ['STATUS'],
  'TRF-05': ['APPLICATION'],
  'TRF-44': ['APPLICATION'],
  'TRF-06': ['APPLICATION_DAY', 'TERM'],
  'TRF-07': ['APPLICATION_DAY', 'TERM'],
  'TRF-08': ['SCHOOL_YEAR_WINDOW'],
  'TRF-38': ['SCHOOL_YEAR_WINDOW'],
  'ORG-28': ['TERM'],
  'TRF-09': ['SEATS'],
  'TRF-10': ['STATED_REASON', 'PAPERS'],
  'TRF-11': ['STATED_REASON', 'PAPERS'],
  'TRF-12': ['STATED_REASON', 'PAPERS'],
  'TRF-13': ['COUNTY'],
  'TRF-14': ['GRADE', 'TERM'],
  'TRF-15': ['COUNTY', 'ADMISSION_AREA'],
  'TRF-16': ['GRADE', 'EXAM_REGISTRATION'],
  'TRF-17': ['GRADE'],
  'TRF-18': ['GRADE'],
  'TRF-22': ['PAPERS'],
  'TRF-23': ['PAPERS'],
  'TRF-30': ['PAPERS'],
  'TRF-26': ['STATED_CONDITIONS'],
  'TRF-27': ['GRADE', 'APPLICATION_DAY', 'TERM'],
  'TRF-28': ['STATED_CONDITIONS'],
  'TRF-35': ['SCHOOL_KIND'],
  'TRF-47': ['SCHOOL_KIND'],
  'ENR-22': ['SCHOOL_KIND'],
  'TRF-46': ['FILING'],
};

/** A rule that speaks of several things rests on what the one at hand is about. */
const BY_CODE: Readonly<Record<string, readonly FactName[]>> = {
  NO_PLACE_AVAILABLE: ['SEATS'],
  NOT_THREE_YEAR_MAJOR: ['MAJOR'],
};

const sidesOf = ({ ruleId, side }: Pick<CaseFinding, 'ruleId' | 'side'>): readonly ('SOURCE' | 'TARGET')[] =>
  COMPARING.has(ruleId ?? '') || side === undefined || side === 'BOTH' || side === 'NATION'
    ? ['SOURCE', 'TARGET']
    : [side];

/** The facts that a finding rests on, as they were seen when it was made; `on`: the day of the question. */
export const factsBehind = (
  said: Pick<CaseFinding, 'code' | 'ruleId' | 'side'>,
  facts: TransferStartFacts,
  on: string,
): RestsOn[] =>
  (BY_CODE[said.code] ?? BY_RULE[said.ruleId ?? ''] ?? []).flatMap((fact): RestsOn[] => {
    const ofSchool = OF_SCHOOL[fact];
    if (ofSchool === undefined) return [{ fact, side: null, value: OF_CASE[fact]?.(facts) ?? null }];
    return sidesOf(said).map((of) => ({
      fact,
      side: of,
      value: ofSchool(of === 'SOURCE' ? facts.source : facts.target, on),
    }));
  });
