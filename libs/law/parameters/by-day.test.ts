import { holds } from '#test/support/rules.ts';
import type { LawLayer, Stage } from '../layers.ts';
import { resolve } from '../resolve.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import type { ParameterKey } from './parameters.ts';

const DAYS = ['2014-04-01', '2017-04-01', '2025-04-01', '2026-04-01'] as const;
const PLACES = { ELSEWHERE, SHANXI, BEIGUAN };

type PlaceName = keyof typeof PLACES;

/** The value and the text that decides it; no text: nothing answers. */
type Answer = readonly [value: unknown, layer?: LawLayer];

/** One answer for each of the four days. */
type Answers = readonly [Answer, Answer, Answer, Answer];

const wd = (amount: number) => ({ amount, unit: 'WORKING_DAY' });
const d = (amount: number) => ({ amount, unit: 'DAY' });
const w = (amount: number) => ({ amount, unit: 'WEEK' });
const m = (amount: number) => ({ amount, unit: 'MONTH' });
const y = (amount: number) => ({ amount, unit: 'YEAR' });
const NOTHING: Answer = [undefined];

const lawOrGovernment = { anyOf: ['LAW', 'COUNTY_GOVERNMENT'], andAlso: [] };
const andTheBureau = { ...lawOrGovernment, andAlso: ['BUREAU_IN_WRITING'] };

const NO_LIMIT: Answer = [null, 'OURS'];
const AT_ONCE: Answer = [d(0), 'N13'];
const YEARLY: Answer = ['BEFORE_DUTY_AND_YEARLY', 'N16'];
const STRICT: Answer = [lawOrGovernment, 'OURS'];

const everywhere = (...answers: Answers): Record<PlaceName, Answers> => ({
  ELSEWHERE: answers,
  SHANXI: answers,
  BEIGUAN: answers,
});

/** The death deadline and further parameters: what each place is told on each of the days, and by which text. */
const TABLE: readonly { key: ParameterKey; answers: Record<PlaceName, Answers> }[] = [
  {
    key: 'deathCancelWithin',
    answers: everywhere([wd(10), 'N13'], [wd(10), 'N13'], [wd(60), 'N25'], [wd(60), 'N25']),
  },
  {
    key: 'transferStepWithin',
    answers: everywhere([wd(10), 'N13'], [wd(10), 'N16'], [wd(10), 'N25'], [wd(10), 'N25']),
  },
  { key: 'basicInfoUpdateWithin', answers: everywhere(NO_LIMIT, NO_LIMIT, [m(1), 'N25'], [m(1), 'N25']) },
  {
    key: 'suspensionMaxPerApplication',
    answers: everywhere(NO_LIMIT, NO_LIMIT, [y(1), 'N25'], [y(1), 'N25']),
  },
  {
    key: 'graduationRollbackWithin',
    answers: everywhere(NO_LIMIT, [m(6), 'N16'], [m(6), 'N16'], [m(6), 'N16']),
  },
  {
    key: 'trainingAtLeast',
    answers: everywhere(['BEFORE_DUTY', 'N13'], YEARLY, YEARLY, YEARLY),
  },
  {
    key: 'extensionMax',
    answers: {
      ...everywhere(NO_LIMIT, NO_LIMIT, NO_LIMIT, NO_LIMIT),
      SHANXI: [NO_LIMIT, NO_LIMIT, NO_LIMIT, [w(2), 'SX26']],
    },
  },
  {
    key: 'schoolTermCheckNotBefore',
    answers: {
      ...everywhere(AT_ONCE, AT_ONCE, AT_ONCE, AT_ONCE),
      SHANXI: [AT_ONCE, AT_ONCE, AT_ONCE, [m(1), 'SX26']],
    },
  },
  {
    key: 'disclosureBasis',
    answers: {
      ...everywhere(STRICT, STRICT, STRICT, STRICT),
      BEIGUAN: [STRICT, STRICT, [andTheBureau, 'BG'], [andTheBureau, 'BG']],
    },
  },
  {
    key: 'completionCertificateIssuer',
    answers: {
      ...everywhere(NOTHING, NOTHING, ['AUTHORITY', 'N25'], ['AUTHORITY', 'N25']),
      SHANXI: [NOTHING, NOTHING, ['AUTHORITY', 'N25'], ['SCHOOL_AFTER_REVIEW', 'SX26']],
    },
  },
];

const NAMES = Object.keys(PLACES) as PlaceName[];

const CASES = TABLE.flatMap(({ key, answers }) =>
  NAMES.flatMap((name) => DAYS.map((on, at) => ({ key, name, on, answer: answers[name][at] ?? NOTHING }))),
);

const ask = (key: ParameterKey, name: PlaceName, on: string, stage: Stage = 'PRIMARY') =>
  resolve(key, PLACES[name], on, { stage });

describe('the texts of the day', () => {
  it(holds('ORG-27', 'ten parameters are asked for on four days in three places'), () => {
    expect(TABLE).toHaveLength(10);
    expect(CASES).toHaveLength(120);
    expect(new Set(CASES.map(({ key }) => key)).size).toBe(10);
  });

  it.each(CASES)('answer $key in $name on $on', ({ key, name, on, answer: [value, layer] }) => {
    const resolution = ask(key, name, on);
    expect(resolution.value).toEqual(value);
    expect(resolution.basis[0]?.layer).toBe(layer);
  });
});

describe('a text that is in force and not at hand', () => {
  const UNKNOWN: Record<PlaceName, readonly [string[], string[], string[], string[]]> = {
    ELSEWHERE: [[], [], [], []],
    SHANXI: [[], [], ['晋教基〔2019〕19号'], []],
    BEIGUAN: [['河南省'], ['河南省'], ['河南省'], ['河南省']],
  };
  const NATIONWIDE: ReadonlySet<ParameterKey> = new Set(['graduationRollbackWithin']);

  it.each(CASES)('is named when $key is asked for in $name on $on', ({ key, name, on }) => {
    const unknown = ask(key, name, on).warnings.filter(({ code }) => code === 'LAYER_TEXT_UNKNOWN');
    const documents = NATIONWIDE.has(key) ? [] : UNKNOWN[name][DAYS.indexOf(on)];
    expect(unknown).toEqual(
      documents?.map((document) =>
        expect.objectContaining({
          ruleId: 'ORG-27',
          outcome: 'WARN',
          ownerLevel: 'PROVINCE',
          message: expect.stringContaining(document),
        }),
      ),
    );
  });

  it('leaves the national value in force', () => {
    expect(ask('schoolTermCheckNotBefore', 'SHANXI', '2026-02-09')).toMatchObject({
      value: d(0),
      warnings: [{ code: 'LAYER_TEXT_UNKNOWN' }],
    });
    expect(ask('schoolTermCheckNotBefore', 'SHANXI', '2026-02-10')).toMatchObject({
      value: m(1),
      warnings: [],
    });
  });

  it('is not the measure of Beiguan for a senior school', () => {
    expect(ask('disclosureBasis', 'BEIGUAN', '2026-04-01', 'SENIOR').value).toEqual(lawOrGovernment);
    expect(ask('disclosureBasis', 'BEIGUAN', '2019-12-31').value).toEqual(lawOrGovernment);
    expect(ask('disclosureBasis', 'BEIGUAN', '2020-01-01').value).toEqual(andTheBureau);
  });
});
