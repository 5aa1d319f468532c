import { v7 as uuidv7 } from 'uuid';
import { simulatedClock } from '#libs/platform/clock/clock.ts';
import { breaks, holds } from '#test/support/rules.ts';
import {
  check,
  dutyOperations,
  notice,
  ownerOf,
  type Page,
  problems,
  provincial,
  TERM,
} from './duty-operations.ts';
import { refusal, type Situation, startSituation } from './situation.ts';

let network: Situation;
beforeAll(async () => {
  network = await startSituation(simulatedClock('2024-09-03T09:00:00+08:00'));
});
afterAll(() => network?.stop());

const { lastMomentOf, beginningOf, ask, done, page, pageOf, list, owners, duty, told } = dutyOperations(
  () => network,
);

describe('a county’s check of a term', () => {
  const missing = [{ ruleId: 'ORG-05', outcome: 'RECORD', code: 'COUNTY_CHECK_MISSING' }];

  test('is not written before the term has opened', async () => {
    const term = TERM.closing20250704;
    const answer = await ask('xiaodian', 'recordCountyCheck', check(term));
    expect(problems(answer)).toMatchObject([{ code: 'TERM_NOT_OPEN', path: ['term'] }]);
    expect(await duty('xiaodian', '140105', term)).toMatchObject({ doneAt: null, allowedActions: [] });
    const none = { schoolYear: 2024, term: 3 };
    expect(refusal(await ask('xiaodian', 'recordCountyCheck', check(none)))).toBe('BAD_USER_INPUT');
    expect(refusal(await page('xiaodian', '140105', none))).toBe('BAD_USER_INPUT');
  });

  test('of two at the same moment is one', async () => {
    const both = await Promise.all(
      ['甲', '乙'].map((note) => done('beiguan', 'recordCountyCheck', check(TERM.closing20250110, note))),
    );
    expect(both[0]).toEqual(both[1]);
    await network.settled();
    expect(await told('410503')).toEqual([{ type: 'CountyTermChecked', version: 1 }]);
  });

  test('is written once: the same request again, and another one, find it and change nothing', async () => {
    const first = { ...check(TERM.closing20250110, '第一次'), idempotencyKey: uuidv7() };
    const answer = await done('140107', 'recordCountyCheck', first);
    network.clock.moveTo('2024-10-09T09:00:00+08:00');
    expect(await done('140107', 'recordCountyCheck', first)).toEqual(answer);
    const second = check(TERM.closing20250110, '第二次');
    expect(await done('140107', 'recordCountyCheck', second)).toEqual(answer);
    expect(answer.duty).toMatchObject({ note: '第一次', doneAt: expect.stringContaining('2024-09-03') });
    await network.settled();
    expect(await told('140107')).toEqual([{ type: 'CountyTermChecked', version: 1 }]);
  });

  test('is the own county’s, seen by those above and by no other county', async () => {
    const term = TERM.closing20250110;
    for (const who of ['taiyuan', 'shanxi', 'ministry', 'registrar', 'head', 'guardian', 'integrator'])
      expect(refusal(await ask(who, 'recordCountyCheck', check(term)))).toBe('OUT_OF_JURISDICTION');
    for (const who of ['yingze', 'beiguan', 'head', 'guardian', 'class-teacher'])
      expect(refusal(await page(who, '140105', term))).toBe('OUT_OF_JURISDICTION');
    for (const [who, unit] of [
      ['xiaodian', '140105'],
      ['taiyuan', '140100'],
      ['shanxi', '140000'],
      ['ministry', '000000'],
    ] as const)
      expect(await owners(who, unit, term, { filter: { kind: 'COUNTY_CHECK' } })).toContain('140105');
    expect(refusal(await page('xiaodian', '149998', term))).toBe('OUT_OF_JURISDICTION');
  });

  test(
    holds('ORG-05', 'is in time on the last day of the term, and not owed before the day after'),
    async () => {
      const term = TERM.closing20250110;
      lastMomentOf('2025-01-10');
      expect(await duty('xiaodian', '140105', term)).toMatchObject({
        ...{
          kind: 'COUNTY_CHECK',
          dueOn: '2025-01-10',
          doneAt: null,
          findings: [],
          allowedActions: ['CHECK'],
        },
      });
      const { duty: checked, findings } = await done('xiaodian', 'recordCountyCheck', check(term));
      expect(checked).toMatchObject({ county: { code: '140105' }, school: null, allowedActions: [] });
      expect(findings).toEqual([]);
      beginningOf('2025-01-11');
      expect(await duty('taiyuan', '140105', term)).toMatchObject({
        ...{ findings: [], note: '抽查变动材料，未发现问题', transferredIn: null, recordedIn: null },
      });
      expect(await owners('xiaodian', '140105', term, { filter: { missing: true } })).toEqual([]);
    },
  );

  test(
    breaks('ORG-05', 'is on record as missing from the day after, and stays so when it comes late'),
    async () => {
      const term = TERM.closing20250704;
      lastMomentOf('2025-07-04');
      expect(await duty('yingze', '140106', term)).toMatchObject({ doneAt: null, findings: [] });
      expect(await owners('yingze', '140106', term, { filter: { missing: true } })).toEqual([]);
      beginningOf('2025-07-05');
      expect(await duty('yingze', '140106', term)).toMatchObject({ doneAt: null, findings: missing });
      expect(await owners('taiyuan', '140100', term, { filter: { missing: true } })).toContain('140106');
      const late = await done('yingze', 'recordCountyCheck', check(term, '补查'));
      expect(late).toMatchObject({ findings: missing, duty: { note: '补查', findings: missing } });
    },
  );
});

describe('a term that nobody has entered', () => {
  const YEAR = { schoolYear: 2029, term: 1 };
  const held = [{ ruleId: 'ORG-28', outcome: 'HOLD', code: 'CALENDAR_MISSING' }];

  test(
    breaks('ORG-28', 'has duties without a day, of which nothing is called missing or written'),
    async () => {
      network.clock.moveTo('2031-06-01T09:00:00+08:00');
      const duties = await list('shanxi', '140000', YEAR);
      expect(duties.length).toBeGreaterThan(3);
      for (const each of duties)
        expect(each).toMatchObject({ dueOn: null, recordedIn: null, findings: held, allowedActions: [] });
      expect(await list('shanxi', '140000', YEAR, { filter: { missing: true } })).toEqual([]);
      const refused = { duty: null, findings: held };
      expect(await done('xiaodian', 'recordCountyCheck', check(YEAR))).toEqual(refused);
      expect(await done(provincial, 'notifyCounty', notice(YEAR))).toEqual(refused);
      expect(await duty('xiaodian', '140105', YEAR)).toMatchObject({ doneAt: null });
    },
  );

  test(holds('ORG-28', 'has a day as soon as the nearest unit has set one, before those above'), async () => {
    const days = { opensOn: '2028-09-04', closesOn: '2029-01-19' };
    const set = (who: string, region: string, closesOn: string) =>
      network.as(who, 'mutation ($i: SetCalendarInput!) { setCalendar(input: $i) { findings { code } } }', {
        i: {
          ...{ idempotencyKey: uuidv7(), region, schoolYear: 2028 },
          terms: [{ ...days, term: 1, closesOn }],
        },
      });
    expect((await set('shanxi', '140000', '2029-01-12')).errors).toEqual([]);
    expect((await set('xiaodian', '140105', days.closesOn)).errors).toEqual([]);
    const due = async (county: string) =>
      (await duty('taiyuan', county, { schoolYear: 2028, term: 1 }, county))?.dueOn;
    expect([await due('140105'), await due('140106')]).toEqual(['2029-01-19', '2029-01-12']);
  });
});

describe('the list of duties', () => {
  test('goes page by page in the order of the tree, whole and without doubles', async () => {
    network.clock.moveTo('2031-06-02T09:00:00+08:00');
    for (const rest of [{}, { filter: { missing: true } }]) {
      const whole = await owners('ministry', '000000', TERM.closing20260703, rest);
      const byPage: string[] = [];
      for (let after: string | null = null, more = true; more; ) {
        const { edges, pageInfo }: Page = await pageOf('ministry', '000000', TERM.closing20260703, {
          ...rest,
          first: 3,
          after,
        });
        byPage.push(...edges.map(({ node }) => ownerOf(node)));
        after = edges.at(-1)?.cursor ?? null;
        more = pageInfo.hasNextPage;
      }
      expect(byPage).toEqual(whole);
      expect(new Set(whole).size).toBe(whole.length);
      expect(whole.length).toBeGreaterThan(3);
    }
  });
});
