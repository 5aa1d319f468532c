import type { Actor } from '../actor.ts';
import { isFirstOf } from '../days.ts';
import { desksAt } from '../world/case-work.ts';
import { type Desk, schoolDesks } from '../world/desks.ts';
import type { ToldOf } from '../world/identity-notes.ts';
import { type KeyValues, mendedNumber, otherName } from '../world/key-values.ts';
import { paper } from '../world/papers.ts';
import type { Pupil } from '../world/roster.ts';
import { someOf } from '../world/sampling.ts';
import { type Remarks, sendsAbout } from '../world/sending.ts';
import type { World } from '../world/world.ts';

type Change = {
  id: string;
  version: number;
  state: string;
  steps: { unit: string; handledAt: string | null }[];
};
type Known = KeyValues & { identityVersion: number };
/** What is asked for, in the words of the input. */
type Wanted = {
  name?: string;
  gender?: string;
  birthDate?: string;
  idDocumentType?: string;
  idDocumentNumber?: string;
};
type Note = { pupil: Pupil; id: string; to: Wanted };
type Running = Map<string, Note>;

const MONTHLY = 0.0004;
const NUMBER_IS_WRONG = 0.25;
const NO_PROOF = 0.15;
const ANOTHERS_NUMBER = 0.08;
const PUTS_OFF = 0.15;
const TAKEN_BACK = 0.08;
const TOO_EARLY = 0.05;
const RETURNS = 0.1;
const REFUSES = 0.04;

const selected = 'id version state steps { unit handledAt }';
const order = sendsAbout<Change>('change', selected);
/** Of somebody who has left meanwhile nothing is decided any more. */
const GONE = ['REGISTRATION_NOT_APPROVED'];

/** Names and ID numbers that were written wrongly: asked for by the school, decided by its authority, checked again (W-07). */
export const actor: Actor = {
  name: 'key changes',
  at: '10:15',
  act: async (day, world) => {
    const running = world.memory<Running>(() => new Map());
    const notes = [...running.values()].sort((a, b) => (a.pupil.key < b.pupil.key ? -1 : 1));
    await world.each(notes, (note) => goOn(world, running, note));
    if (!isFirstOf(world.shared.days, day)) return;
    const isMeant = ({ status, person }: Pupil) => status === 'IN_SCHOOL' && !running.has(person);
    await world.each(someOf(world, MONTHLY, isMeant, 1), (pupil) => ask(world, running, pupil));
  },
};

const proofs = async (world: World, who: Desk, kind: string, { key }: Pupil) =>
  (await paper(world, who, kind, key)).map(({ upload }) => ({ upload, kind }));

const ask = async (world: World, running: Running, pupil: Pupil): Promise<void> => {
  const { registrar } = schoolDesks(pupil.school);
  const random = world.random(pupil.key);
  const found = await world.read<{ student: Known | null }>(
    registrar,
    `query ($id: ID!) { student(id: $id) {
       identityVersion name gender birthDate identityDocument { type number(full: true) } } }`,
    { id: pupil.person },
  );
  const known = found?.student;
  if (!known) return;
  const to = wantedOf(world, pupil, known);
  const input = { student: pupil.person, expectedVersion: known.identityVersion, to };
  if (random.chance(NO_PROOF))
    await order(
      world,
      registrar,
      'requestKeyInformationChange',
      { ...input, evidence: [] },
      {
        expects: ['KEY_INFO_PROOF_MISSING'],
      },
    );
  const evidence = await proofs(world, registrar, 'HOUSEHOLD_REGISTER', pupil);
  const opened = await order(world, registrar, 'requestKeyInformationChange', { ...input, evidence });
  if (opened !== null) running.set(pupil.person, { pupil, id: opened.id, to });
};

/** The name, or the number with the day that it says; now and then the number is another child's. */
const wantedOf = (world: World, pupil: Pupil, known: Known): Wanted => {
  const random = world.random('wanted', pupil.key);
  const isResident = known.identityDocument?.type === 'RESIDENT_ID';
  if (isResident && random.chance(ANOTHERS_NUMBER)) {
    const other = world.roster
      .at(pupil.school)
      .find(({ person, form }) => person !== pupil.person && form?.student.idDocumentType === 'RESIDENT_ID')
      ?.form?.student;
    if (other?.idDocumentNumber)
      return {
        ...{ idDocumentType: 'RESIDENT_ID', idDocumentNumber: other.idDocumentNumber },
        ...{ birthDate: other.birthDate, gender: other.gender },
      };
  }
  const mended = isResident && random.chance(NUMBER_IS_WRONG) ? mendedNumber(known, random) : undefined;
  if (mended !== undefined) return { idDocumentType: 'RESIDENT_ID', idDocumentNumber: mended };
  return { name: otherName(known.name, random) };
};

/** Whoever has the turn looks at the change and goes on with it, or puts it off for a week. */
const goOn = async (world: World, running: Running, note: Note): Promise<void> => {
  const { pupil } = note;
  const { registrar } = schoolDesks(pupil.school);
  const seen = await world.read<{ keyInformationChange: Change | null }>(
    registrar,
    `query ($id: ID!) { keyInformationChange(id: $id) { ${selected} } }`,
    { id: note.id },
  );
  const change = seen?.keyInformationChange;
  if (!change) return;
  const after = await worked(world, note, change);
  if (after !== null && ['APPLIED', 'REJECTED', 'WITHDRAWN'].includes(after.state))
    ended(world, running, note, after);
};

const worked = async (world: World, note: Note, change: Change): Promise<Change | null> => {
  const { pupil } = note;
  const { registrar, head } = schoolDesks(pupil.school);
  const random = world.random('turn', pupil.key);
  const that = { change: change.id, expectedVersion: change.version };
  const takeBack = (reason: string) =>
    order(world, registrar, 'withdrawKeyInformationChange', { ...that, reason });
  const allows = pupil.status === 'IN_SCHOOL' || pupil.status === 'SUSPENDED' ? [] : GONE;
  switch (change.state) {
    case 'RECHECKING':
      world.tally.violated('a change of key information waits for its checks though the register answers');
      return null;
    case 'CHECK_FAILED':
      return takeBack('核对后撤回');
    case 'DRAFTED':
      return order(
        world,
        registrar,
        'handleKeyInformationChange',
        {
          ...that,
          evidence: await proofs(world, registrar, 'ID_CARD', pupil),
        },
        { allows },
      );
    case 'SCHOOL_HANDLED':
      if (world.fate(pupil.key).chance(TAKEN_BACK)) return takeBack('家长撤回申请');
      if (random.chance(PUTS_OFF)) return null;
      return order(world, head, 'decideKeyInformationChange', { ...that, decision: 'APPROVE' }, { allows });
    case 'AUTHORITY_DECIDING':
      return random.chance(PUTS_OFF) ? null : decided(world, note, change, allows);
    default:
      return change;
  }
};

/**
 * The authority: its registrar handles, its head decides, now and then too early, and gives some back. What is approved
 * goes on to its checks by itself, so the same answer need not come twice.
 */
const decided = async (
  world: World,
  { pupil }: Note,
  change: Change,
  allows: readonly string[],
): Promise<Change | null> => {
  const step = change.steps.at(-1);
  const { registrar, head } = desksAt(world, step?.unit ?? '');
  const random = world.random('decision', pupil.key);
  const seen = ({ id, version }: Change) => ({ change: id, expectedVersion: version });
  const decide = (of: Change, decision: string, more: Remarks = {}, reason: string | null = null) =>
    order(
      world,
      head,
      'decideKeyInformationChange',
      { ...seen(of), decision, reason },
      {
        countsAs: `key change ${decision}`,
        ...more,
      },
    );
  if (step?.handledAt === null && random.chance(TOO_EARLY))
    await decide(change, 'APPROVE', { expects: ['STEP_NOT_HANDLED'] });
  const handled =
    step?.handledAt === null
      ? await order(
          world,
          registrar,
          'handleKeyInformationChange',
          { ...seen(change), opinion: '材料齐全' },
          { allows },
        )
      : change;
  if (handled === null) return null;
  if (random.chance(RETURNS)) return decide(handled, 'RETURN', {}, '请补充身份证复印件');
  if (random.chance(REFUSES)) {
    await decide(handled, 'REFUSE', { expects: ['DECISION_REASON_MISSING'] });
    return decide(handled, 'REFUSE', {}, '证明材料不足');
  }
  return decide(handled, 'APPROVE', { allows, isVolatile: true });
};

const ended = (world: World, running: Running, { pupil, to }: Note, { state }: Change): void => {
  running.delete(pupil.person);
  world.tally.act(`key change ${state}`);
  if (state !== 'APPLIED') return;
  const told: ToldOf = {
    ...(to.name === undefined ? {} : { name: to.name }),
    ...(to.idDocumentNumber === undefined ? {} : { documentNumber: to.idDocumentNumber }),
  };
  world.shared.identity.keyChanged(pupil, told, world.today);
};
