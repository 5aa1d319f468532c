import { DEMO_SCHOOLS } from '#deploy/demo/identities.ts';
import { simulatedClock } from '#libs/platform/clock/clock.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { dutyOperations, municipal, notice, problems, provincial, special, TERM } from './duty-operations.ts';
import { refusal, type Situation, startSituation } from './situation.ts';

const { taiyuanPrimary } = DEMO_SCHOOLS;

let network: Situation;
beforeAll(async () => {
  network = await startSituation(simulatedClock('2025-09-03T09:00:00+08:00'));
});
afterAll(() => network?.stop());

const { lastMomentOf, beginningOf, ask, done, page, list, owners, duty, handedOver, told } = dutyOperations(
  () => network,
);

describe('the notice of a directly managed school', () => {
  const missing = [{ ruleId: 'ORG-12', outcome: 'RECORD', code: 'DIRECT_SCHOOL_NOTICE_MISSING' }];

  test('is not given by a school that its county runs, nor listed for it', async () => {
    const term = TERM.closing20260130;
    const answer = await ask('head', 'notifyCounty', notice(term));
    expect(problems(answer)).toMatchObject([{ code: 'NOTICE_NOT_OWED' }]);
    expect(await list('head', taiyuanPrimary, term)).toEqual([]);
    expect(await owners('xiaodian', '140105', term)).toEqual([provincial, '140105']);
    for (const who of ['registrar', 'class-teacher', 'xiaodian', 'taiyuan', 'shanxi', 'guardian'])
      expect(refusal(await ask(who, 'notifyCounty', notice(term)))).toBe('OUT_OF_JURISDICTION');
    const wrong = await ask(provincial, 'notifyCounty', notice(term, { transferredIn: -1, note: ' ' }));
    expect(problems(wrong)).toMatchObject([{ path: ['note'] }, { path: ['transferredIn'] }]);
  });

  test(
    holds('ORG-12', 'is in time on the last day of the term, and read by the county where it lies'),
    async () => {
      const term = TERM.closing20260130;
      await handedOver(taiyuanPrimary, provincial, '2025-10-10');
      lastMomentOf('2026-01-30');
      expect(await duty(provincial, provincial, term)).toMatchObject({
        ...{ dueOn: '2026-01-30', findings: [], allowedActions: ['NOTIFY'], recordedIn: 1, recordedOut: 0 },
      });
      const { duty: notified, findings } = await done(provincial, 'notifyCounty', notice(term));
      expect(notified).toMatchObject({ school: { id: provincial }, county: { code: '140105' } });
      expect(findings).toEqual([]);
      beginningOf('2026-01-31');
      for (const [who, unit] of [
        ['xiaodian', '140105'],
        ['taiyuan', '140100'],
        ['shanxi', '140000'],
      ] as const)
        expect(await duty(who, unit, term, provincial)).toMatchObject({
          ...{
            transferredIn: 2,
            transferredOut: 1,
            note: '本学期转入2人、转出1人',
            findings: [],
            doneBy: null,
          },
          allowedActions: [],
        });
      await network.settled();
      expect(await told(provincial)).toEqual([{ type: 'CountyNotified', version: 1 }]);
    },
  );

  test('is neither seen nor listed in another county, and no other school reads it', async () => {
    const term = TERM.closing20260130;
    for (const [who, unit] of [
      ['yingze', '140106'],
      ['beiguan', '410503'],
    ] as const)
      expect(await owners(who, unit, term)).not.toContain(provincial);
    for (const who of ['head', 'xiaodian', municipal])
      expect(refusal(await page(who, provincial, term))).toBe('OUT_OF_JURISDICTION');
  });

  test('is written once: coming again with other numbers changes nothing', async () => {
    const term = TERM.closing20260703;
    network.clock.moveTo('2026-03-20T09:00:00+08:00');
    const first = await done(special, 'notifyCounty', notice(term));
    network.clock.moveTo('2026-03-21T09:00:00+08:00');
    expect(await done(special, 'notifyCounty', notice(term, { transferredIn: 9 }))).toEqual(first);
    expect(first.duty).toMatchObject({ transferredIn: 2 });
    await network.settled();
    expect(await told(special)).toEqual([{ type: 'CountyNotified', version: 1 }]);
  });

  test(
    breaks('ORG-12', 'is on record as missing from the day after, and stays so when it comes late'),
    async () => {
      const term = TERM.closing20260703;
      await handedOver(municipal, provincial, '2026-07-03');
      lastMomentOf('2026-07-03');
      expect(await duty('yingze', '140106', term, municipal)).toMatchObject({ recordedOut: 1, findings: [] });
      beginningOf('2026-07-04');
      expect(await duty('yingze', '140106', term, municipal)).toMatchObject({
        ...{ doneAt: null, note: null, recordedIn: 0, recordedOut: 1, findings: missing },
      });
      const filter = { missing: true, kind: 'DIRECT_SCHOOL_NOTICE' };
      for (const [who, unit] of [
        ['yingze', '140106'],
        [municipal, municipal],
      ] as const)
        expect(await owners(who, unit, term, { filter })).toEqual([municipal]);
      for (const [who, unit] of [
        ['taiyuan', '140100'],
        ['shanxi', '140000'],
      ] as const)
        expect(await owners(who, unit, term, { filter })).toEqual([provincial, municipal]);
      expect(await done(municipal, 'notifyCounty', notice(term))).toMatchObject({ findings: missing });
    },
  );

  test('is not owed where nobody was transferred in the term, and may be given all the same', async () => {
    const term = TERM.closing20270115;
    await handedOver(taiyuanPrimary, special, '2026-08-31');
    await handedOver(taiyuanPrimary, special, '2027-01-16');
    await handedOver(taiyuanPrimary, special, '2026-10-10', 'GOING_ON');
    beginningOf('2027-01-16');
    expect(await duty('140107', '140107', term, special)).toMatchObject({ doneAt: null, findings: [] });
    const none = { transferredIn: 0, transferredOut: 0, note: '本学期无转入转出' };
    expect(await done(special, 'notifyCounty', notice(term, none))).toMatchObject({
      ...{ findings: [], duty: { transferredIn: 0, recordedIn: 0, recordedOut: 0 } },
    });
  });

  test('is read by the county that was told, which cannot write one in the school’s name', async () => {
    const { core } = network.service('organization');
    const county = await core.directory.rangeOf('140107');
    const school = await core.directory.rangeOf(special);
    if (county === undefined || school === undefined) throw new Error('They are not there');
    const within = <T>(scope: { lo: number; hi: number }, work: (tx: Tx) => Promise<T>) =>
      inScope(core.app, { ...scope, persons: [] }, work);
    const write = (tx: Tx) =>
      execute(
        tx,
        `insert into term_duty (owner, school_year, term, kind, county, province, place, told_place, note,
           transferred_in, transferred_out, opens_on, closes_on, done_at, done_by)
         values ($1, 2024, 1, 'DIRECT_SCHOOL_NOTICE', '140107', '140000', $2, $3, '告知', 1, 1, '2024-09-02',
           '2025-01-10', now(), 'somebody')`,
        [special, school.lo, county.lo],
      );
    const seen = (tx: Tx) =>
      query(tx, 'select owner from term_duty where owner = $1 and school_year = 2024', [special]);
    const change = (tx: Tx) => execute(tx, `update term_duty set note = '改'`);
    await expect(within(county, write)).rejects.toMatchObject({ code: '42501' });
    expect(await within(school, write)).toBe(1);
    expect(await within(county, seen)).toEqual([{ owner: special }]);
    expect(await within({ lo: 14_010_500_000, hi: 14_010_599_999 }, seen)).toEqual([]);
    for (const scope of [county, school])
      await expect(within(scope, change)).rejects.toMatchObject({ code: '42501' });
  });
});
