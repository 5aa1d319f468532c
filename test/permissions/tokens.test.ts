import { randomUUID } from 'node:crypto';
import { DEMO_SCHOOLS } from '#deploy/demo/identities.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { form } from './support/typed-child.ts';
import { codesOf, type Visit, visit } from './support/visit.ts';

const { taiyuanPrimary } = DEMO_SCHOOLS;
const withheld = 'UNAUTHORIZED_FIELD_OR_TYPE';

/** What an application does in somebody's name is what its token was given, whoever that somebody is. */
describe('a token that was given less than its bearer may', () => {
  let visited: Visit;
  let own: string;
  let pending: { id: string; version: number };
  beforeAll(async () => {
    visited = await visit(240);
    const pupils = visited.truth.pupils.filter(({ school }) => school === taiyuanPrimary);
    const waiting = pupils.find(({ status }) => status === 'PENDING_APPROVAL');
    own = pupils[0]?.person ?? '';
    pending = {
      id: `${waiting?.person}.${waiting?.enrollment}`,
      version: waiting?.version ?? 0,
    };
  });
  afterAll(() => visited?.stop());

  const approve = (who: string) =>
    visited.as<{ decideRegistrations: { decided: number } }>(
      who,
      'enrollment',
      'mutation ($input: DecideRegistrationsInput!) { decideRegistrations(input: $input) { decided } }',
      {
        input: {
          idempotencyKey: randomUUID(),
          decision: 'APPROVE',
          registrations: [{ enrollment: pending.id, expectedVersion: pending.version }],
        },
      },
    );
  const register = (who: string) =>
    visited.as(
      who,
      'enrollment',
      'mutation ($input: RegisterStudentInput!) { registerStudent(input: $input) { findings { code } } }',
      { input: { idempotencyKey: randomUUID(), school: taiyuanPrimary, form: form() } },
    );

  test.each(['student:read', 'case:decide'])(
    breaks('PRV-12', 'does not approve in the name of a county without %s'),
    async (scope) => {
      expect(codesOf(await approve(`county without ${scope}`))).toEqual(['OUT_OF_JURISDICTION']);
    },
  );

  test.each(['county without a scope', 'county with one factor', 'county with an unknown acr'])(
    breaks('PRV-12', '%s does not approve'),
    async (who) => {
      expect(codesOf(await approve(who))).toEqual(['OUT_OF_JURISDICTION']);
    },
  );

  test.each([
    'registrar without a scope',
    'registrar without student:write',
    'registrar without student:read',
  ])(breaks('PRV-12', '%s registers nobody, and is told what the token lacks'), async (who) => {
    const answer = await register(who);
    expect(codesOf(answer)).toEqual(['OUT_OF_JURISDICTION']);
    expect(answer.errors[0]?.message).toContain('student:');
  });

  test(breaks('PRV-12', 'reads no pupil and lists none without student:read'), async () => {
    for (const who of ['registrar without a scope', 'registrar without student:read']) {
      const answers = [
        await visited.as(who, 'identity', 'query ($id: ID!) { student(id: $id) { name } }', { id: own }),
        await visited.as(who, 'enrollment', '{ enrollments { edges { node { id } } } }'),
        await visited.as(who, 'identity', '{ problemRecords { edges { node { id } } } }'),
      ];
      expect(answers.map(codesOf)).toEqual(answers.map(() => ['OUT_OF_JURISDICTION']));
    }
  });

  test(breaks('PRV-12', 'reads no field of a pupil as an entity without student:read'), async () => {
    const entities = (fields: string) =>
      `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Student { id ${fields} } } }`;
    const r = [{ __typename: 'Student', id: own }];
    for (const who of ['registrar without a scope', 'registrar without student:read']) {
      const basics =
        'name gender nationality overseasCategory ethnicity numberKind verification { comparison }';
      const { data } = await visited.as(who, 'identity', entities(basics), { r });
      expect(data).toEqual({ _entities: [null] });
      const answer = await visited.as(
        who,
        'enrollment',
        entities('enrollment { id } enrollmentHistory { id }'),
        { r },
      );
      expect(codesOf(answer)).toEqual([withheld, withheld]);
      expect(answer.data).toEqual({ _entities: [{ id: own, enrollment: null, enrollmentHistory: null }] });
    }
  });

  test(holds('PRV-12', 'what it was given it does: the county approves with a second factor'), async () => {
    const { data, errors } = await approve('county without student:write');
    expect(errors).toEqual([]);
    expect(data?.decideRegistrations.decided).toBe(1);
  });

  describe('and the report of an import', () => {
    const jobs = (who: string) =>
      visited.as<{ importJobs: { reportUrl: string | null }[] | null }>(
        who,
        'enrollment',
        'query ($school: ID!) { importJobs(school: $school) { reportUrl } }',
        { school: taiyuanPrimary },
      );

    test(holds('PRV-14', 'has an address for the own registrar and the registry authority'), async () => {
      for (const who of ['registrar', 'xiaodian', 'county registrar']) {
        const { data, errors } = await jobs(who);
        expect(errors).toEqual([]);
        expect(data?.importJobs).toEqual([{ reportUrl: expect.stringContaining('/reports/') }]);
      }
    });

    test(breaks('PRV-14', 'has none for a level above it, nor for others of the school'), async () => {
      for (const who of ['shanxi', 'taiyuan', 'head', 'principal']) {
        const { data, errors } = await jobs(who);
        expect([who, errors, data?.importJobs]).toEqual([who, [], [{ reportUrl: null }]]);
      }
    });

    test.each(['student:identity', 'student:guardian', 'student:contact'])(
      breaks('PRV-14', 'has none for anybody without %s'),
      async (scope) => {
        for (const who of ['registrar', 'county', 'province']) {
          const answer = await jobs(`${who} without ${scope}`);
          expect(codesOf(answer)).toEqual([withheld]);
          expect(answer.data?.importJobs).toEqual([{ reportUrl: null }]);
        }
      },
    );
  });
});
