import { randomUUID } from 'node:crypto';
import { DEMO_SCHOOLS } from '#deploy/demo/identities.ts';
import { asking, disclosureDeskOf } from '#test/service/complaint-ticket/disclosure-desk.ts';
import { county } from '#test/service/complaint-ticket/ticket-desk.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';

type Pupils = { enrollments: { edges: { node: Record<string, unknown> }[] } | null };

/** A county's platform asks how many places it needs: what it is granted, uses, exceeds and loses. */
describe('the data platform of a county', () => {
  let registry: Registry;
  let at: ReturnType<typeof disclosureDeskOf>;
  let child: Awaited<ReturnType<typeof at.pupil>>;

  beforeAll(async () => {
    registry = await startRegistry({ transfers: true, tickets: true });
    at = disclosureDeskOf(registry);
    child = await at.pupil();
  });
  afterAll(() => registry?.stop());

  const pupils = (fields: string) =>
    registry.ask<Pupils>(
      'integrator',
      `{ enrollments(filter: { school: "${DEMO_SCHOOLS.taiyuanPrimary}" }) { edges { node { ${fields} } } } }`,
    );
  const codesOf = ({ errors }: Awaited<ReturnType<typeof pupils>>) => [
    ...new Set(errors.map(({ extensions }) => extensions.code)),
  ];

  test(
    holds('PRV-02', 'sees nobody before it is granted anything, and asks with the government’s approval'),
    async () => {
      expect(codesOf(await pupils('id'))).toEqual(['OUT_OF_JURISDICTION']);
      await at.register(county.head, 'demo-integrator');
      const { data, errors } = await registry.ask<{
        requestDisclosure: { disclosure: { id: string; version: number }; findings: unknown[] };
      }>(
        'integrator',
        `mutation ($input: RequestDisclosureInput!) {
        requestDisclosure(input: $input) { disclosure { id version } findings { code } } }`,
        {
          input: {
            ...{ idempotencyKey: randomUUID(), ...asking, validUntil: registry.clock.today() },
            fields: ['Enrollment.grade', 'Student.name'],
          },
        },
      );
      expect(errors).toEqual([]);
      expect(data?.requestDisclosure.findings).toEqual([]);
      const asked = data?.requestDisclosure.disclosure ?? { id: '', version: 0 };
      const checked = await at.after(at.decide(county.registrar, asked));
      expect((await at.after(at.decide(county.head, checked))).state).toBe('APPROVED');
      await registry.settled();
    },
  );

  test(
    holds('PRV-05', 'reads grades and masked names of the county’s pupils, each reading on record'),
    async () => {
      const { data, errors } = await pupils('grade student { id name }');
      expect(errors).toEqual([]);
      expect(data?.enrollments?.edges.map(({ node }) => node)).toContainEqual({
        grade: 2,
        student: { id: child.person, name: `${child.name.at(0)}*` },
      });
      const read = await at.counter.rows<{ purpose: string }>(
        'identity',
        `select purpose from read_audit where caller = 'demo-integrator' and $1 = any(persons)`,
        [child.person],
      );
      expect(read.every(({ purpose }) => purpose.startsWith('DISCLOSURE '))).toBe(true);
      expect(read).not.toEqual([]);
    },
  );

  test(
    breaks('PRV-05', 'is told nothing beyond it, and nothing at all once its last day is over'),
    async () => {
      const beyond = await pupils('grade student { gender ethnicity }');
      expect(codesOf(beyond)).toEqual(['OUT_OF_GRANT_SCOPE']);
      expect(beyond.data?.enrollments?.edges[0]?.node).toMatchObject({
        grade: 2,
        student: { gender: null, ethnicity: null },
      });
      registry.clock.moveTo(new Date(Date.parse(registry.clock.now()) + 86_400_000).toISOString());
      expect(codesOf(await pupils('grade'))).toEqual(['OUT_OF_JURISDICTION']);
    },
  );
});
