import { loadDivisions } from '#deploy/data/divisions.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { createSchool, type SchoolToCreate } from '../school/create-school.ts';
import type { School } from '../school/school.ts';
import { buildTree } from '../tree/build-tree.ts';
import { indexTree } from '../tree/org-tree.ts';
import type { OrgUnit } from '../tree/org-unit.ts';
import { registryAuthorityOf } from '../tree/registry-authority.ts';
import { competentUnit, decideMerger, type MergerContext } from './decide.ts';
import type { Roll } from './rolls.ts';

const tree = indexTree(buildTree(loadDivisions()));
const unit = (code: string): OrgUnit => {
  const found = tree.find(code);
  if (found === undefined) throw new Error(`no unit ${code}`);
  return found;
};

let sequence = 0;
const school = (county: string, changes: Partial<SchoolToCreate> = {}): School => {
  sequence += 1;
  const input: SchoolToCreate = {
    ...{ name: `第${sequence}小学`, kind: 'PRIMARY', stages: ['PRIMARY'], system: 'S63' },
    ...{ ownership: 'PUBLIC', sponsor: 'GOVERNMENT', managedBy: 'COUNTY', unit: unit(county) },
    ...changes,
  };
  const actor = registryAuthorityOf(tree, input) ?? unit(county);
  const code = `2114${String(sequence).padStart(6, '0')}`;
  const context = { tree, actor, on: '2026-03-02', usedCodes: [code], lastSequence: sequence };
  const [made] = createSchool(input, context).schools;
  if (made === undefined) throw new Error('not created');
  return made;
};

const nobody: Roll = { cohorts: [], former: 0, standing: 0 };
const context = (changes: Partial<MergerContext> = {}): MergerContext => ({
  tree,
  actor: unit('140105'),
  on: '2026-09-02',
  now: new Date('2026-09-02T09:00:00+08:00'),
  rollOf: () => nobody,
  promotions: [],
  isMerging: () => false,
  ...changes,
});
const merge = (
  standing: School,
  ending: readonly School[],
  changes: Partial<MergerContext> = {},
  from = '2026-09-21',
) => decideMerger({ merger: 'merger', standing, ending, from }, context(changes));

describe('a merger of schools', () => {
  const standing = school('140105');
  const first = school('140105');
  const second = school('140105');

  test(holds('ORG-11', 'is decided by the authority of all of them, and tells each where it goes on'), () => {
    const { schools, findings, problems } = merge(standing, [first, second]);
    expect([findings, problems]).toEqual([[], []]);
    expect(schools).toEqual(
      [first, second].map((each) => ({
        ...each,
        succession: { merger: 'merger', into: standing.code, from: '2026-09-21' },
      })),
    );
  });

  test(breaks('ORG-11', 'is not decided by one of two counties, nor by the city for one county'), () => {
    const elsewhere = school('140106');
    for (const actor of [unit('140105'), unit('140106'), unit('140000')])
      expect(merge(standing, [elsewhere], { actor })).toMatchObject({
        ...{ schools: [], problems: [] },
        findings: [{ ruleId: 'ORG-11', code: 'NOT_REGISTRY_AUTHORITY' }],
      });
    expect(merge(standing, [first], { actor: unit('140100') }).findings).toHaveLength(1);
  });

  test(holds('ORG-11', 'of two counties is decided by the city above both'), () => {
    const elsewhere = school('140106');
    expect(competentUnit(tree, [standing, elsewhere])?.code).toBe('140100');
    expect(merge(standing, [elsewhere], { actor: unit('140100') }).schools).toHaveLength(1);
  });

  test('of a county school and one that the city runs is the city’s', () => {
    const ofCity = school('140105', { managedBy: 'CITY' });
    expect(competentUnit(tree, [ofCity, standing])?.code).toBe('140100');
    expect(competentUnit(tree, [standing, ofCity])?.code).toBe('140100');
    expect(competentUnit(tree, [standing])?.code).toBe('140105');
  });

  test('does not cross a province', () => {
    const beyond = school('410503');
    expect(merge(standing, [beyond], { actor: unit('000000') }).problems).toEqual([
      { code: 'OTHER_PROVINCE', path: ['ending', '0'] },
    ]);
  });

  test('is refused with everything that is wrong at once', () => {
    const closed = { ...first, state: 'CLOSED' as const, endedOn: '2026-08-01' };
    const { schools, problems } = merge(
      { ...standing, succession: { merger: 'other', into: second.code, from: '2026-10-01' } },
      [closed, second, second],
      { isMerging: (code) => code === second.code },
      '2026-09-01',
    );
    expect(schools).toEqual([]);
    expect(problems).toEqual([
      { code: 'SCHOOL_MERGING', path: ['standing'] },
      { code: 'SAME_SCHOOL', path: ['ending'] },
      { code: 'DAY_PAST', path: ['from'] },
      { code: 'SCHOOL_NOT_ACTIVE', path: ['ending', '0'] },
      { code: 'SCHOOL_MERGING', path: ['ending', '1'] },
      { code: 'SCHOOL_MERGING', path: ['ending', '2'] },
    ]);
  });

  const fifthGraders: Roll = {
    cohorts: [
      { position: { stage: 'PRIMARY', entryYearAdj: 2022, lastGrade: 6, frozenAt: null }, pupils: 38 },
    ],
    ...{ former: 120, standing: 0 },
  };
  const fiveYears = school('140105', { system: 'S54' });

  test(holds('ENR-69', 'takes pupils whose year the standing school teaches on the day'), () => {
    expect(merge(fiveYears, [first], { rollOf: () => fifthGraders }).schools).toHaveLength(1);
  });

  test(
    breaks('ENR-69', 'is refused where the next promotion comes first and their year is taught no more'),
    () => {
      expect(merge(fiveYears, [first], { rollOf: () => fifthGraders }, '2027-09-01')).toMatchObject({
        schools: [],
        findings: [{ ruleId: 'ENR-69', code: 'GRADE_MISMATCH', message: expect.stringContaining('38名') }],
      });
    },
  );
});
