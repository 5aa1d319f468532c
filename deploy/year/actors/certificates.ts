import type { Actor } from '../actor.ts';
import { classify } from '../certificates/classify.ts';
import { type Desks, schoolDesks, unitDesks } from '../world/desks.ts';
import type { Pupil } from '../world/roster.ts';
import type { World } from '../world/world.ts';

const ISSUE_DAYS: readonly string[] = ['2026-07-07', '2026-07-21', '2026-08-04'];
const CHECK_DAYS: readonly string[] = ['2026-07-07', '2026-07-14', '2026-07-21', '2026-08-04'];
/** Each is asked twice, within the minute's limit of one address. */
const CHECKED = 8;

/** Whose outcome is with the register of certificates, by person. */
type Known = Map<string, Pupil>;
type Order = { id: string; version: number };
type Certificate = { kind: string; number: string; state: string };

/** After the graduation operation schools have their graduates certified; anybody checks some of the papers (CRT-01, CRT-13). */
export const actor: Actor = {
  name: 'certificates',
  at: '15:00',
  act: async (day, world) => {
    if (ISSUE_DAYS.includes(day)) await certify(world);
    if (CHECK_DAYS.includes(day)) await check(world);
  },
};

const known = (world: World): Known => world.memory(() => new Map<string, Pupil>());

const isGraduate = ({ status, stage }: Pupil): boolean => status === 'GRADUATED' && stage !== 'PRESCHOOL';

/** Those of whom no outcome was uploaded yet; senior schools of Shanxi uploaded theirs before the operation. */
const certify = async (world: World): Promise<void> => {
  const certified = known(world);
  for (const [person, pupil] of certified) if (pupil.status === 'IN_SCHOOL') certified.delete(person);
  await world.each(world.schools(), async ({ code }) => {
    const fresh = world.roster
      .at(code)
      .filter((pupil) => isGraduate(pupil) && !certified.has(pupil.person))
      .filter((pupil) => !(pupil.stage === 'SENIOR' && world.isShanxiLaw(code)));
    await classify(
      world,
      code,
      fresh.map((pupil) => ({ pupil, outcome: 'GRADUATION' })),
    );
    for (const pupil of fresh) certified.set(pupil.person, pupil);
  });
  for (const desks of issuers(world)) await issue(world, desks);
  await world.rest();
};

/** Every unit and school that could have certificates to issue. */
const issuers = (world: World): Desks[] => {
  const { tree } = world.shared.plan;
  const units = new Set<string>();
  for (const { authority } of world.schools()) {
    const unit = tree.find(authority);
    const line = unit === undefined ? [] : [unit, ...tree.ancestors(unit)];
    for (const { code, level } of line) if (level !== 'MINISTRY') units.add(code);
  }
  return [
    ...[...units].sort().map((code) => unitDesks(code, tree.find(code)?.level ?? 'COUNTY')),
    ...world.schools('SENIOR').map(({ code }) => schoolDesks(code)),
  ];
};

const issue = async (world: World, { registrar, head }: Desks): Promise<void> => {
  const prepared = await world.order<{ order: Order | null }>({
    ...{
      as: registrar,
      does: 'issueCertificates',
      type: 'IssueCertificatesInput',
      gives: 'order { id version }',
    },
    ...{ allows: ['NOTHING_TO_ISSUE'], input: { handler: '经办人' } },
  });
  if (!prepared?.order) return;
  const { id, version } = prepared.order;
  await world.order({
    ...{ as: head, does: 'decideIssue', type: 'DecideIssueInput', gives: 'order { id state }' },
    input: { order: id, expectedVersion: version, decision: 'APPROVE', responsible: '负责人' },
  });
};

const check = async (world: World): Promise<void> => {
  const all = [...known(world).values()].toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const chosen = all.filter(({ key, status }) => status === 'IN_SCHOOL' || world.random(key).chance(0.05));
  for (const pupil of chosen.slice(0, CHECKED)) await checkOne(world, pupil);
};

/** Whoever holds number and name learns that it is valid, and after a rollback that it was revoked; with another name nothing. */
const checkOne = async (world: World, { person, name, school, status }: Pupil): Promise<void> => {
  const found = await world.read<{ student: { certificates: Certificate[] | null } | null }>(
    schoolDesks(school).registrar,
    'query ($id: ID!) { student(id: $id) { certificates { kind number state } } }',
    { id: person },
  );
  const last = found?.student?.certificates?.at(-1);
  if (last === undefined) return;
  const question = `query ($number: String, $name: String) {
    verifyCertificate(number: $number, name: $name) { state } }`;
  const answer = async (as: string) =>
    (
      await world.read<{ verifyCertificate: { state: string } }>(schoolDesks(school).registrar, question, {
        ...{ number: last.number, name: as },
      })
    )?.verifyCertificate.state;
  const expected = last.state === 'ISSUED' ? 'VALID' : 'REVOKED';
  if ((await answer(name)) !== expected)
    world.tally.violated(
      `school ${school}: a certificate that is ${last.state} was not ${expected} when checked`,
    );
  if ((await answer(`${name}某`)) !== 'UNKNOWN')
    world.tally.violated(`school ${school}: a certificate was found under another name`);
  if (status === 'IN_SCHOOL' && last.state === 'ISSUED')
    world.tally.violated(`school ${school}: a graduation was rolled back and its certificate stands`);
  world.tally.act('certificate checked');
};
