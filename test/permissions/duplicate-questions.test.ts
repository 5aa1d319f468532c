import { DEMO_SCHOOLS } from '#deploy/demo/identities.ts';
import { sharedReads } from '#libs/platform/database/reads.ts';
import { createPeople, type People } from '#services/identity/queries.ts';
import { createResolvers } from '#services/identity/resolvers.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { askersOf } from './support/actors.ts';
import { form } from './support/typed-child.ts';
import { codesOf, type Visit, visit } from './support/visit.ts';

const { taiyuanPrimary } = DEMO_SCHOOLS;

/** Whether somebody exists somewhere in the nation is told to few, one question at a time, and written down. */
describe('a question about somebody of another school', () => {
  let visited: Visit;
  beforeAll(async () => {
    visited = await visit(240);
  });
  afterAll(() => visited?.stop());

  const ask = (text: string, forms: Record<string, unknown>) =>
    visited.as<Record<string, { findings: { code: string }[] } | null>>(
      'registrar',
      'enrollment',
      text,
      Object.fromEntries(
        Object.entries(forms).map(([name, value]) => [
          name,
          { idempotencyKey: 'preview', school: taiyuanPrimary, form: value },
        ]),
      ),
    );
  const preview =
    'query Any($one: RegisterStudentInput!) { previewRegistration(input: $one) { findings { code ruleId } } }';
  const known = () => form({ idDocumentNumber: '140105202001050012', birthDate: '2020-01-05' });

  test(holds('PRV-13', 'that found nobody leaves no line'), async () => {
    await visited.newAuditRows('enrollment');
    expect((await ask(preview, { one: known() })).errors).toEqual([]);
    expect(await visited.newAuditRows('enrollment')).toEqual([]);
  });

  test(
    breaks('PRV-13', 'that found somebody is written down: who, which school, what; no number'),
    async () => {
      const registered = await visited.as<{ registerStudent: { enrollment: { id: string } | null } }>(
        'other-registrar',
        'enrollment',
        'mutation ($input: RegisterStudentInput!) { registerStudent(input: $input) { enrollment { id } findings { code } } }',
        { input: { idempotencyKey: 'first', school: DEMO_SCHOOLS.otherTaiyuanPrimary, form: known() } },
      );
      expect(registered.data?.registerStudent.enrollment).not.toBeNull();
      await visited.newAuditRows('enrollment');
      const { data, errors } = await ask(preview, { one: known() });
      expect(errors).toEqual([]);
      expect(data?.previewRegistration?.findings.map(({ code }) => code)).toContain('DUPLICATE_RECORD_FOUND');
      expect(await visited.newAuditRows('enrollment')).toEqual([
        {
          caller: 'demo-registrar',
          unit: taiyuanPrimary,
          operation: 'previewRegistration',
          purpose: 'DUPLICATE_QUESTION',
          persons: [],
          full: false,
        },
      ]);
    },
  );

  test(breaks('PRV-15', 'is one in an operation, whatever it is called'), async () => {
    const { data, errors } = await ask(
      `query ($one: RegisterStudentInput!, $two: RegisterStudentInput!) {
        one: previewRegistration(input: $one) { findings { code } }
        two: previewRegistration(input: $two) { findings { code } } }`,
      { one: form(), two: known() },
    );
    expect(errors).toMatchObject([{ path: ['two'], extensions: { code: 'RATE_LIMITED' } }]);
    expect([data?.one === null, data?.two]).toEqual([false, null]);
  });

  test(
    breaks('PRV-15', 'by a number costs the same work whether the number is somebody’s or nobody’s'),
    async () => {
      const { core } = visited.nation.network.service('identity');
      const registrar = (await askersOf(visited.nation.network)).find(
        ({ name }) => name === 'registrar',
      )?.actor;
      if (!registrar) throw new Error('nobody to ask as');
      const resolvers = createResolvers(core) as unknown as {
        Query: {
          studentByNumber(parent: unknown, args: { number: string }, context: unknown): Promise<unknown>;
        };
      };
      const foreign = visited.truth.pupils.find(({ school }) => school !== taiyuanPrimary);
      const work = async (number: string) => {
        let reads = 0;
        const own = sharedReads(core.app, () => core.directory.scopeOf(registrar));
        const people: People = createPeople((read) => {
          reads += 1;
          return own(read);
        });
        const context = { actor: registrar, people, trail: { read: () => undefined } };
        const asked = resolvers.Query.studentByNumber(null, { number }, context);
        await expect(asked).rejects.toMatchObject({ code: 'OUT_OF_JURISDICTION' });
        return reads;
      };
      const number = foreign?.number ?? '';
      const nobodys = `${number.slice(0, 1)}140105${'9'.repeat(number.length - 7)}`;
      expect(await work(number)).toBe(1);
      expect(await work(nobodys)).toBe(1);
    },
  );

  test('the codes of a refused question are the ones of every other', async () => {
    const answer = await visited.as('registrar', 'identity', '{ studentByNumber(number: "G140105") { id } }');
    expect(codesOf(answer)).toEqual(['OUT_OF_JURISDICTION']);
  });
});
