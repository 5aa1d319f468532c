import { SCOPES, TWO_FACTORS } from '#deploy/demo/identities.ts';
import type { Desk } from '#test/service/enrollment/case-desk.ts';
import { homes, type Pupil } from '#test/service/transfer/transfer-desk.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { type Disclosure, disclosureDeskOf } from './disclosure-desk.ts';
import { county } from './ticket-desk.ts';

type Reply = {
  data: Record<string, unknown> | null;
  errors: { path?: (string | number)[]; extensions: { code?: string } }[];
};

/** What another system reads under a grant, at the gateway and behind it. */
describe('a read under a grant', () => {
  let registry: Registry;
  let at: ReturnType<typeof disclosureDeskOf>;
  let child: Pupil;
  let who: Desk;
  let grant: Disclosure;

  beforeAll(async () => {
    registry = await startRegistry({ transfers: true, tickets: true });
    at = disclosureDeskOf(registry);
    child = await at.pupil();
    who = await at.registered();
    grant = await at.granted(who);
  });
  afterAll(() => registry?.stop());

  const send = async (url: string, by: Desk, query: string, named?: string): Promise<Reply> => {
    const token = await registry.network.tokenFor({
      ...{ scope: Object.values(SCOPES).join(' '), acr: TWO_FACTORS, ...by },
    });
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: {
        ...{ 'content-type': 'application/json', authorization: `Bearer ${token}` },
        ...(named === undefined ? {} : { 'x-grant': named }),
      },
      body: JSON.stringify({ query, variables: {} }),
    });
    const { data = null, errors = [] } = (await response.json()) as Partial<Reply>;
    return { data, errors };
  };
  const read = (query: string, by = who, named?: string) => send(registry.gatewayUrl, by, query, named);
  const inService = (name: 'identity' | 'enrollment', query: string, by = who, named?: string) =>
    send(registry.network.service(name).url, by, query, named);
  const student = (selection: string, id = child.person) => `{ student(id: "${id}") { ${selection} } }`;
  const saidOf = ({ errors }: Reply) =>
    errors.map(({ path, extensions }) => [path?.join('.'), extensions.code]);
  const outside = 'OUT_OF_GRANT_SCOPE';

  test(
    holds('PRV-05', 'gets the fields of the grant, over services, for the pupils of the holder'),
    async () => {
      const { data, errors } = await read(student('id name gender enrollment { grade }'));
      expect(errors).toEqual([]);
      expect(data?.student).toMatchObject({ id: child.person, gender: 'FEMALE', enrollment: { grade: 2 } });
      const list = await read(
        '{ enrollments(filter: { unit: "140105" }) { edges { node { grade student { gender } } } } }',
      );
      expect(list.errors).toEqual([]);
      expect(JSON.stringify(list.data)).toContain('FEMALE');
    },
  );

  test(
    holds('PRV-04', 'gets a name without its given part, a number without its middle, of a birth the year'),
    async () => {
      const system = await at.registered();
      await at.granted(system, { fields: ['Student.name', 'Student.studentNumber', 'Student.birthDate'] });
      const { data } = await read(
        student('name full: name(full: true) studentNumber(full: true) birthDate'),
        system,
      );
      expect(data?.student).toEqual({
        ...{ name: `${child.name.at(0)}*`, full: `${child.name.at(0)}*`, birthDate: '2020-01-01' },
        studentNumber: expect.stringMatching(/^L14\*+..$/),
      });
    },
  );

  test(
    breaks(
      'PRV-04',
      'gets no guardian, address, telephone, health or document, and no single pupil of an anonymous grant',
    ),
    async () => {
      const { data } = await read(
        student(
          'guardians { name } profile { contactPhone isDisabled } identityDocument { number } formerName',
        ),
      );
      expect(data?.student).toEqual({
        guardians: null,
        profile: null,
        identityDocument: null,
        formerName: null,
      });
      const system = await at.registered();
      const { id } = await at.granted(system, { profile: 'ANON_ROW' });
      expect(saidOf(await read(student('gender'), system, id))).toEqual([['student', outside]]);
    },
  );

  test(
    breaks('PRV-05', 'gets null and the place of the refusal for every other field, however it is asked'),
    async () => {
      const reply = await read(`
        { student(id: "${child.person}") { ... on Student { x: ethnicity ...More } } }
        fragment More on Student {
          birthDate again: birthDate a: enrollment { s: school { id } ... on Enrollment { c: cohort grade } } }`);
      expect(reply.data?.student).toMatchObject({ x: null, birthDate: null, again: null });
      expect(saidOf(reply)).toEqual(
        expect.arrayContaining([
          ['student.x', outside],
          ['student.birthDate', outside],
          ['student.again', outside],
        ]),
      );
      expect(saidOf(reply).some(([path]) => path?.startsWith('student.a.'))).toBe(true);
    },
  );

  test(
    breaks('PRV-05', 'is refused behind the gateway as well, by entity, by history and by filter'),
    async () => {
      const entity = (fields: string) =>
        `{ _entities(representations: [{ __typename: "Student", id: "${child.person}" }]) { ... on Student { ${fields} } } }`;
      const told = await inService('identity', entity('gender birthDate guardians { phone }'));
      expect(told.data).toEqual({ _entities: [{ gender: 'FEMALE', birthDate: null, guardians: null }] });
      const past = await inService(
        'enrollment',
        entity('enrollmentHistory { grade } earlier: enrollment(asOf: "2026-09-01") { grade }'),
      );
      expect(past.data).toEqual({ _entities: [{ enrollmentHistory: null, earlier: null }] });
      for (const query of [
        '{ enrollments(filter: { status: [SUSPENDED] }) { edges { node { grade } } } }',
        '{ enrollmentCases { edges { node { id } } } }',
        '{ studentByNumber(number: "1") { gender } }',
      ])
        expect(saidOf(await read(query)).map(([, code]) => code)).toEqual([outside]);
    },
  );

  test(breaks('PRV-12', 'gets nobody registered elsewhere, alike with nobody at all'), async () => {
    const elsewhere = await at.pupil(2025, homes.beiguan);
    const one = await read(student('gender', elsewhere.person));
    const other = await read(student('gender', grant.id));
    expect(saidOf(one)).toEqual([['student', 'OUT_OF_JURISDICTION']]);
    expect(saidOf(other)).toEqual(saidOf(one));
  });

  test(breaks('PRV-07', 'gets nothing under the grant of another client, nor without any'), async () => {
    const thief = await at.registered();
    expect(saidOf(await read(student('gender'), thief, grant.id))).toEqual([['student', outside]]);
    expect(saidOf(await read(student('gender'), thief))).toEqual([['student', 'OUT_OF_JURISDICTION']]);
    const twice = await at.registered();
    const narrow = await at.granted(twice, { fields: ['Student.gender'] });
    const wide = await at.granted(twice, { fields: ['Student.ethnicity'] });
    expect(saidOf(await read(student('gender'), twice))).toEqual([['student', 'OUT_OF_JURISDICTION']]);
    expect((await read(student('gender'), twice, narrow.id)).errors).toEqual([]);
    expect(saidOf(await read(student('gender'), twice, wide.id))).toEqual([['student.gender', outside]]);
  });

  test(holds('PRV-13', 'is written down with the grant'), async () => {
    const pupil = await at.pupil();
    await read(student('gender enrollment { grade }', pupil.person));
    for (const service of ['identity', 'enrollment'] as const) {
      const rows = await at.counter.rows<{ caller: string; purpose: string }>(
        service,
        'select caller, purpose from read_audit where $1 = any(persons) and caller = $2',
        [pupil.person, who.sub],
      );
      expect(rows).toEqual([{ caller: who.sub, purpose: `DISCLOSURE ${grant.id}` }]);
    }
  });

  test(breaks('PRV-05', 'is over with the revocation, and with the last day of the grant'), async () => {
    const system = await at.registered();
    const revoked = await at.granted(system);
    expect((await read(student('gender'), system, revoked.id)).errors).toEqual([]);
    await at.after(at.revoke(county.head, revoked));
    await registry.settled();
    expect(saidOf(await read(student('gender'), system, revoked.id))).toEqual([['student', outside]]);
    const short = await at.granted(system, { validUntil: registry.clock.today() });
    expect((await read(student('gender'), system, short.id)).errors).toEqual([]);
    registry.clock.moveTo(new Date(Date.parse(registry.clock.now()) + 86_400_000).toISOString());
    expect(saidOf(await read(student('gender'), system, short.id))).toEqual([['student', outside]]);
    expect((await read(student('gender'))).errors).toEqual([]);
  });
});
