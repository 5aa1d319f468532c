import { breaks, holds } from '#test/support/rules.ts';
import { LAYERS, type LawPlace, PRECEDENCE, type Stage } from './layers.ts';
import { isParameterKey, PARAMETERS, type ParameterKey } from './parameters/parameters.ts';
import { needsStage, PolicyUnresolvedError, requireValue, resolve } from './resolve.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from './testing/places.ts';

const KEYS = Object.keys(PARAMETERS).filter(isParameterKey);
const DAYS = ['2014-04-01', '2017-04-01', '2025-04-01', '2026-04-01'] as const;
const PLACES = { SHANXI, BEIGUAN, ELSEWHERE };

const wd = (amount: number) => ({ amount, unit: 'WORKING_DAY' });
const m = (amount: number) => ({ amount, unit: 'MONTH' });
const ANY = { kind: 'ANY_TIME' };
const NONE = undefined;
const STOP = { from: '07-15', to: '08-14' };

/** Key, then the four days in Shanxi, in Beiguan and elsewhere. */
const TABLE: [ParameterKey, Stage | undefined, Record<keyof typeof PLACES, readonly unknown[]>][] = [
  [
    'deathCancelWithin',
    'PRIMARY',
    {
      SHANXI: [wd(10), wd(10), wd(60), wd(60)],
      BEIGUAN: [wd(10), wd(10), wd(60), wd(60)],
      ELSEWHERE: [wd(10), wd(10), wd(60), wd(60)],
    },
  ],
  [
    'archiveEstablishWithin',
    'PRIMARY',
    {
      SHANXI: [m(1), m(1), m(2), m(2)],
      BEIGUAN: [m(1), m(1), m(2), m(2)],
      ELSEWHERE: [m(1), m(1), m(2), m(2)],
    },
  ],
  [
    'transferStop',
    undefined,
    {
      SHANXI: [null, STOP, STOP, STOP],
      BEIGUAN: [null, STOP, STOP, STOP],
      ELSEWHERE: [null, STOP, STOP, STOP],
    },
  ],
  [
    'transferAcceptInProvince',
    'PRIMARY',
    {
      SHANXI: [ANY, ANY, ANY, { kind: 'FROM_TERM_OPENING', within: { amount: 15, unit: 'DAY' } }],
      BEIGUAN: [
        ANY,
        ANY,
        { kind: 'FROM_TERM_OPENING', within: m(2) },
        { kind: 'FROM_TERM_OPENING', within: m(2) },
      ],
      ELSEWHERE: [ANY, ANY, ANY, ANY],
    },
  ],
  [
    'suspensionNeedsApproval',
    'PRIMARY',
    {
      SHANXI: ['REGISTERED', 'REGISTERED', 'APPROVED', 'APPROVED'],
      BEIGUAN: ['REGISTERED', 'REGISTERED', 'APPROVED', 'APPROVED'],
      ELSEWHERE: ['REGISTERED', 'REGISTERED', 'APPROVED', 'APPROVED'],
    },
  ],
  [
    'suspensionGrounds',
    'PRIMARY',
    {
      SHANXI: [NONE, NONE, NONE, ['ILLNESS', 'FORCE_MAJEURE']],
      BEIGUAN: [
        NONE,
        NONE,
        ['ILLNESS', 'LONG_LEAVE', 'OTHER_SPECIAL'],
        ['ILLNESS', 'LONG_LEAVE', 'OTHER_SPECIAL'],
      ],
      ELSEWHERE: [NONE, NONE, NONE, NONE],
    },
  ],
  [
    'gradeRepeat',
    'PRIMARY',
    {
      SHANXI: [NONE, NONE, NONE, 'FORBIDDEN'],
      BEIGUAN: [NONE, NONE, 'HOLD', 'HOLD'],
      ELSEWHERE: [NONE, NONE, NONE, NONE],
    },
  ],
  [
    'specializedSchoolRegistration',
    'JUNIOR',
    {
      SHANXI: ['BY_AGREEMENT', 'BY_AGREEMENT', 'STAYS', 'STAYS'],
      BEIGUAN: ['BY_AGREEMENT', 'BY_AGREEMENT', 'STAYS', 'STAYS'],
      ELSEWHERE: ['BY_AGREEMENT', 'BY_AGREEMENT', 'STAYS', 'STAYS'],
    },
  ],
  [
    'promotionStartsOn',
    undefined,
    {
      SHANXI: [null, '08-11', '08-11', '08-11'],
      BEIGUAN: [null, '08-11', '08-11', '08-11'],
      ELSEWHERE: [null, '08-11', '08-11', '08-11'],
    },
  ],
  [
    'noShowAfter',
    'PRIMARY',
    {
      SHANXI: [null, null, null, wd(10)],
      BEIGUAN: [null, null, null, null],
      ELSEWHERE: [null, null, null, null],
    },
  ],
  [
    'newPaperArchive',
    'PRIMARY',
    {
      SHANXI: ['NECESSARY', 'NECESSARY', 'NOT_IN_PRINCIPLE', 'NOT_IN_PRINCIPLE'],
      BEIGUAN: ['NECESSARY', 'NECESSARY', 'NOT_IN_PRINCIPLE', 'NOT_IN_PRINCIPLE'],
      ELSEWHERE: ['NECESSARY', 'NECESSARY', 'NOT_IN_PRINCIPLE', 'NOT_IN_PRINCIPLE'],
    },
  ],
];

const CASES = TABLE.flatMap(([key, stage, byPlace]) =>
  (Object.keys(PLACES) as (keyof typeof PLACES)[]).flatMap((place) =>
    DAYS.map((on, at) => ({ key, stage, place, on, value: byPlace[place][at] })),
  ),
);

describe('the parameters on four days in three places', () => {
  it.each(CASES)('$key in $place on $on', ({ key, stage, place, on, value }) => {
    expect(resolve(key, PLACES[place], on, stage ? { stage } : {}).value).toEqual(value);
  });
});

describe('the resolution of a parameter', () => {
  const codes = (key: ParameterKey, place: LawPlace, on: string, stage: Stage = 'PRIMARY') =>
    resolve(key, place, on, { stage }).warnings.map(({ code }) => code);

  it(holds('ORG-27', 'the higher text stands, and a stricter lower figure stays as a target'), () => {
    const { value, basis, soft } = resolve('deathCancelWithin', BEIGUAN, '2025-01-03', { stage: 'PRIMARY' });
    expect(value).toEqual(wd(60));
    expect(basis.map(({ layer }) => layer)).toEqual(['N25']);
    expect(soft).toEqual({
      value: wd(10),
      basis: [expect.objectContaining({ layer: 'BG', article: '第十五条' })],
    });
    expect(resolve('deathCancelWithin', BEIGUAN, '2025-01-02', { stage: 'PRIMARY' }).soft).toBeUndefined();
    expect(resolve('deathCancelWithin', BEIGUAN, '2025-01-03', { stage: 'SENIOR' }).soft).toBeUndefined();
  });

  it(breaks('ORG-27', 'a question that no text answers is told so and never guessed'), () => {
    const { value, warnings } = resolve('gradeSkip', ELSEWHERE, '2026-04-01', { stage: 'PRIMARY' });
    expect(value).toBeUndefined();
    expect(warnings).toEqual([
      expect.objectContaining({ ruleId: 'ORG-27', outcome: 'REJECT', code: 'POLICY_UNRESOLVED' }),
    ]);
    expect(() => requireValue('gradeSkip', ELSEWHERE, '2026-04-01')).toThrow(PolicyUnresolvedError);
  });

  it('ends an article with the day before the text that replaces it', () => {
    expect(resolve('deathCancelWithin', ELSEWHERE, '2025-01-02').value).toEqual(wd(10));
    expect(resolve('deathCancelWithin', ELSEWHERE, '2025-01-03').value).toEqual(wd(60));
  });

  it('narrows what the higher text leaves open and names the narrower article', () => {
    const { value, basis } = resolve('transferGradeChange', SHANXI, '2026-02-10');
    expect(value).toBe('FORBIDDEN');
    expect(basis).toEqual([expect.objectContaining({ layer: 'SX26', article: '第二十条' })]);
    expect(resolve('transferGradeChange', SHANXI, '2026-02-09').value).toBe('COUNTY_CONSENT');
  });

  it('lists every text that says the same', () => {
    const { basis } = resolve('transferStepWithin', SHANXI, '2026-04-01');
    expect(basis.map(({ layer }) => layer)).toEqual(['N25', 'N16', 'SX26']);
  });

  it('says when a text in force is not at hand, and names it', () => {
    expect(codes('deathCancelWithin', SHANXI, '2019-11-20')).toEqual([]);
    expect(codes('deathCancelWithin', SHANXI, '2019-11-21')).toEqual(['LAYER_TEXT_UNKNOWN']);
    expect(codes('deathCancelWithin', SHANXI, '2026-02-09')).toEqual(['LAYER_TEXT_UNKNOWN']);
    expect(codes('deathCancelWithin', SHANXI, '2026-02-10')).toEqual([]);
    expect(codes('deathCancelWithin', BEIGUAN, '2026-02-10')).toEqual(['LAYER_TEXT_UNKNOWN']);
    expect(codes('deathCancelWithin', ELSEWHERE, '2026-02-10')).toEqual([]);
    const [warning] = resolve('deathCancelWithin', SHANXI, '2025-06-01').warnings;
    expect(warning).toMatchObject({
      outcome: 'WARN',
      message: expect.stringContaining('晋教基〔2019〕19号'),
    });
  });

  it('does not warn where the national system alone decides', () => {
    expect(codes('promotionStartsOn', BEIGUAN, '2026-04-01')).toEqual([]);
  });

  it('says when the Shanxi rules have lapsed without a successor', () => {
    expect(codes('noShowAfter', SHANXI, '2031-02-09')).toEqual([]);
    expect(codes('noShowAfter', SHANXI, '2031-02-10')).toEqual(['POLICY_NOT_IN_FORCE']);
    expect(resolve('noShowAfter', SHANXI, '2031-02-10').value).toBeNull();
  });

  it('answers nothing before the first measure', () => {
    expect(resolve('transferStepWithin', ELSEWHERE, '2013-08-31')).toMatchObject({
      value: undefined,
      warnings: [{ code: 'POLICY_NOT_IN_FORCE', outcome: 'REJECT' }],
    });
    expect(resolve('transferStepWithin', ELSEWHERE, '2013-09-01').value).toEqual(wd(10));
  });

  it('differs by stage where a text does, and insists on the stage', () => {
    const at = (stage: Stage) => resolve('suspensionGraduatingGrade', SHANXI, '2026-04-01', { stage }).value;
    expect([at('PRIMARY'), at('JUNIOR'), at('SENIOR')]).toEqual([
      'TERM_2_HOLD',
      'TERM_2_HOLD',
      'GRADE_REJECT',
    ]);
    expect(() => resolve('suspensionGraduatingGrade', SHANXI, '2026-04-01')).toThrow(RangeError);
    expect(needsStage('intraCountyTransfer')).toBe(true);
  });

  it('marks a default as one of the system', () => {
    const { value, basis } = resolve('entryAgeCutoff', SHANXI, '2026-04-01');
    expect(value).toBe('08-31');
    expect(basis).toMatchObject([{ layer: 'OURS' }]);
    expect(resolve('gradeSkip', SHANXI, '2026-04-01')).toMatchObject({
      value: 'FORBIDDEN',
      basis: [{ layer: 'OURS' }],
    });
  });

  it('asks the district bureau in Beiguan besides law or government', () => {
    expect(requireValue('disclosureBasis', BEIGUAN, '2026-04-01', { stage: 'PRIMARY' })).toEqual({
      anyOf: ['LAW', 'COUNTY_GOVERNMENT'],
      andAlso: ['BUREAU_IN_WRITING'],
    });
    expect(requireValue('disclosureBasis', ELSEWHERE, '2026-04-01').andAlso).toEqual([]);
  });
});

describe('the table of parameters', () => {
  it.each(KEYS)('%s lists its texts from the highest to the lowest, within their days', (key) => {
    const { values } = PARAMETERS[key];
    const ranks = values
      .filter(({ layer }) => layer !== 'OURS')
      .map(({ layer }) => PRECEDENCE.indexOf(layer));
    expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
    for (const { layer, from, to, article } of values) {
      const text = LAYERS[layer];
      expect(article).not.toBe('');
      if (from && text.from) expect(from >= text.from).toBe(true);
      if (to && text.to) expect(to <= text.to).toBe(true);
    }
  });
});
