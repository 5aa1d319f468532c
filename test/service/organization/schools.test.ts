import { v7 as uuidv7 } from 'uuid';
import { breaks, holds } from '#test/support/rules.ts';
import { primary, schoolOperations, sequenceOf } from './school-operations.ts';
import { refusal, SCHOOLS, type Situation, startSituation } from './situation.ts';

let network: Situation;
beforeAll(async () => {
  network = await startSituation();
});
afterAll(() => network?.stop());

const { ask, done, newSchool, rows } = schoolOperations(() => network);

describe('a new school', () => {
  test(holds('ORG-11', 'is entered by its registry authority and gets code, place and event'), async () => {
    const school = await newSchool();
    expect(school).toMatchObject({ state: 'ACTIVE', version: 1, registryAuthority: { code: '140105' } });
    const given = SCHOOLS.filter(({ code }) => code.startsWith('2114')).map(({ code }) => sequenceOf(code));
    expect(school.id.slice(0, 4)).toBe('2114');
    expect(sequenceOf(school.id)).toBeGreaterThan(Math.max(...given));
    await network.settled();
    expect(await network.service('organization').core.directory.school(school.id)).toMatchObject({
      authority: '140105',
      province: '140000',
      city: '140100',
      county: '140105',
    });
  });

  test(holds('ORG-11', 'that the city runs stands under the city, wherever it lies'), async () => {
    const school = await newSchool({ managedBy: 'CITY', kind: 'SENIOR' }, 'taiyuan');
    expect(school).toMatchObject({ registryAuthority: { code: '140100' } });
  });

  test.each([
    ['the province', 'shanxi', {}],
    ['the city', 'taiyuan', {}],
    ['the neighbouring county', 'yingze', {}],
    ['a county of another province', 'beiguan', {}],
    ['the county for a school of the city', 'xiaodian', { managedBy: 'CITY' }],
  ])(breaks('ORG-11', 'is not entered by %s'), async (_, who, changes) => {
    const { school, findings } = await done(who, 'createSchool', { ...primary, ...changes });
    expect(school).toBeNull();
    expect(findings).toMatchObject([{ ruleId: 'ORG-11', outcome: 'REJECT', code: 'NOT_REGISTRY_AUTHORITY' }]);
  });

  test(
    holds('ORG-09', 'of the kinds that the law covers: special schools, and in Shanxi senior classes'),
    async () => {
      for (const kind of ['SPECIAL_EDUCATION', 'SPECIALIZED', 'COMPREHENSIVE_CLASS_IN_VOCATIONAL']) {
        expect(await newSchool({ kind })).toMatchObject({ kind });
      }
    },
  );

  test(breaks('ORG-09', 'of a kind that it does not cover is refused'), async () => {
    for (const [who, input] of [
      ['beiguan', { kind: 'VOCATIONAL', county: '410503' }],
      ['beiguan', { kind: 'COMPREHENSIVE_CLASS_IN_VOCATIONAL', county: '410503' }],
    ] as const) {
      const { school, findings } = await done(who, 'createSchool', { ...primary, ...input });
      expect(school).toBeNull();
      expect(findings).toMatchObject([{ ruleId: 'ORG-09', code: 'SCHOOL_KIND_NOT_COVERED' }]);
    }
  });

  test('all reasons against it come at once', async () => {
    const elsewhere = { ...primary, kind: 'VOCATIONAL', county: '410503' };
    const { findings } = await done('xiaodian', 'createSchool', elsewhere);
    expect(findings.map(({ ruleId }) => ruleId)).toEqual(['ORG-09', 'ORG-11']);
    const answer = await ask('beiguan', 'createSchool', { ...primary, name: ' ', system: 'OTHER' });
    expect(refusal(answer)).toBe('BAD_USER_INPUT');
    expect(answer.errors[0]?.extensions).toMatchObject({
      problems: [{ code: 'NAME_MISSING' }, { code: 'SPANS_MISSING' }],
      findings: [{ ruleId: 'ORG-11' }],
    });
  });

  test('names the county where it lies, not a city with counties and not nowhere', async () => {
    for (const [county, code] of [
      ['140100', 'NOT_A_COUNTY'],
      ['140000', 'NOT_A_COUNTY'],
      ['149999', 'UNKNOWN_UNIT'],
    ]) {
      const answer = await ask('taiyuan', 'createSchool', { ...primary, county });
      expect(answer.errors[0]?.extensions).toMatchObject({ problems: [{ path: ['county'], code }] });
    }
  });

  test('sent again under the same key is the same school; under another request the key is refused', async () => {
    const input = { ...primary, idempotencyKey: uuidv7() };
    const first = await done('xiaodian', 'createSchool', input);
    expect(await done('xiaodian', 'createSchool', input)).toEqual(first);
    expect(refusal(await ask('xiaodian', 'createSchool', { ...input, name: '另一所' }))).toBe(
      'IDEMPOTENCY_KEY_REUSED',
    );
  });

  test('sent twice at the same moment under one key is one school', async () => {
    const input = { ...primary, name: '小店区双击小学', idempotencyKey: uuidv7() };
    const [one, two] = await Promise.all([
      done('xiaodian', 'createSchool', input),
      done('xiaodian', 'createSchool', input),
    ]);
    expect(two).toEqual(one);
    expect(await rows(`select code from school where name = '小店区双击小学'`)).toEqual([
      { code: one.school?.id },
    ]);
  });

  test('many at the same moment get codes and places of their own', async () => {
    const schools = await Promise.all(Array.from({ length: 12 }, () => newSchool()));
    expect(new Set(schools.map(({ id }) => id)).size).toBe(12);
    const places = await rows('select place from school where code = any($1::text[])', [
      schools.map(({ id }) => id),
    ]);
    expect(new Set(places.map((row) => JSON.stringify(row))).size).toBe(12);
  });
});

describe('a school that is renamed', () => {
  test('keeps its code and remembers the former name', async () => {
    const { id, version, name } = await newSchool();
    const { school } = await done('xiaodian', 'renameSchool', {
      school: id,
      expectedVersion: version,
      name: '小店区新名小学',
    });
    expect(school).toMatchObject({ id, version: 2, name: '小店区新名小学', formerNames: [name] });
    await network.settled();
    const told = await rows<{ version: number; name: string }>(
      `select version, event->'data'->>'name' as name from event_log where aggregate_id = $1 order by version`,
      [`school:${id}`],
    );
    expect(told).toEqual([
      { version: 1, name },
      { version: 2, name: '小店区新名小学' },
    ]);
    const record = await rows(
      'select action, caller, unit from change_record where aggregate_id = $1 and version = 2',
      [`school:${id}`],
    );
    expect(record).toEqual([{ action: 'RENAME', caller: 'demo-xiaodian', unit: '140105' }]);
  });

  test('in a version that somebody else has changed is a conflict that tells the present one', async () => {
    const { id } = await newSchool();
    const rename = (name: string) =>
      ask('xiaodian', 'renameSchool', { school: id, expectedVersion: 1, name });
    const answers = await Promise.all(['甲校', '乙校', '丙校'].map(rename));
    const lost = answers.filter(({ errors }) => errors.length > 0);
    expect(lost).toHaveLength(2);
    for (const answer of lost) {
      expect(answer.errors[0]?.extensions).toMatchObject({ code: 'VERSION_CONFLICT', currentVersion: 2 });
    }
  });

  test(breaks('ORG-11', 'is not renamed by another authority'), async () => {
    const { id } = await newSchool();
    const { school, findings } = await done('yingze', 'renameSchool', {
      school: id,
      expectedVersion: 1,
      name: '迎泽区小学',
    });
    expect(school).toBeNull();
    expect(findings).toMatchObject([{ code: 'NOT_REGISTRY_AUTHORITY' }]);
  });

  test('to the name that it has, or one that is not there, is refused', async () => {
    const { id, name } = await newSchool();
    const same = await ask('xiaodian', 'renameSchool', { school: id, expectedVersion: 1, name });
    expect(same.errors[0]?.extensions).toMatchObject({ problems: [{ code: 'NAME_UNCHANGED' }] });
    const unknown = await ask('xiaodian', 'renameSchool', { school: '2199999999', expectedVersion: 1, name });
    expect(refusal(unknown)).toBe('NOT_FOUND');
  });
});
