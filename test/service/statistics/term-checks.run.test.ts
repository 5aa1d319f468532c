import { randomUUID } from 'node:crypto';
import { atRest } from '#deploy/network/at-rest.ts';
import {
  authorityDesks,
  type CaseDesk,
  caseDeskOf,
  type Desk,
  schoolDesks,
} from '#test/service/enrollment/case-desk.ts';
import {
  beiguanPrimary,
  type Counter,
  counterOf,
  otherTaiyuanPrimary,
} from '#test/service/enrollment/counter.ts';
import { county, type IdentityDesk, identityDeskOf, school } from '#test/service/identity/identity-desk.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';

type Finding = { ruleId: string; outcome: string; code: string; basis: { article: string }[] };
type Check = {
  school: string;
  state: string;
  opensOn: string;
  possibleFrom: string;
  dueOn: string;
  missedOn: string | null;
  left: { problems: number; unverified: number; unfinished: number; withoutRecord: number };
  faults: { kind: string; found: number; open: number }[];
  findings: Finding[];
  version: number;
  allowedActions: string[];
};
type Figures = Record<
  'open' | 'schoolChecked' | 'countyChecked' | 'missing' | 'countiesChecked' | 'countiesMissing',
  number
>;
type Report = {
  total: Figures;
  rows: (Figures & { unit: string })[];
  countyCheckedOn: string | null;
  checks: { edges: { node: { school: string; state: string } }[] } | null;
  findings: Finding[];
};

const law = 'findings { ruleId outcome code basis { article } }';
const fields = `school state opensOn possibleFrom dueOn missedOn left { problems unverified unfinished withoutRecord }
  faults { kind found open } ${law} version allowedActions`;
const figures = 'unit open schoolChecked countyChecked missing countiesChecked countiesMissing';
const AUTUMN = { schoolYear: 2026, term: 1 };

/** The check of a term from its opening to its end (W-24), of schools of Shanxi and of Beiguan. */
describe('the check of a term', () => {
  let registry: Registry;
  let counter: Counter;
  let desk: CaseDesk;
  let identity: IdentityDesk;

  const other = schoolDesks(otherTaiyuanPrimary);
  const beiguan = schoolDesks(beiguanPrimary);
  const yingze = authorityDesks('140106');
  const province = authorityDesks('140000', 'PROVINCE');

  beforeAll(async () => {
    registry = await startRegistry();
    counter = counterOf(registry);
    desk = caseDeskOf(registry);
    identity = await identityDeskOf(registry);
  });
  afterAll(() => registry?.stop());

  /** Goes on to an instant, and lets everything happen that it brings. */
  const goTo = async (instant: string): Promise<void> => {
    registry.clock.moveTo(`${instant}+08:00`);
    await atRest(registry.network.services, {});
  };
  const codesOf = (errors: readonly { extensions: { code?: string } }[]) =>
    errors.map(({ extensions }) => extensions.code);
  const said = (findings: readonly Finding[]) =>
    findings.map(({ ruleId, outcome, code }) => `${ruleId} ${outcome} ${code}`);

  const asked = (who: Desk, of: string | null = null) =>
    desk.ask<{ termCheck: Check | null }>(
      who,
      `query ($school: ID, $year: SchoolYear!) { termCheck(school: $school, schoolYear: $year, term: 1) { ${fields} } }`,
      { school: of, year: AUTUMN.schoolYear },
    );
  const checkOf = async (who: Desk, of: string | null = null): Promise<Check> => {
    const { data, errors } = await asked(who, of);
    if (!data?.termCheck) throw new Error(`no check: ${JSON.stringify(errors)}`);
    return data.termCheck;
  };
  const report = async (who: Desk, scope: string | null = null): Promise<Report> =>
    desk.answered(
      await desk.ask<{ termChecks: Report }>(
        who,
        `query ($scope: ID, $year: SchoolYear!) { termChecks(scope: $scope, schoolYear: $year, term: 1) {
          total { ${figures} } rows { ${figures} } countyCheckedOn ${law}
          checks(first: 200) { edges { node { school state } } } } }`,
        { scope, year: AUTUMN.schoolYear },
      ),
    ).termChecks;
  const confirm = (who: Desk, more: Record<string, unknown> = {}) =>
    desk.ask<{ confirmTermCheck: { check: Check | null; findings: Finding[] } }>(
      who,
      `mutation ($input: ConfirmTermCheckInput!) { confirmTermCheck(input: $input) { check { ${fields} } ${law} } }`,
      {
        input: {
          ...{ idempotencyKey: randomUUID(), ...AUTUMN, note: '已逐班核对', faults: [], withoutRecord: 0 },
          ...more,
        },
      },
    );
  const told = (owner: string) =>
    counter.rows<{ type: string; version: number }>(
      'statistics',
      `select type, version from event_log where aggregate_id like '%-check:' || $1 || ':%' order by version`,
      [owner],
    );

  test(
    breaks('STA-03', 'is refused in Shanxi in the first month of the term, to its last moment'),
    async () => {
      await goTo('2026-09-30T23:59:59');
      const { confirmTermCheck } = desk.answered(await confirm(school.head));
      expect(confirmTermCheck.check).toBeNull();
      expect(said(confirmTermCheck.findings)).toEqual(['STA-03 REJECT TERM_CHECK_TOO_EARLY']);
      expect(confirmTermCheck.findings[0]?.basis.map(({ article }) => article)).toContain('第四十九条');
      expect((await asked(school.head)).data?.termCheck).toBeNull();
    },
  );

  test(holds('STA-03', 'is open by then elsewhere, from the opening of the term on'), async () => {
    const check = await checkOf(beiguan.head);
    expect(check).toMatchObject({ state: 'CHECK_OPEN', opensOn: '2026-09-01', possibleFrom: '2026-09-01' });
    expect(check.allowedActions).toEqual(['CONFIRM']);
    const { confirmTermCheck } = desk.answered(await confirm(beiguan.head));
    expect(confirmTermCheck.check).toMatchObject({ state: 'SCHOOL_CHECKED', allowedActions: [] });
  });

  test(
    holds('STA-05', 'opens in Shanxi a month after the term, and each fault is followed to its end'),
    async () => {
      const [wanted, waiting] = [await identity.child(1), await identity.child(2)];
      await goTo('2026-10-01T00:00:00');
      expect(await checkOf(school.head)).toMatchObject({
        ...{ state: 'CHECK_OPEN', possibleFrom: '2026-10-01', dueOn: '2027-01-15', version: 1 },
        left: { problems: 0, unverified: 2, unfinished: 0, withoutRecord: 0 },
      });
      const fault = { student: wanted, kind: 'RECORD_WITHOUT_PERSON' };
      const order = { faults: [fault], withoutRecord: 1, idempotencyKey: randomUUID(), expectedVersion: 1 };
      const first = desk.answered(await confirm(school.head, order)).confirmTermCheck;
      expect(first.check).toMatchObject({
        ...{ state: 'SCHOOL_CHECKED', version: 2, allowedActions: [] },
        left: { problems: 1, unverified: 2, unfinished: 0, withoutRecord: 1 },
        faults: [{ kind: 'RECORD_WITHOUT_PERSON', found: 1, open: 1 }],
      });
      expect(said(first.findings)).toEqual([
        'STA-05 RECORD PROBLEM_RECORD_OPEN',
        'STA-03 RECORD TERM_CHECK_FAULTS_OPEN',
      ]);
      expect(desk.answered(await confirm(school.head, order)).confirmTermCheck).toEqual(first);
      expect(codesOf((await confirm(school.head)).errors)).toEqual(['BAD_USER_INPUT']);

      await registry.settled();
      const problems = await identity.problems(school.registrar);
      expect(problems.map(({ student, kind, source }) => [student.id, kind, source])).toEqual([
        [wanted, 'RECORD_WITHOUT_PERSON', 'SCHOOL_CHECK'],
      ]);
      expect(problems.map(({ student }) => student.id)).not.toContain(waiting);
      const [opened] = problems;
      if (opened === undefined) throw new Error('no problem record');
      const verifying = await identity.act(school.registrar, opened, 'VERIFY');
      await identity.act(school.head, verifying, 'NO_FAULT', '学生病假，已核实');
      await registry.settled();
      expect((await checkOf(school.head)).faults).toEqual([
        { kind: 'RECORD_WITHOUT_PERSON', found: 1, open: 0 },
      ]);
      expect(await told(school.head.school ?? '')).toEqual([
        { type: 'TermCheckOpened', version: 1 },
        { type: 'SchoolTermChecked', version: 2 },
      ]);
    },
  );

  test(
    breaks('PRV-12', 'is made by the head of the school alone, about pupils of the school alone'),
    async () => {
      const pupil = await identity.child(3);
      for (const who of [other.registrar, county.head, province.head])
        expect(codesOf((await confirm(who)).errors)).toEqual(['OUT_OF_JURISDICTION']);
      const foreign = { student: pupil, kind: 'RECORD_WITHOUT_PERSON' };
      const nobody = { student: randomUUID(), kind: 'RECORD_WITHOUT_PERSON' };
      const answers = [];
      for (const fault of [foreign, nobody]) answers.push(await confirm(other.head, { faults: [fault] }));
      expect(answers.map(({ errors }) => codesOf(errors))).toEqual([['BAD_USER_INPUT'], ['BAD_USER_INPUT']]);
      expect(answers[0]?.errors[0]?.extensions.problems).toEqual(answers[1]?.errors[0]?.extensions.problems);
      for (const who of [yingze.head, province.head, other.head])
        expect(codesOf((await asked(who, school.head.school)).errors)).toEqual(['OUT_OF_JURISDICTION']);
      expect(codesOf((await asked(beiguan.head, null)).errors)).toEqual([]);
    },
  );

  test(
    holds('STA-04', 'is looked at by the county: what its schools have confirmed is checked by then'),
    async () => {
      expect((await report(county.head)).checks?.edges.map(({ node }) => node)).toContainEqual({
        ...{ school: school.head.school, state: 'SCHOOL_CHECKED' },
      });
      desk.answered(
        await desk.ask(
          county.head,
          `mutation ($input: RecordCountyCheckInput!) { recordCountyCheck(input: $input) { duty { doneAt } } }`,
          { input: { idempotencyKey: randomUUID(), ...AUTUMN, note: '已抽查变动材料' } },
        ),
      );
      await registry.settled();
      expect((await checkOf(county.head, school.head.school)).state).toBe('COUNTY_CHECKED');
      const { total, countyCheckedOn, findings } = await report(county.head);
      expect(total).toMatchObject({ countyChecked: 1, schoolChecked: 0, countiesChecked: 1 });
      expect([countyCheckedOn, findings]).toEqual(['2026-10-01', []]);
    },
  );

  test('is seen in numbers from above, and one by one by nobody but the registry authority', async () => {
    const seen = await report(province.head);
    expect(seen.rows.find(({ unit }) => unit === '140100')).toMatchObject({
      countyChecked: 1,
      countiesChecked: 1,
    });
    expect(seen.checks?.edges.map(({ node }) => node.school)).not.toContain(school.head.school);
    expect((await report(province.head, '140105')).checks?.edges).toEqual([]);
    expect((await report(school.head)).total).toMatchObject({ countyChecked: 1, open: 0 });
  });

  test(breaks('STA-04', 'is on record as missing of a county from 24:00 of the last day on'), async () => {
    await goTo('2027-01-15T23:59:59');
    expect((await report(yingze.head)).findings).toEqual([]);
    expect((await checkOf(other.head)).state).toBe('CHECK_OPEN');
    await goTo('2027-01-16T00:00:00');
    const missed = await report(yingze.head);
    expect(said(missed.findings)).toEqual(['STA-04 RECORD COUNTY_CHECK_MISSING']);
    expect(missed.total).toMatchObject({ countiesMissing: 1, open: 0 });
    expect((await report(county.head)).findings).toEqual([]);
    expect(await told('140106')).toEqual([{ type: 'TermCheckMissing', version: 1 }]);
  });

  test(breaks('STA-03', 'and of a school, which cannot make it good any more'), async () => {
    const missing = ['STA-03 RECORD TERM_CHECK_MISSING'];
    const check = await checkOf(other.head);
    expect(check).toMatchObject({ state: 'MISSING', missedOn: '2027-01-16', allowedActions: [] });
    expect(said(check.findings)).toEqual(missing);
    const late = desk.answered(await confirm(other.head)).confirmTermCheck;
    expect([late.check, said(late.findings)]).toEqual([null, missing]);
    expect(await told(otherTaiyuanPrimary)).toEqual([
      { type: 'TermCheckOpened', version: 1 },
      { type: 'TermCheckMissing', version: 2 },
    ]);
  });

  test('is counted as the checks themselves are, in every block of the tree', async () => {
    const [counted] = await counter.rows<{ cells: number; rows: number; wrong: number }>(
      'statistics',
      `with kept as (select place, measure, n from term_cell where width = 1),
         made as (select place, state as measure, count(*)::int as n from term_check group by 1, 2
           union all select place, case when missed_on is not null then 'COUNTY_MISSING'
             when checked_on is not null then 'COUNTY_DONE' else 'COUNTY_OPEN' end, count(*)::int from county_check group by 1, 2)
       select count(kept.n)::int as cells, count(made.n)::int as rows,
         count(*) filter (where kept.n is distinct from made.n)::int as wrong
       from kept full join made using (place, measure)`,
    );
    expect(counted?.wrong).toBe(0);
    expect(counted?.cells).toBeGreaterThan(5);
  });
});
