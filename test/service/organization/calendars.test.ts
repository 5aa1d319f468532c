import { v7 as uuidv7 } from 'uuid';
import { query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { refusal, type Situation, startSituation } from './situation.ts';

let network: Situation;
beforeAll(async () => {
  network = await startSituation();
});
afterAll(() => network?.stop());

type Calendar = {
  region: string;
  schoolYear: number;
  terms: { term: number; opensOn: string; closesOn: string }[];
  promotionAt: string;
  findings: { ruleId: string; outcome: string; code: string }[];
};
type Payload = { calendar: Calendar | null; findings: { ruleId: string; outcome: string; code: string }[] };

const fields = `region schoolYear terms { term opensOn closesOn } promotionAt findings { ruleId outcome code }`;
const calendar = async (region: string, schoolYear: number, who = 'guardian'): Promise<Calendar | null> => {
  const { data, errors } = await network.as<{ calendar: Calendar | null }>(
    who,
    `query ($region: ID!, $schoolYear: SchoolYear!) { calendar(region: $region, schoolYear: $schoolYear) { ${fields} } }`,
    { region, schoolYear },
  );
  expect(errors).toEqual([]);
  return data?.calendar ?? null;
};
const set = (who: string | null, mutation: 'setCalendar' | 'setPromotion', input: Record<string, unknown>) =>
  network.as<Record<string, Payload>>(
    who,
    `mutation ($input: ${mutation === 'setCalendar' ? 'SetCalendarInput' : 'SetPromotionInput'}!) {
       payload: ${mutation}(input: $input) { calendar { ${fields} } findings { ruleId outcome code } } }`,
    { input: { idempotencyKey: uuidv7(), ...input } },
  );
const done = async (...args: Parameters<typeof set>): Promise<Payload> => {
  const { data, errors } = await set(...args);
  expect(errors).toEqual([]);
  if (!data?.payload) throw new Error('the operation answered nothing');
  return data.payload;
};
const terms = (year: number, day = '01') => [
  { term: 1, opensOn: `${year}-09-${day}`, closesOn: `${year + 1}-01-15` },
  { term: 2, opensOn: `${year + 1}-02-22`, closesOn: `${year + 1}-07-02` },
];

describe('calendar', () => {
  test(
    holds('ORG-28', 'a county falls back on its city, its province and the nation, nearest first'),
    async () => {
      const year = 2028;
      await done('ministry', 'setCalendar', { region: '000000', schoolYear: year, terms: terms(year, '01') });
      expect(await calendar('140105', year)).toMatchObject({
        region: '000000',
        terms: terms(year),
        findings: [],
      });
      await done('shanxi', 'setCalendar', { region: '140000', schoolYear: year, terms: terms(year, '02') });
      expect(await calendar('140105', year)).toMatchObject({ region: '140000', terms: terms(year, '02') });
      await done('taiyuan', 'setCalendar', { region: '140100', schoolYear: year, terms: terms(year, '03') });
      expect(await calendar('140105', year)).toMatchObject({ region: '140100', terms: terms(year, '03') });
      await done('xiaodian', 'setCalendar', { region: '140105', schoolYear: year, terms: terms(year, '04') });
      expect(await calendar('140105', year)).toMatchObject({ region: '140105', terms: terms(year, '04') });
      expect(await calendar('140106', year)).toMatchObject({ region: '140100' });
      expect(await calendar('410503', year)).toMatchObject({ region: '000000' });
    },
  );

  test(breaks('ORG-28', 'where nobody set one it holds with CALENDAR_MISSING'), async () => {
    expect(await calendar('140105', 2040)).toMatchObject({
      region: '140105',
      terms: [],
      findings: [{ ruleId: 'ORG-28', outcome: 'HOLD', code: 'CALENDAR_MISSING' }],
    });
  });

  test('is set again under the next version, and every service learns of it in order', async () => {
    const year = 2029;
    for (const day of ['01', '02']) {
      const { calendar: answer } = await done('xiaodian', 'setCalendar', {
        region: '140105',
        schoolYear: year,
        terms: terms(year, day).toReversed(),
      });
      expect(answer).toMatchObject({ region: '140105', terms: terms(year, day) });
    }
    await network.settled();
    const { worker } = network.service('organization').core;
    const kept = await asWorker(worker, (tx) =>
      query(tx, `select terms from term_ref where region = '140105' and school_year = $1`, [year]),
    );
    expect(kept).toEqual([{ terms: terms(year, '02') }]);
  });

  test('set by several at the same moment gets a version for each', async () => {
    const year = 2031;
    await Promise.all(
      ['01', '02', '03', '04'].map((day) =>
        done('xiaodian', 'setCalendar', { region: '140105', schoolYear: year, terms: terms(year, day) }),
      ),
    );
    await network.settled();
    const { worker } = network.service('organization').core;
    const versions = await asWorker(worker, (tx) =>
      query(tx, 'select version from event_log where aggregate_id = $1 order by version', [
        `calendar:140105:${year}`,
      ]),
    );
    expect(versions).toEqual([1, 2, 3, 4].map((version) => ({ version })));
  });

  test('with terms that contradict each other is refused with every problem', async () => {
    const answer = await set('xiaodian', 'setCalendar', {
      region: '140105',
      schoolYear: 2026,
      terms: [
        { term: 1, opensOn: '2026-09-01', closesOn: '2026-08-30' },
        { term: 1, opensOn: '2025-09-01', closesOn: '2027-01-15' },
      ],
    });
    expect(refusal(answer)).toBe('BAD_USER_INPUT');
    const codes = ['CLOSES_BEFORE_OPENING', 'OUTSIDE_SCHOOL_YEAR', 'OVERLAPS', 'TERM_TWICE'];
    expect(answer.errors[0]?.extensions.problems).toHaveLength(codes.length);
    expect(answer.errors[0]?.extensions.problems).toEqual(
      expect.arrayContaining(codes.map((code) => expect.objectContaining({ code }))),
    );
  });

  test('of an unknown region is null', async () => {
    expect(await calendar('999999', 2026)).toBeNull();
  });

  test.each([
    ['a county for its neighbour', 'yingze', '140105'],
    ['a province for its county', 'shanxi', '140105'],
    ['a province for the nation', 'shanxi', '000000'],
    ['the ministry for a province', 'ministry', '140000'],
    ['a registrar', 'registrar', '140105'],
    ['a guardian', 'guardian', '140105'],
    ['the call centre', 'call-centre', '000000'],
  ])('is not set by %s', async (_, who, region) => {
    const answer = await set(who, 'setCalendar', { region, schoolYear: 2026, terms: terms(2026) });
    expect(refusal(answer)).toBe('OUT_OF_JURISDICTION');
  });
});

describe('promotion', () => {
  test('is by law at 24:00 of 10 August until another instant is entered', async () => {
    expect(await calendar('140105', 2033)).toMatchObject({ promotionAt: '2033-08-11T00:00:00.000+08:00' });
  });

  test(
    holds('ENR-28', 'the ministry enters it a fortnight or more ahead, for the whole nation'),
    async () => {
      const effectiveAt = '2026-08-20T00:00:00+08:00';
      const { calendar: answer, findings } = await done('ministry', 'setPromotion', {
        schoolYear: 2026,
        effectiveAt,
      });
      expect(findings).toEqual([]);
      expect(answer).toMatchObject({ schoolYear: 2026, promotionAt: '2026-08-20T00:00:00.000+08:00' });
      for (const region of ['140105', '410503']) {
        expect(await calendar(region, 2026)).toMatchObject({ promotionAt: '2026-08-20T00:00:00.000+08:00' });
      }
      await network.settled();
      const { worker } = network.service('organization').core;
      const told = await asWorker(worker, (tx) =>
        query<{ version: number; at: string }>(
          tx,
          `select version, event->'data'->>'effectiveAt' as at from event_log
         where aggregate_id = 'promotion:2026' order by version`,
        ),
      );
      expect(told.map(({ version, at }) => [version, Date.parse(at)])).toEqual([
        [1, Date.parse('2026-08-11T00:00:00+08:00')],
        [2, Date.parse(effectiveAt)],
      ]);
    },
  );

  test(breaks('ENR-28', 'less than a fortnight ahead it is refused, to the millisecond'), async () => {
    const now = Date.parse(network.clock.now());
    const fortnight = 14 * 24 * 3600_000;
    const enter = (lead: number) =>
      done('ministry', 'setPromotion', {
        schoolYear: 2026,
        effectiveAt: new Date(now + lead).toISOString(),
      });
    expect(await enter(fortnight - 1)).toMatchObject({
      calendar: null,
      findings: [{ ruleId: 'ENR-28', outcome: 'REJECT', code: 'PROMOTION_NOT_AHEAD' }],
    });
    expect(await enter(fortnight)).toMatchObject({ findings: [], calendar: { schoolYear: 2026 } });
  });

  test(breaks('ENR-28', 'one that has taken effect is not moved'), async () => {
    expect(
      await done('ministry', 'setPromotion', {
        schoolYear: 2025,
        effectiveAt: '2026-08-11T00:00:00+08:00',
      }),
    ).toMatchObject({
      calendar: null,
      findings: [{ code: 'PROMOTION_ALREADY_EFFECTIVE' }, { code: 'PROMOTION_OUTSIDE_YEAR' }],
    });
  });

  test.each([
    'shanxi',
    'taiyuan',
    'xiaodian',
    'registrar',
    'head',
    'guardian',
    'integrator',
    'call-centre',
    'information-centre',
  ])(breaks('ENR-28', '%s does not enter it: promotion is central'), async (who) => {
    const answer = await set(who, 'setPromotion', {
      schoolYear: 2030,
      effectiveAt: '2030-08-11T00:00:00+08:00',
    });
    expect(refusal(answer)).toBe('OUT_OF_JURISDICTION');
  });

  test('nobody enters it without a token', async () => {
    const input = { schoolYear: 2030, effectiveAt: '2030-08-11T00:00:00+08:00' };
    expect(refusal(await set(null, 'setPromotion', input))).toBe('UNAUTHENTICATED');
  });
});
