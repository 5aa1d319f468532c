import type { Actor } from '../actor.ts';
import { isFirstOf } from '../days.ts';
import { desksAt } from '../world/case-work.ts';
import { type Desk, guardianDesk, schoolDesks } from '../world/desks.ts';
import type { ToldOf } from '../world/identity-notes.ts';
import { paper } from '../world/papers.ts';
import type { Pupil } from '../world/roster.ts';
import { someOf } from '../world/sampling.ts';
import { sendsAbout } from '../world/sending.ts';
import type { World } from '../world/world.ts';

type Update = {
  id: string;
  version: number;
  state: string;
  steps: { unit: string; handledAt: string | null }[];
};
type Note = { pupil: Pupil; id: string; changes: ToldOf; by: Desk };
type Running = Map<string, Note>;

const MONTHLY = 0.0004;
const BY_GUARDIAN = 0.35;
const OF_IDENTITY = 0.35;
const TAKEN_BACK = 0.1;
const REJECTED = 0.12;
const ALONE = 0.1;
const PUTS_OFF = 0.15;

const selected = 'id version state steps { unit handledAt }';
const order = sendsAbout<Update>('update', selected);

/**
 * What is known of children changes: parents propose it, schools enter it; the school confirms, and of who a child is
 * its authority as well (W-08).
 */
export const actor: Actor = {
  name: 'information',
  at: '16:00',
  act: async (day, world) => {
    const running = world.memory<Running>(() => new Map());
    const notes = [...running.values()].sort((a, b) => (a.pupil.key < b.pupil.key ? -1 : 1));
    await world.each(notes, (note) => goOn(world, running, note));
    if (!isFirstOf(world.shared.days, day)) return;
    const isMeant = ({ status, person }: Pupil) => status === 'IN_SCHOOL' && !running.has(person);
    await world.each(someOf(world, MONTHLY, isMeant, 1), (pupil) => enter(world, running, pupil));
    const linked = world.roster.all().filter((pupil) => isMeant(pupil) && pupil.days.linkedOn !== undefined);
    await world.each(
      linked.filter(({ key }) => world.random('guardian', key).chance(BY_GUARDIAN)),
      (pupil) => propose(world, running, pupil),
    );
  },
};

const keep = (running: Running, pupil: Pupil, by: Desk, changes: ToldOf, update: Update | null): void => {
  if (update !== null) running.set(pupil.person, { pupil, id: update.id, changes, by });
};

/** The school enters whether a child boards. */
const enter = async (world: World, running: Running, pupil: Pupil): Promise<void> => {
  if (running.has(pupil.person)) return;
  const { registrar } = schoolDesks(pupil.school);
  const found = await world.read<{ student: { profile: { isBoarder: boolean | null } | null } | null }>(
    registrar,
    'query ($id: ID!) { student(id: $id) { profile { isBoarder } } }',
    { id: pupil.person },
  );
  const changes = { isBoarder: !(found?.student?.profile?.isBoarder ?? false) };
  const input = { student: pupil.person, changes };
  keep(running, pupil, registrar, changes, await order(world, registrar, 'submitInformationUpdate', input));
};

const ethnicityOf = async (world: World, { school, person }: Pupil): Promise<string | undefined> => {
  const found = await world.read<{ student: { ethnicity: string | null } | null }>(
    schoolDesks(school).registrar,
    'query ($id: ID!) { student(id: $id) { ethnicity } }',
    { id: person },
  );
  return found?.student?.ethnicity ?? undefined;
};

/** Parents propose a telephone number or what the household register says. */
const propose = async (world: World, running: Running, pupil: Pupil): Promise<void> => {
  if (running.has(pupil.person)) return;
  const guardian = guardianDesk(`year-guardian-${pupil.key}`);
  const random = world.random('proposal', pupil.key);
  const contactPhone = `139${random.between(10_000_000, 99_999_999)}`;
  const isOfIdentity = random.chance(OF_IDENTITY);
  const known = await ethnicityOf(world, pupil);
  const changes = isOfIdentity ? { ethnicity: known === '11' ? '01' : '11' } : { contactPhone };
  const evidence = isOfIdentity ? { evidence: [{ kind: 'HOUSEHOLD_REGISTER' }] } : {};
  const input = { student: pupil.person, changes, ...evidence };
  keep(running, pupil, guardian, changes, await order(world, guardian, 'submitInformationUpdate', input));
};

const goOn = async (world: World, running: Running, note: Note): Promise<void> => {
  const { registrar } = schoolDesks(note.pupil.school);
  const seen = await world.read<{ informationUpdate: Update | null }>(
    registrar,
    `query ($id: ID!) { informationUpdate(id: $id) { ${selected} } }`,
    { id: note.id },
  );
  const update = seen?.informationUpdate;
  if (!update || world.random('puts off', note.pupil.key).chance(PUTS_OFF)) return;
  const after = await worked(world, note, update);
  if (after === null || ['SCHOOL_REVIEW', 'AUTHORITY_REVIEW'].includes(after.state)) return;
  running.delete(note.pupil.person);
  world.tally.act(`information update ${after.state}`);
  if (after.state === 'APPLIED') world.shared.identity.told(note.pupil, note.changes, world.today);
};

const worked = (world: World, note: Note, update: Update): Promise<Update | null> | Update => {
  if (update.state === 'AUTHORITY_REVIEW') return byAuthority(world, note, update);
  if (update.state !== 'SCHOOL_REVIEW') return update;
  if (world.random('taken back', note.pupil.key).chance(TAKEN_BACK))
    return order(world, note.by, 'withdrawInformationUpdate', {
      update: update.id,
      expectedVersion: update.version,
    });
  return bySchool(world, note, update);
};

const seenOf = ({ id, version }: Update) => ({ update: id, expectedVersion: version });

/** Who decides gives a reason for a refusal; the first try has none. */
const decide = async (world: World, as: Desk, { pupil }: Note, update: Update): Promise<Update | null> => {
  if (!world.random('decision', pupil.key).chance(REJECTED))
    return order(world, as, 'decideInformationUpdate', { ...seenOf(update), decision: 'CONFIRM' });
  const rejected = { ...seenOf(update), decision: 'REJECT' };
  await order(world, as, 'decideInformationUpdate', rejected, { expects: ['DECISION_REASON_MISSING'] });
  return order(world, as, 'decideInformationUpdate', { ...rejected, reason: '与材料不符' });
};

/** Living data that parents report are the registrar's to confirm; what the registrar entered and who a child is, the head's. */
const bySchool = async (world: World, note: Note, update: Update): Promise<Update | null> => {
  const { pupil, changes, by } = note;
  const { registrar, head } = schoolDesks(pupil.school);
  if (changes.contactPhone !== undefined) return decide(world, registrar, note, update);
  if (changes.ethnicity === undefined) {
    if (by.school === pupil.school && world.random('alone', pupil.key).chance(ALONE))
      await order(
        world,
        registrar,
        'decideInformationUpdate',
        { ...seenOf(update), decision: 'CONFIRM' },
        {
          expects: ['SAME_PERSON_HANDLES_AND_DECIDES'],
        },
      );
    return decide(world, head, note, update);
  }
  const copies = await paper(world, registrar, 'HOUSEHOLD_REGISTER', pupil.key);
  const evidence = copies.map(({ upload, kind }) => ({ upload, kind }));
  const handled = await order(world, registrar, 'handleInformationUpdate', {
    ...seenOf(update),
    opinion: '与户口簿一致',
    evidence,
  });
  return handled && decide(world, head, note, handled);
};

const byAuthority = async (world: World, note: Note, update: Update): Promise<Update | null> => {
  const { registrar, head } = desksAt(world, update.steps.at(-1)?.unit ?? '');
  const isHandled = update.steps.at(-1)?.handledAt !== null;
  const handled = isHandled
    ? update
    : await order(world, registrar, 'handleInformationUpdate', seenOf(update));
  return handled && decide(world, head, note, handled);
};
