import { loadDivisions } from '#deploy/data/divisions.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { buildTree } from '../tree/build-tree.ts';
import { indexTree } from '../tree/org-tree.ts';
import type { OrgUnit } from '../tree/org-unit.ts';
import { changeSchoolType, renameSchool } from './change-school.ts';
import { createSchool, type SchoolContext, type SchoolToCreate } from './create-school.ts';
import { closeSchool } from './end-school.ts';
import { placeOf } from './place.ts';
import type { School } from './school.ts';

const tree = indexTree(buildTree(loadDivisions()));
const unit = (code: string): OrgUnit => {
  const found = tree.find(code);
  if (found === undefined) throw new Error(`no unit ${code}`);
  return found;
};
const XIAODIAN = unit('140105');

const context = (changes: Partial<SchoolContext> = {}): SchoolContext => ({
  tree,
  actor: XIAODIAN,
  usedCodes: [],
  lastSequence: 0,
  on: '2026-03-02',
  ...changes,
});
const primary: SchoolToCreate = {
  name: '小店区第一小学',
  kind: 'PRIMARY',
  stages: ['PRIMARY'],
  system: 'S63',
  ownership: 'PUBLIC',
  sponsor: 'GOVERNMENT',
  managedBy: 'COUNTY',
  unit: XIAODIAN,
};
const only = (schools: readonly School[]): School => {
  const [school] = schools;
  if (school === undefined || schools.length !== 1) throw new Error('expected exactly one school');
  return school;
};
const created = (changes: Partial<SchoolToCreate> = {}, where: Partial<SchoolContext> = {}): School =>
  only(createSchool({ ...primary, ...changes }, context(where)).schools);

describe('a new school', () => {
  test('gets its code, its authority and its place in the tree', () => {
    expect(created({}, { usedCodes: ['2114000041'], lastSequence: 6 })).toMatchObject({
      code: '2114000042',
      authority: '140105',
      unit: '140105',
      place: 14_010_500_007,
      state: 'ACTIVE',
      stages: [{ stage: 'PRIMARY', firstYear: 1, lastYear: 6 }],
    });
  });

  test(holds('ORG-11', 'a school run by the city stands in the city’s own slot, wherever it lies'), () => {
    const school = created({ managedBy: 'CITY' }, { actor: unit('140100') });
    expect(school).toMatchObject({ authority: '140100', unit: '140105', place: 14_010_000_001 });
  });

  test(breaks('ORG-11', 'the county may not enter a school that the city runs'), () => {
    const { schools, findings } = createSchool({ ...primary, managedBy: 'CITY' }, context());
    expect(schools).toEqual([]);
    expect(findings).toMatchObject([{ code: 'NOT_REGISTRY_AUTHORITY', outcome: 'REJECT' }]);
  });

  test(holds('ORG-09', 'primary to senior, special and specialised schools are covered everywhere'), () => {
    const beiguan = unit('410503');
    for (const [kind, stage] of [
      ['PRIMARY', 'PRIMARY'],
      ['JUNIOR', 'JUNIOR'],
      ['SENIOR', 'SENIOR'],
      ['SPECIAL_EDUCATION', 'PRIMARY'],
      ['SPECIALIZED', 'JUNIOR'],
    ] as const) {
      const school = { ...primary, kind, stages: [stage], unit: beiguan };
      expect(createSchool(school, context({ actor: beiguan })).schools).toHaveLength(1);
    }
  });

  test(holds('ORG-09', 'Shanxi covers senior classes of vocational schools from 10 February 2026'), () => {
    const school = { kind: 'COMPREHENSIVE_CLASS_IN_VOCATIONAL', stages: ['SENIOR'] } as const;
    expect(created(school, { on: '2026-02-10' }).code).toBe('3614000001');
  });

  test(breaks('ORG-09', 'the day before, or in another province, they are not covered'), () => {
    const school = { ...primary, kind: 'COMPREHENSIVE_CLASS_IN_VOCATIONAL', stages: ['SENIOR'] } as const;
    const beiguan = unit('410503');
    const early = createSchool(school, context({ on: '2026-02-09' }));
    const elsewhere = createSchool({ ...school, unit: beiguan }, context({ actor: beiguan }));
    for (const { schools, findings } of [early, elsewhere]) {
      expect(schools).toEqual([]);
      expect(findings).toMatchObject([
        { ruleId: 'ORG-09', outcome: 'REJECT', code: 'SCHOOL_KIND_NOT_COVERED' },
      ]);
    }
  });

  test('a vocational school stands only where pupils are transferred to it and from it', () => {
    const vocational = { ...primary, kind: 'VOCATIONAL', stages: ['SENIOR'] } as const;
    expect(created(vocational, { on: '2026-02-10' }).code).toBe('3614000001');
  });

  test(
    breaks('ORG-09', 'a vocational school is not covered: before that day and elsewhere there is none'),
    () => {
      const vocational = { ...primary, kind: 'VOCATIONAL', stages: ['SENIOR'] } as const;
      const beiguan = unit('410503');
      const elsewhere = createSchool({ ...vocational, unit: beiguan }, context({ actor: beiguan }));
      for (const { findings } of [createSchool(vocational, context({ on: '2026-02-09' })), elsewhere]) {
        expect(findings).toMatchObject([{ code: 'SCHOOL_KIND_NOT_COVERED' }]);
      }
    },
  );

  test('kindergartens are covered from the day of the preschool measure', () => {
    const kindergarten = { ...primary, kind: 'KINDERGARTEN', stages: ['PRESCHOOL'] } as const;
    expect(createSchool(kindergarten, context({ on: '2025-12-29' })).schools).toHaveLength(1);
    expect(createSchool(kindergarten, context({ on: '2025-12-28' })).findings).toHaveLength(1);
  });

  test('all reasons against it are named at once', () => {
    const wrong = createSchool(
      { ...primary, name: ' ', kind: 'VOCATIONAL', stages: ['PRIMARY'], managedBy: 'CITY' },
      context({ on: '2026-02-09' }),
    );
    expect(wrong.findings.map((each) => each.code)).toEqual([
      'SCHOOL_KIND_NOT_COVERED',
      'NOT_REGISTRY_AUTHORITY',
    ]);
    expect(wrong.problems.map((each) => each.code)).toEqual(['NAME_MISSING', 'STAGE_NOT_OF_KIND']);
  });

  test('another school system needs the years of every stage', () => {
    const spans = [
      { stage: 'JUNIOR', firstYear: 8, lastYear: 9 },
      { stage: 'PRIMARY', firstYear: 1, lastYear: 7 },
    ] as const;
    const nineYears = { ...primary, kind: 'JUNIOR', stages: ['PRIMARY', 'JUNIOR'], system: 'OTHER' } as const;
    expect(createSchool(nineYears, context()).problems).toMatchObject([{ code: 'SPANS_MISSING' }]);
    expect(created({ ...nineYears, spans }).stages.map((span) => span.stage)).toEqual(['PRIMARY', 'JUNIOR']);
  });

  test('an authority has 99,999 places for schools, and its own slot begins with itself', () => {
    expect(placeOf(XIAODIAN, 1)).toBe(XIAODIAN.lo + 1);
    expect(placeOf(XIAODIAN, 99_999)).toBe(XIAODIAN.hi);
    expect(() => placeOf(XIAODIAN, 0)).toThrow(RangeError);
    expect(() => placeOf(XIAODIAN, 100_000)).toThrow(RangeError);
  });
});

describe('a school in the course of time', () => {
  const later = {
    ...context({ on: '2027-09-01', usedCodes: ['2114000001'], lastSequence: 1 }),
    now: new Date('2027-09-01T09:00:00+08:00'),
    merger: 'passage',
    promotions: [],
    isMerging: false,
    roll: { cohorts: [], former: 0, standing: 0 },
  };
  const seats = (grade: number, pupils: number, stage: 'PRIMARY' | 'JUNIOR' = 'PRIMARY') => ({
    position: { stage, entryYearAdj: 2028 - grade, lastGrade: stage === 'PRIMARY' ? 6 : 3, frozenAt: null },
    pupils,
  });

  test('renaming keeps the code and remembers the former name', () => {
    const renamed = only(renameSchool(created(), '小店区实验小学', later).schools);
    expect(renamed).toMatchObject({
      code: '2114000001',
      name: '小店区实验小学',
      formerNames: [{ name: '小店区第一小学', until: '2027-09-01' }],
    });
  });

  test('a change of type ends the old code and begins a new one that names its predecessor', () => {
    const nineYears = { kind: 'JUNIOR', stages: ['PRIMARY', 'JUNIOR'], system: 'S63' } as const;
    expect(changeSchoolType(created(), nineYears, later).schools).toMatchObject([
      { code: '2114000001', state: 'CLOSED', endedOn: '2027-09-01', successor: '3114000001' },
      { code: '3114000001', state: 'ACTIVE', predecessor: '2114000001', place: 14_010_500_002 },
    ]);
  });

  const nineYears = { kind: 'JUNIOR', stages: ['PRIMARY', 'JUNIOR'], system: 'S63' } as const;

  test(holds('ENR-69', 'with pupils its registrations pass to the new code before the old one ends'), () => {
    const roll = { cohorts: [seats(1, 40), seats(6, 38)], former: 200, standing: 0 };
    const { schools } = changeSchoolType(created(), nineYears, { ...later, roll });
    const succession = { merger: 'passage', into: '3114000001', from: '2027-09-01' };
    expect(schools).toMatchObject([
      { code: '2114000001', state: 'ACTIVE', endedOn: null, successor: null, succession },
      { code: '3114000001', state: 'ACTIVE', predecessor: '2114000001', succession: null },
    ]);
  });

  test(breaks('ENR-69', 'a year in which pupils sit is not given up by a change of type'), () => {
    const junior = { kind: 'JUNIOR', stages: ['JUNIOR'], system: 'S63' } as const;
    const roll = { cohorts: [seats(5, 40), seats(6, 2)], former: 0, standing: 0 };
    const { schools, findings } = changeSchoolType(created(), junior, { ...later, roll });
    expect(schools).toEqual([]);
    expect(findings).toMatchObject([
      { outcome: 'REJECT', code: 'GRADE_MISMATCH', message: expect.stringContaining('40名') },
      { outcome: 'REJECT', code: 'GRADE_MISMATCH', message: expect.stringContaining('2名') },
    ]);
  });

  test('a school of five years keeps its code when nobody is in the sixth', () => {
    const fiveYears = { kind: 'PRIMARY', stages: ['PRIMARY'], system: 'S54' } as const;
    const { schools } = changeSchoolType(created(), fiveYears, later);
    expect(schools).toMatchObject([
      { code: '2114000001', system: 'S54', stages: [{ stage: 'PRIMARY', firstYear: 1, lastYear: 5 }] },
    ]);
    const roll = { cohorts: [seats(3, 40)], former: 0, standing: 0 };
    expect(changeSchoolType(created(), fiveYears, { ...later, roll }).findings).toMatchObject([
      { code: 'GRADE_MISMATCH', path: ['system'] },
    ]);
  });

  test('while registrations pass over it is neither closed nor changed again', () => {
    const school = {
      ...created(),
      succession: { merger: 'passage', into: '3114000001', from: '2027-09-01' },
    };
    const merging = { ...later, isMerging: true };
    expect(closeSchool(school, merging).problems).toMatchObject([{ code: 'SCHOOL_MERGING' }]);
    expect(changeSchoolType(school, nineYears, merging).problems).toMatchObject([{ code: 'SCHOOL_MERGING' }]);
  });

  test('the code of a school that was closed is never given again', () => {
    const school = created();
    const closed = only(closeSchool(school, later).schools);
    const next = created({}, { usedCodes: [closed.code], lastSequence: 1 });
    expect(next.code).toBe('2114000002');
    expect(next.place).not.toBe(school.place);
  });

  test('the same type again is no change of type', () => {
    const { problems } = changeSchoolType(created(), primary, later);
    expect(problems).toMatchObject([{ code: 'TYPE_UNCHANGED' }]);
  });

  test('a school that has ended is not changed any more', () => {
    const closed = only(closeSchool(created(), later).schools);
    expect(renameSchool(closed, '新名', later).problems).toMatchObject([{ code: 'SCHOOL_NOT_ACTIVE' }]);
    expect(closeSchool(closed, later).problems).toMatchObject([{ code: 'SCHOOL_NOT_ACTIVE' }]);
  });

  test('a school does not change before the day it opened', () => {
    const { problems } = renameSchool(created(), '新名', context({ on: '2026-03-01' }));
    expect(problems).toMatchObject([{ code: 'BEFORE_OPENING' }]);
  });

  test(holds('ARC-14', 'a school whose archives are with the custodian is closed'), () => {
    const { schools } = closeSchool(created(), later);
    expect(schools).toMatchObject([{ state: 'CLOSED', endedOn: '2027-09-01' }]);
  });

  test(breaks('ARC-14', 'with archives still to hand over it is not closed'), () => {
    const roll = { cohorts: [seats(2, 31), seats(3, 11)], former: 7, standing: 0 };
    const { schools, findings } = closeSchool(created(), { ...later, roll });
    expect(schools).toEqual([]);
    expect(findings).toMatchObject([{ outcome: 'REJECT', code: 'CLOSURE_ARCHIVES_PENDING' }]);
    expect(findings[0]?.message).toContain('42名学生');
    expect(findings[0]?.message).toContain('7名离校学生');
  });

  test(
    breaks('ORG-11', 'another county learns that it is not its authority, and nothing else of the school'),
    () => {
      const school = created();
      const ended = { ...school, state: 'CLOSED' as const };
      const stranger = {
        ...later,
        ...context({ actor: unit('140106') }),
        roll: { cohorts: [seats(1, 3)], former: 0, standing: 0 },
      };
      const only = { findings: [{ code: 'NOT_REGISTRY_AUTHORITY' }], problems: [], schools: [] };
      const kept = { ...primary, kind: 'VOCATIONAL' as const, stages: ['SENIOR' as const] };
      for (const one of [school, ended]) {
        for (const decision of [
          closeSchool(one, stranger),
          renameSchool(one, one.name, stranger),
          changeSchoolType(one, primary, stranger),
          changeSchoolType(one, kept, stranger),
        ]) {
          expect(decision).toMatchObject(only);
          expect(decision.findings).toHaveLength(1);
        }
      }
    },
  );
});
