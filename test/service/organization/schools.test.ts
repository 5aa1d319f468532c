import { v7 as uuidv7 } from 'uuid';
import { EnrollmentRegistered, EnrollmentRejected } from '#libs/contracts/events/enrollment.ts';
import { query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { schoolRegistrations } from '#services/organization/registrations.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { refusal, SCHOOLS, type Situation, startSituation } from './situation.ts';

let network: Situation;
beforeAll(async () => {
  network = await startSituation();
});
afterAll(() => network?.stop());

type Payload = {
  school: {
    id: string;
    name: string;
    kind: string;
    state: string;
    version: number;
    registryAuthority: { code: string };
    formerNames: string[];
  } | null;
  findings: { ruleId: string; outcome: string; code: string }[];
};
type Mutation = 'createSchool' | 'renameSchool' | 'changeSchoolType' | 'closeSchool';

const ask = (who: string | null, mutation: Mutation, input: Record<string, unknown>) => {
  const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input!`;
  return network.as<Record<Mutation, Payload>>(
    who,
    `mutation ($input: ${type}) { ${mutation}(input: $input) {
       school { id name kind state version registryAuthority { code } formerNames }
       findings { ruleId outcome code basis { article } } } }`,
    { input: { idempotencyKey: uuidv7(), ...input } },
  );
};
const done = async (who: string, mutation: Mutation, input: Record<string, unknown>): Promise<Payload> => {
  const { data, errors } = await ask(who, mutation, input);
  expect(errors).toEqual([]);
  const payload = data?.[mutation];
  if (payload === undefined) throw new Error(`${mutation} answered nothing`);
  return payload;
};

const primary = {
  name: '小店区试验小学',
  kind: 'PRIMARY',
  ownership: 'PUBLIC',
  managedBy: 'COUNTY',
  county: '140105',
};
/** A school of this test's own. */
const newSchool = async (changes: Record<string, unknown> = {}, who = 'xiaodian') => {
  const { school, findings } = await done(who, 'createSchool', { ...primary, ...changes });
  expect(findings).toEqual([]);
  if (school === null) throw new Error('no school was created');
  return school;
};
const rows = <Row>(text: string, parameters: unknown[] = []): Promise<Row[]> =>
  asWorker(network.service('organization').core.worker, (tx) => query<Row>(tx, text, parameters));
const sequenceOf = (code: string) => Number(code.slice(4));

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
      ['xiaodian', { kind: 'VOCATIONAL' }],
      ['beiguan', { kind: 'COMPREHENSIVE_CLASS_IN_VOCATIONAL', county: '410503' }],
    ] as const) {
      const { school, findings } = await done(who, 'createSchool', { ...primary, ...input });
      expect(school).toBeNull();
      expect(findings).toMatchObject([{ ruleId: 'ORG-09', code: 'SCHOOL_KIND_NOT_COVERED' }]);
    }
  });

  test('all reasons against it come at once', async () => {
    const { findings } = await done('beiguan', 'createSchool', { ...primary, kind: 'VOCATIONAL' });
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

describe('a school that becomes another type', () => {
  test('goes on under a new code; the old one is closed and never given again', async () => {
    const old = await newSchool();
    const { school } = await done('xiaodian', 'changeSchoolType', {
      school: old.id,
      expectedVersion: 1,
      kind: 'JUNIOR',
    });
    expect(school).toMatchObject({ kind: 'JUNIOR', state: 'ACTIVE', version: 1, name: old.name });
    expect(school?.id.slice(0, 4)).toBe('3114');
    expect(await rows('select state, successor, version from school where code = $1', [old.id])).toEqual([
      { state: 'CLOSED', successor: school?.id, version: 2 },
    ]);
    const next = await newSchool();
    expect(sequenceOf(next.id)).toBeGreaterThan(sequenceOf(old.id));
  });

  test('of the same type stays as it is', async () => {
    const { id } = await newSchool();
    const answer = await ask('xiaodian', 'changeSchoolType', {
      school: id,
      expectedVersion: 1,
      kind: 'PRIMARY',
    });
    expect(answer.errors[0]?.extensions).toMatchObject({ problems: [{ code: 'TYPE_UNCHANGED' }] });
  });
});

describe('a school that is closed', () => {
  const registered = (school: string, enrollment: string) => ({
    type: EnrollmentRegistered.type,
    data: {
      ...{ person: uuidv7(), enrollment, school, place: 14_010_500_001, province: '140000' },
      ...{ stage: 'PRIMARY', entryYearAdj: 2025, lastGrade: 6, status: 'PENDING_APPROVAL' },
      channel: 'PRIMARY_GRADE_ONE',
      marks: {
        ...{ gender: 'MALE', documentType: 'RESIDENT_ID', boarder: false, leftBehind: false, migrant: false },
        ...{ residencePermit: false, disabled: false, ethnicGroup: 'HAN' },
      },
    },
  });
  const refused = (school: string, enrollment: string, final: boolean) => ({
    type: EnrollmentRejected.type,
    data: {
      ...{ person: uuidv7(), enrollment, school, place: 14_010_500_001, province: '140000', final },
      status: final ? 'REFUSED' : 'RETURNED_TO_SCHOOL',
    },
  });
  const hear = ({ type, data }: { type: string; data: Record<string, unknown> }) =>
    asWorker(network.service('organization').core.worker, (tx) =>
      schoolRegistrations.apply(tx, [
        {
          specversion: '1.0',
          id: uuidv7(),
          source: 'enrollment',
          type,
          time: network.clock.now(),
          subject: uuidv7(),
          dataschema: 'urn:xueji:event:test:1',
          datacontenttype: 'application/json',
          aggregateversion: 1,
          data,
        },
      ]),
    );
  const close = (school: string, who = 'xiaodian') =>
    done(who, 'closeSchool', { school, expectedVersion: 1, reason: '布局调整' });

  test(holds('ARC-14', 'without pupils ends, with the reason kept'), async () => {
    const { id } = await newSchool();
    expect((await close(id)).school).toMatchObject({ id, state: 'CLOSED', version: 2 });
    expect(
      await rows('select action, reason from change_record where aggregate_id = $1 and version = 2', [
        `school:${id}`,
      ]),
    ).toEqual([{ action: 'CLOSE', reason: '布局调整' }]);
    await network.settled();
    const again = await ask('xiaodian', 'renameSchool', { school: id, expectedVersion: 2, name: '新名' });
    expect(again.errors[0]?.extensions).toMatchObject({ problems: [{ code: 'SCHOOL_NOT_ACTIVE' }] });
  });

  test(breaks('ARC-14', 'while a pupil is registered there it stays, and so does its type'), async () => {
    const { id } = await newSchool();
    const enrollment = uuidv7();
    await hear(registered(id, enrollment));
    const pending = [{ ruleId: 'ARC-14', outcome: 'REJECT', code: 'CLOSURE_ARCHIVES_PENDING' }];
    expect(await close(id)).toMatchObject({ school: null, findings: pending });
    const change = { school: id, expectedVersion: 1, kind: 'JUNIOR' };
    expect(await done('xiaodian', 'changeSchoolType', change)).toMatchObject({
      school: null,
      findings: pending,
    });
    await hear(refused(id, enrollment, false));
    expect(await close(id)).toMatchObject({ school: null, findings: pending });
    await hear(refused(id, enrollment, true));
    expect((await close(id)).school).toMatchObject({ state: 'CLOSED' });
  });

  test('needs a reason', async () => {
    const { id } = await newSchool();
    const answer = await ask('xiaodian', 'closeSchool', { school: id, expectedVersion: 1, reason: '  ' });
    expect(answer.errors[0]?.extensions).toMatchObject({ problems: [{ path: ['reason'] }] });
  });
});

describe('who may not', () => {
  const attempts = (school: string): [Mutation, Record<string, unknown>][] => [
    ['createSchool', primary],
    ['renameSchool', { school, expectedVersion: 1, name: '新名' }],
    ['changeSchoolType', { school, expectedVersion: 1, kind: 'JUNIOR' }],
    ['closeSchool', { school, expectedVersion: 1, reason: '理由' }],
  ];

  test.each([
    'registrar',
    'head',
    'class-teacher',
    'guardian',
    'integrator',
    'call-centre',
    'information-centre',
    'ministry',
  ])('%s changes no school', async (who) => {
    for (const [mutation, input] of attempts('2114000001')) {
      expect(refusal(await ask(who, mutation, input))).toBe('OUT_OF_JURISDICTION');
    }
  });

  test('nobody does without a token', async () => {
    for (const [mutation, input] of attempts('2114000001')) {
      expect(refusal(await ask(null, mutation, input))).toBe('UNAUTHENTICATED');
    }
  });

  test('nor does an authority whose token names no unit, or one that the tree does not have', async () => {
    const claims = { sub: 'x', level: 'COUNTY', roles: ['DECISION_MAKER'] };
    for (const unit of [undefined, '999999']) {
      const token = await network.tokenFor({ ...claims, unit });
      const answer = await network.graphql(
        'organization',
        token,
        'mutation ($input: CreateSchoolInput!) { createSchool(input: $input) { findings { code } } }',
        { input: { idempotencyKey: uuidv7(), ...primary } },
      );
      expect(refusal(answer)).toBe('OUT_OF_JURISDICTION');
    }
  });
});
