import type { Actor } from '../actor.ts';
import { type Desk, unitDesks } from '../world/desks.ts';
import type { Pupil } from '../world/roster.ts';
import type { Told } from '../world/tally.ts';
import { type Registration, told, type World } from '../world/world.ts';

type Decided = {
  decided: number;
  results: { id: string; findings: Told[]; enrollment: Registration | null }[];
};

const RETURNED = 0.015;
const REFUSED = 0.003;
const ILLEGAL_GROUND = 0.3;
const gives = `decided results { id ${told} enrollment { id version status grade } }`;
const HELD = ['HELD_NOT_DECIDED_TOGETHER'];

/** Authorities look at new registrations every week: some go back, few are refused, the rest is approved school by school. */
export const actor: Actor = {
  name: 'approvals',
  at: '15:00',
  act: async (_, world) => {
    const waiting = world.roster.all().filter(({ status }) => status === 'PENDING_APPROVAL');
    const bySchool = Map.groupBy(waiting, ({ school }) => school);
    const schools = world.schools().filter(({ code }) => bySchool.has(code));
    await world.each(schools, async ({ code, authority }) => {
      const level = world.shared.plan.tree.find(authority)?.level ?? 'COUNTY';
      await decideSchool(world, unitDesks(authority, level).head, code, bySchool.get(code) ?? []);
    });
  },
};

const decideSchool = async (
  world: World,
  who: Desk,
  school: string,
  pupils: readonly Pupil[],
): Promise<void> => {
  const single: Pupil[] = [];
  for (const pupil of pupils) {
    const random = world.random(pupil.key);
    if (pupil.days.returnedOn === undefined && random.chance(RETURNED)) await giveBack(world, who, pupil);
    else if (random.chance(REFUSED)) await refuse(world, who, pupil);
  }
  const payload = await world.order<Decided>({
    as: who,
    does: 'decideRegistrations',
    type: 'DecideRegistrationsInput',
    gives,
    countsAs: null,
    input: { decision: 'APPROVE', reason: '材料齐全', allPendingOfSchool: school },
  });
  for (const { id, findings, enrollment } of payload?.results ?? []) {
    const pupil = world.roster.of(id.slice(0, 36));
    if (pupil === undefined)
      world.tally.violated(`school ${school} has a registration that nobody was told of`);
    else if (enrollment?.status === 'IN_SCHOOL') approved(world, pupil);
    else if (!world.weigh(findings, [...HELD, 'CITY_CONFIRMATION_MISSING'], 'decideRegistrations')) continue;
    else single.push(pupil);
  }
  for (const pupil of single) await approveAlone(world, who, pupil);
};

const approved = (world: World, pupil: Pupil): void => {
  world.tally.act('registration approved');
  world.roster.changed(pupil, { status: 'IN_SCHOOL' });
};

const decideOne = async (
  world: World,
  who: Desk,
  pupil: Pupil,
  input: Record<string, unknown>,
  expects: readonly string[] = [],
): Promise<boolean> => {
  const standing = await world.registrationOf(who, pupil);
  if (standing === null) return false;
  const payload = await world.order<Decided>({
    as: who,
    does: 'decideRegistrations',
    type: 'DecideRegistrationsInput',
    gives,
    countsAs: null,
    input: { registrations: [{ enrollment: standing.id, expectedVersion: standing.version }], ...input },
  });
  const [result] = payload?.results ?? [];
  if (result === undefined) return false;
  return !world.weigh(result.findings, expects, 'decideRegistrations');
};

const giveBack = async (world: World, who: Desk, pupil: Pupil): Promise<void> => {
  if (!(await decideOne(world, who, pupil, { decision: 'RETURN', reason: '户口簿不清晰，请核对' }))) return;
  world.tally.act('registration sent back');
  pupil.days.returnedOn = world.today;
  world.roster.changed(pupil, { status: 'RETURNED_TO_SCHOOL' });
};

/** Now and then somebody first tries a ground that the law forbids. */
const refuse = async (world: World, who: Desk, pupil: Pupil): Promise<void> => {
  const order = { decision: 'REFUSE', reason: '不属于本区招生范围' };
  if (world.random('ground', pupil.key).chance(ILLEGAL_GROUND))
    await decideOne(world, who, pupil, { ...order, ground: 'REGISTRATION_NOT_ARRIVED' }, [
      'ILLEGAL_REJECTION_REASON',
    ]);
  if (!(await decideOne(world, who, pupil, { ...order, ground: 'NOT_ADMITTED' }))) return;
  world.tally.act('registration refused');
  world.roster.changed(pupil, { status: 'REFUSED' });
};

/** What holds a registration is looked at alone, and let through with a reason of its own. */
const approveAlone = async (world: World, who: Desk, pupil: Pupil): Promise<void> => {
  const input = { decision: 'APPROVE', reason: '经核实，同意' };
  if (await decideOne(world, who, pupil, input, ['CITY_CONFIRMATION_MISSING'])) approved(world, pupil);
};
