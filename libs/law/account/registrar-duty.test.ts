import { breaks, holds } from '#test/support/rules.ts';
import type { LawPlace } from '../finding.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import {
  judgeActivation,
  judgeRegistrarPresent,
  judgeReplacement,
  type RegistrarFacts,
  type ReplacementFacts,
} from './registrar-duty.ts';

const ON = '2026-09-01';
const PLACES = [SHANXI, BEIGUAN, ELSEWHERE];
const PUBLIC = { kind: 'PUBLIC_SCHOOL', stages: ['PRIMARY'] } as const;
const said = (findings: ReturnType<typeof judgeActivation>) =>
  findings
    .map(({ ruleId, outcome, code }) => `${ruleId} ${outcome} ${code}`)
    .filter((text) => !text.includes('WARN LAYER'));
const activate = (changes: Partial<RegistrarFacts>, place: LawPlace = SHANXI, on = ON) =>
  said(
    judgeActivation(
      {
        unit: PUBLIC,
        isEstablishmentStaff: true,
        preServiceTrainingCompletedOn: ON,
        filed: true,
        ...changes,
      },
      on,
      place,
    ),
  );

describe('a unit’s registrars', () => {
  it(holds('ACC-01', 'one in post is enough'), () => {
    for (const place of PLACES) {
      expect(judgeRegistrarPresent({ activeRegistrars: 1, isSchool: true }, ON, place)).toEqual([]);
    }
  });

  it(breaks('ACC-01', 'a unit without one is on record'), () => {
    for (const place of PLACES) {
      for (const isSchool of [true, false]) {
        expect(judgeRegistrarPresent({ activeRegistrars: 0, isSchool }, ON, place)).toMatchObject([
          { ruleId: 'ACC-01', outcome: 'RECORD', code: 'UNIT_WITHOUT_REGISTRAR' },
        ]);
      }
    }
  });
});

describe('the opening of a registrar’s account', () => {
  it(holds('ACC-02', 'follows the training, on its day too'), () => {
    for (const place of PLACES) expect(activate({}, place)).toEqual([]);
    expect(activate({ preServiceTrainingCompletedOn: '2020-01-01' })).toEqual([]);
  });

  it(breaks('ACC-02', 'is refused before it'), () => {
    for (const place of PLACES) {
      for (const preServiceTrainingCompletedOn of [null, '2026-09-02']) {
        expect(activate({ preServiceTrainingCompletedOn }, place)).toEqual([
          'ACC-02 REJECT TRAINING_MISSING',
        ]);
      }
    }
    expect(activate({ preServiceTrainingCompletedOn: null }, ELSEWHERE, '2014-04-01')).toHaveLength(1);
  });

  it(holds('ACC-05', 'follows the filing with the next level'), () => {
    expect(activate({ filed: true }, ELSEWHERE)).toEqual([]);
  });

  it(breaks('ACC-05', 'is refused without it'), () => {
    for (const place of PLACES)
      expect(activate({ filed: false }, place)).toEqual(['ACC-05 REJECT NOT_FILED']);
  });

  it(holds('ACC-07', 'asks for establishment staff in Shanxi only, and not of private schools'), () => {
    const temporary = { isEstablishmentStaff: false };
    for (const place of [BEIGUAN, ELSEWHERE]) expect(activate(temporary, place)).toEqual([]);
    expect(activate({ ...temporary, unit: { kind: 'PRIVATE_SCHOOL', stages: ['SENIOR'] } })).toEqual([]);
    expect(
      activate({ ...temporary, preServiceTrainingCompletedOn: '2020-01-01' }, SHANXI, '2026-02-09'),
    ).toEqual([]);
  });

  it(breaks('ACC-07', 'is refused to anybody else in authorities and public schools'), () => {
    for (const unit of [PUBLIC, { kind: 'AUTHORITY', stages: [] } as const]) {
      expect(activate({ unit, isEstablishmentStaff: false })).toEqual([
        'ACC-07 REJECT NOT_ESTABLISHMENT_STAFF',
      ]);
    }
    expect(
      activate(
        { isEstablishmentStaff: false, preServiceTrainingCompletedOn: '2020-01-01' },
        SHANXI,
        '2026-02-10',
      ),
    ).toHaveLength(1);
  });

  it('is told everything that is missing at once, and which text is not at hand', () => {
    expect(
      activate({ filed: false, preServiceTrainingCompletedOn: null, isEstablishmentStaff: false }),
    ).toEqual([
      'ACC-02 REJECT TRAINING_MISSING',
      'ACC-05 REJECT NOT_FILED',
      'ACC-07 REJECT NOT_ESTABLISHMENT_STAFF',
    ]);
    const facts = {
      unit: PUBLIC,
      isEstablishmentStaff: false,
      preServiceTrainingCompletedOn: ON,
      filed: true,
    };
    expect(judgeActivation(facts, ON, BEIGUAN)).toMatchObject([
      { outcome: 'WARN', code: 'LAYER_TEXT_UNKNOWN' },
    ]);
  });
});

describe('a change of registrar', () => {
  const replace = (changes: Partial<ReplacementFacts>, place: LawPlace = BEIGUAN, on = ON) =>
    said(
      judgeReplacement(
        { unit: PUBLIC, officialLetter: false, changesInSchoolYear: 1, ...changes },
        on,
        place,
      ),
    );

  it(
    holds('ACC-06', 'comes with an official letter in Beiguan’s compulsory schools, and nowhere else'),
    () => {
      expect(replace({ officialLetter: true })).toEqual([]);
      expect(replace({ unit: { kind: 'PUBLIC_SCHOOL', stages: ['SENIOR'] } })).toEqual([]);
      expect(replace({ unit: { kind: 'AUTHORITY', stages: [] } })).toEqual([]);
      for (const place of [SHANXI, ELSEWHERE]) expect(replace({}, place)).toEqual([]);
      expect(replace({}, BEIGUAN, '2019-12-31')).toEqual([]);
    },
  );

  it(breaks('ACC-06', 'without it is refused OFFICIAL_LETTER_MISSING'), () => {
    expect(replace({})).toEqual(['ACC-06 REJECT OFFICIAL_LETTER_MISSING']);
    expect(replace({ unit: { kind: 'PRIVATE_SCHOOL', stages: ['SENIOR', 'JUNIOR'] } })).toEqual([
      'ACC-06 REJECT OFFICIAL_LETTER_MISSING',
    ]);
    expect(replace({}, BEIGUAN, '2020-01-01')).toHaveLength(1);
  });

  it(holds('ACC-08', 'once in a school year is nothing'), () => {
    for (const place of PLACES) expect(replace({ officialLetter: true }, place)).toEqual([]);
  });

  it(breaks('ACC-08', 'a second time is warned of'), () => {
    for (const place of PLACES) {
      expect(replace({ officialLetter: true, changesInSchoolYear: 2 }, place)).toEqual([
        'ACC-08 WARN REGISTRAR_CHANGED_OFTEN',
      ]);
    }
  });
});
