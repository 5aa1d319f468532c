import { randomUUID } from 'node:crypto';
import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import {
  authorityDesks,
  type CaseDesk,
  caseDeskOf,
  schoolDesks,
} from '#test/service/enrollment/case-desk.ts';
import { oldPupil, schoolWith } from '#test/service/enrollment/old-pupils.ts';
import { girl } from '#test/service/enrollment/pupils.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import {
  type Article,
  COUNTIES,
  type CountyName,
  DOCUMENTS,
  documented,
} from './law/parameters-of-the-days.ts';

/**
 * One question, three answers: in Shanxi its rules of 2026 speak beside the national ones; Beiguan lies in Henan, whose
 * own text is not at hand, and has rules of its own; in Tianhe of Guangdong there is national law alone.
 */
type Basis = { document: string; article: string; layer: string };
type Finding = { ruleId: string; outcome: string; code: string; message: string; basis: Basis[] };

const NAMES = Object.keys(COUNTIES) as CountyName[];
const basis = 'basis { document article layer }';
const findings = `findings { ruleId outcome code message ${basis} }`;

let registry: Registry;
let desk: CaseDesk;
const schools = new Map<CountyName, SchoolFact>();

const schoolOf = (county: CountyName): SchoolFact => {
  const school = schools.get(county);
  if (school === undefined) throw new Error(`No school in ${county}`);
  return school;
};

beforeAll(async () => {
  registry = await startRegistry();
  desk = caseDeskOf(registry);
  await desk.ask(
    authorityDesks(COUNTIES.national).head,
    `mutation ($input: CreateSchoolInput!) { createSchool(input: $input) { school { id } findings { code } } }`,
    {
      input: {
        ...{ idempotencyKey: randomUUID(), name: '天河区试验小学', county: COUNTIES.national },
        ...{ kind: 'PRIMARY', ownership: 'PUBLIC', managedBy: 'COUNTY' },
      },
    },
  );
  await registry.settled();
  for (const county of NAMES) schools.set(county, await schoolWith(registry, 'PRIMARY', COUNTIES[county]));
});
afterAll(() => registry?.stop());

describe('the same question at a school of each county', () => {
  /** The preview of a case about a pupil of the third grade. */
  const preview = async (
    county: CountyName,
    [field, type]: readonly [string, string],
    facts: Record<string, unknown>,
  ): Promise<Finding[]> => {
    const school = schoolOf(county);
    const { id, version } = await oldPupil(registry, school, 2024);
    const answer = desk.answered(
      await desk.ask<Record<string, { findings: Finding[] }>>(
        schoolDesks(school.code).registrar,
        `query ($input: ${type}!) { ${field}(input: $input) { ${findings} } }`,
        { input: { idempotencyKey: randomUUID(), enrollment: id, expectedVersion: version, ...facts } },
      ),
    );
    return answer[field]?.findings ?? [];
  };
  const paper = (kind: string) => ({ upload: randomUUID(), kind, issuerLevel: 'COUNTY' });
  const said = (found: readonly Finding[]): unknown[] => {
    for (const each of found.flatMap(({ basis: bases }) => bases))
      expect(each.document).toBe(DOCUMENTS[each.layer]);
    return found.map(({ ruleId, outcome, code, basis: bases }) => [
      ...[ruleId, outcome, code],
      bases.map(({ layer, article }) => `${layer} ${article}`),
    ]);
  };
  const ofResolution = [expect.stringMatching(/^OURS /)];
  const henanUnknown = ['ORG-27', 'WARN', 'LAYER_TEXT_UNKNOWN', ofResolution];

  const leave = {
    ...{ ground: 'LONG_LEAVE', leaveKind: 'OTHER', stillUnable: true, reasonGiven: true },
    ...{ from: '2026-09-10', to: '2027-06-30', missedHours: 250, termHours: 600 },
    evidence: [paper('APPLICATION_FORM'), paper('LEAVE_FORM')],
  };
  const suspension = (county: CountyName) => preview(county, ['previewSuspension', 'SuspensionInput'], leave);

  test(breaks('ENR-37', 'after long leave Shanxi suspends nobody, and asks for papers besides'), async () => {
    expect(said(await suspension('shanxi'))).toEqual([
      ['ENR-37', 'REJECT', 'SUSPENSION_GROUND_NOT_MET', ['SX26 第二十七条']],
      ['ENR-40', 'REJECT', 'SUSPENSION_PROOF_MISSING', ['SX26 第二十八条第一款']],
    ]);
  });

  test(holds('ENR-38', 'Beiguan suspends after long leave, while the text of Henan is unknown'), async () => {
    expect(said(await suspension('beiguan'))).toEqual([henanUnknown]);
  });

  test(breaks('ORG-27', 'where no text names the grounds the authority decides with a reason'), async () => {
    expect(said(await suspension('national'))).toEqual([
      ['ORG-27', 'HOLD', 'POLICY_UNRESOLVED', ofResolution],
    ]);
  });

  const deathAt = (county: CountyName, diedOn: string, knownOn: string) =>
    preview(county, ['previewDeath', 'DeathInput'], {
      ...{ diedOn, knownOn },
      evidence: [paper('DEATH_CERTIFICATE')],
    });
  const overdue = ['ENR-63', 'RECORD', 'DEATH_CANCELLATION_OVERDUE'];

  test.each<[CountyName, unknown[]]>([
    ['shanxi', [[...overdue, ['N25 变动管理第11段', 'SX26 第三十七条']]]],
    ['beiguan', [[...overdue, ['N25 变动管理第11段', 'BG 第十五条']], henanUnknown]],
    ['national', [[...overdue, ['N25 变动管理第11段']]]],
  ])(
    breaks('ENR-63', 'a death known for more than 60 working days is on record in %s, and never refused'),
    async (county, expected) => {
      expect(said(await deathAt(county, '2026-05-06', '2026-05-07'))).toEqual(expected);
    },
  );

  test.each<[CountyName, string[]]>([
    ['shanxi', []],
    ['beiguan', ['DEATH_CANCELLATION_BEYOND_TARGET', 'LAYER_TEXT_UNKNOWN']],
    ['national', []],
  ])(
    holds('ENR-63', 'one known for twelve working days is in time in %s, beyond the target in Beiguan alone'),
    async (county, expected) => {
      const found = await deathAt(county, '2026-08-16', '2026-08-17');
      expect(found.map(({ code }) => code)).toEqual(expected);
    },
  );

  test(breaks('ORG-27', 'a death before the Shanxi rules of 2026 names those of 2019'), async () => {
    const [, unknown, ...others] = await deathAt('shanxi', '2026-02-09', '2026-02-10');
    expect(unknown).toMatchObject({ outcome: 'WARN', code: 'LAYER_TEXT_UNKNOWN' });
    expect(unknown?.message).toContain('晋教基〔2019〕19号');
    expect(others).toEqual([]);
  });

  test.each<[CountyName, unknown[]]>([
    ['shanxi', [['ENR-36', 'REJECT', 'GRADE_REPEAT_FORBIDDEN', ['SX26 第二十七条、第二十三条']]]],
    ['beiguan', [['ENR-52', 'HOLD', 'GRADE_REPEAT_NEEDS_DECISION', ['BG 第十四条']], henanUnknown]],
    ['national', [['ORG-27', 'REJECT', 'POLICY_UNRESOLVED', ofResolution]]],
  ])(
    breaks('ENR-51', 'a family that asks to repeat a grade is answered by the law of %s'),
    async (county, expected) => {
      const facts = { change: 'REPEAT', askedBy: 'GUARDIAN', grade: 2 };
      const found = await preview(county, ['previewGradeChange', 'GradeChangeInput'], facts);
      expect(said(found)).toEqual(expected);
    },
  );

  test(
    breaks('ENR-28', 'a pupil is not left out of the promotion by repeating the grade of today'),
    async () => {
      const facts = { change: 'REPEAT', askedBy: 'GUARDIAN', grade: 3 };
      const found = await preview('beiguan', ['previewGradeChange', 'GradeChangeInput'], facts);
      expect(found.map(({ code }) => code)).toContain('GRADE_MISMATCH');
    },
  );

  test.each<[CountyName, unknown[]]>([
    ['shanxi', [['ENR-01', 'HOLD', 'UNDER_SIX', ['N25 建立更新第7段', 'SX26 第九条第一款']]]],
    ['beiguan', [['ENR-03', 'REJECT', 'UNDER_SIX', ['BG 第三条第一至三款']], henanUnknown]],
    ['national', [['ENR-01', 'HOLD', 'UNDER_SIX', ['N25 建立更新第7段']]]],
  ])(
    breaks('ENR-01', 'a child who turns six on 1 September is answered by the law of %s'),
    async (county, expected) => {
      const school = schoolOf(county);
      const household = `(${COUNTIES[county]})样例路1号`;
      const form = girl(1, {
        birthDate: '2020-09-01',
        householdAddress: household,
        currentAddress: household,
      });
      const { previewRegistration } = desk.answered(
        await desk.ask<{ previewRegistration: { findings: Finding[] } }>(
          schoolDesks(school.code).registrar,
          `query ($input: RegisterStudentInput!) { previewRegistration(input: $input) { ${findings} } }`,
          { input: { idempotencyKey: randomUUID(), school: school.code, form } },
        ),
      );
      expect(said(previewRegistration.findings)).toEqual(expected);
    },
  );

  test.each<[CountyName, { noShow: Article[]; death: Article[] }]>([
    [
      'shanxi',
      {
        noShow: [['SX26', '第十四条']],
        death: [
          ['N25', '变动管理第11段'],
          ['SX26', '第三十七条'],
        ],
      },
    ],
    [
      'beiguan',
      {
        noShow: [],
        death: [
          ['N25', '变动管理第11段'],
          ['BG', '第十五条'],
        ],
      },
    ],
    ['national', { noShow: [], death: [['N25', '变动管理第11段']] }],
  ])(
    holds('ORG-26', 'the law of %s tells which texts speak of a no-show and of a death'),
    async (county, expected) => {
      const { data } = await registry.ask<{ law: { id: string; basis: Basis[] }[] }>(
        null,
        `query ($region: ID!) { law(region: $region, chapter: "ENR") { id ${basis} } }`,
        { region: COUNTIES[county] },
      );
      const of = (id: string) => data?.law.find((rule) => rule.id === id)?.basis ?? [];
      expect(of('ENR-14')).toEqual(documented(expected.noShow));
      expect(of('ENR-63')).toEqual(documented(expected.death));
    },
  );
});
