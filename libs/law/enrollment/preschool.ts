import { fullYears, type IsoDate } from '../dates.ts';
import { type Finding, finding, findingIfInForce, isInForce, type LawPlace } from '../finding.ts';

/** What is recorded for a preschool child: entry, change of kindergarten, leaving, graduation, going on (PRE-01). */
export const PRESCHOOL_CHANGES = [
  'ENTRY',
  'CHANGE_OF_KINDERGARTEN',
  'LEAVING',
  'GRADUATION',
  'GOING_ON',
] as const;

/** A recorded change of a preschool child. */
export type PreschoolChange = (typeof PRESCHOOL_CHANGES)[number];

/** REGULAR: from three full years; INFANT_2_3: two to three, handled by analogy (PRE-07). */
export type PreschoolCategory = 'REGULAR' | 'INFANT_2_3';

/** Full years from which the measure speaks of a child, and from which it is followed by analogy. */
const REGULAR_FROM = 3;
const INFANT_FROM = 2;

/** The category of a child on a day; undefined below two full years. */
export const preschoolCategoryOf = (birthDate: IsoDate, on: IsoDate): PreschoolCategory | undefined => {
  const age = fullYears(birthDate, on);
  if (age >= REGULAR_FROM) return 'REGULAR';
  return age >= INFANT_FROM ? 'INFANT_2_3' : undefined;
};

/** Something a kindergarten wants recorded. */
export type PreschoolFacts = {
  change: string;
  birthDate: IsoDate;
  /** The child has a registration at a primary school or above. */
  inSchool: boolean;
  /** The child's registration at another kindergarten, which this business does not itself move. */
  activeElsewhere: boolean;
  /** The child has a number already. */
  hasNumber: boolean;
  /** The kindergarten asks for a new number. */
  asksForNumber: boolean;
};

/**
 * Judges the business of a kindergarten: a known kind of change (PRE-01), a child from two or three full years until it
 * enters primary school (PRE-02, PRE-07; for an entry), one number (PRE-03), one registration (PRE-04). Where the
 * preschool part is switched off, and before the measure, nothing is recorded.
 */
export const judgePreschool = (
  facts: PreschoolFacts,
  options: { preschoolEnabled: boolean },
  on: IsoDate,
  place: LawPlace,
): Finding[] => {
  if (!options.preschoolEnabled || !isInForce('PRE-01', on, place)) return [notEnabled(on, place)];
  const entering = facts.change === 'ENTRY';
  return [
    ...(isPreschoolChange(facts.change) ? [] : unknownChange(on, place)),
    ...(entering ? judgeAge(facts, on, place) : []),
    ...judgeKnownChild({ ...facts, activeElsewhere: entering && facts.activeElsewhere }, on, place),
  ];
};

/** A child that the nationwide search knows keeps its number (PRE-03), and its registration where that is (PRE-04). */
export const judgeKnownChild = (
  facts: Pick<PreschoolFacts, 'hasNumber' | 'asksForNumber' | 'activeElsewhere'>,
  on: IsoDate,
  place: LawPlace,
): Finding[] => [
  ...(facts.hasNumber && facts.asksForNumber ? secondNumber(on, place) : []),
  ...(facts.activeElsewhere ? registeredElsewhere(on, place) : []),
];

const isPreschoolChange = (text: string): text is PreschoolChange =>
  PRESCHOOL_CHANGES.some((change) => change === text);

const judgeAge = (facts: PreschoolFacts, on: IsoDate, place: LawPlace): Finding[] => {
  const fits = preschoolCategoryOf(facts.birthDate, on) !== undefined && !facts.inSchool;
  if (fits) return [];
  return findingIfInForce('PRE-02', {
    message: facts.inSchool ? '该儿童已入小学，不再办理学前学籍。' : '该儿童未满两周岁，不办理学前学籍。',
    messageEn: facts.inSchool ? 'The child has entered school.' : 'The child is not yet two.',
    path: ['form', 'birthDate'],
    remedy: '请核对出生日期和学籍；学前学籍从满三周岁到升入小学，两至三周岁参照办理。',
    ownerLevel: 'SCHOOL',
    on,
    place,
  });
};

const notEnabled = (on: IsoDate, place: LawPlace): Finding =>
  finding('ORG-27', {
    code: 'PRESCHOOL_NOT_ENABLED',
    outcome: 'REJECT',
    message: '本地尚未启用学前儿童学籍管理。',
    messageEn: 'Preschool registration has not been put into use here.',
    remedy: '请等待启用。',
    ownerLevel: 'PROVINCE',
    on,
    place,
  });

const unknownChange = (on: IsoDate, place: LawPlace): Finding[] =>
  findingIfInForce('PRE-01', {
    message: '学前学籍只办理入园、转园、离园、毕业和升学。',
    messageEn: 'Entry, change of kindergarten, leaving, graduation and going on are recorded.',
    path: ['change'],
    remedy: '请选择其中一种业务。',
    ownerLevel: 'SCHOOL',
    on,
    place,
  });

const secondNumber = (on: IsoDate, place: LawPlace): Finding[] =>
  findingIfInForce('PRE-03', {
    code: 'NUMBER_APPLICATION_DUPLICATE',
    outcome: 'REJECT',
    message: '该儿童已有学籍号，一人一号。',
    messageEn: 'The child has a number; one child, one number.',
    path: ['student'],
    remedy: '请沿用已有学籍号。',
    ownerLevel: 'SCHOOL',
    on,
    place,
  });

const registeredElsewhere = (on: IsoDate, place: LawPlace): Finding[] =>
  findingIfInForce('PRE-04', {
    message: '该儿童在其他幼儿园有学籍，一人一籍、籍随人走。',
    messageEn: 'The child is registered at another kindergarten; the registration follows the child.',
    path: ['student'],
    remedy: '请办理转园，不要重复建立学籍。',
    ownerLevel: 'SCHOOL',
    on,
    place,
  });

/** Every child in a kindergarten has a registration; who has none is on record and attends all the same (PRE-03). */
export const judgePreschoolAttendance = (
  facts: { attends: boolean; registered: boolean },
  options: { preschoolEnabled: boolean },
  on: IsoDate,
  place: LawPlace,
): Finding[] => {
  if (!options.preschoolEnabled || !facts.attends || facts.registered) return [];
  return findingIfInForce('PRE-03', {
    code: 'STUDENT_WITHOUT_REGISTRATION',
    outcome: 'RECORD',
    message: '该儿童在园但尚未建立学前学籍。',
    messageEn: 'The child is in kindergarten without a registration.',
    remedy: '请幼儿园尽快建立学籍；儿童照常在园。',
    ownerLevel: 'SCHOOL',
    on,
    place,
  });
};
