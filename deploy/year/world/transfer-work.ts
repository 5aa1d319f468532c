import { desksAt } from './case-work.ts';
import { type Desk, guardianDesk, schoolDesks, unitDesks } from './desks.ts';
import { forget, type TransferNote } from './transfer-notes.ts';
import type { World } from './world.ts';

export type TransferView = {
  id: string;
  version: number;
  state: string;
  steps: { party: string; unit: string; handledAt: string | null; decision: string | null }[];
};
export type TransferPayload = { transfer: TransferView | null };

export const transferFields = 'id version state steps { party unit handledAt decision }';
const gives = `transfer { ${transferFields} }`;

/** What may come between the start of a case and its last approval: the law is asked once more then. */
const mayHaveCome = [
  ...['SUSPENDED', 'STATUS_NOT_TRANSFERABLE', 'CASE_ALREADY_RUNNING', 'NO_ACTIVE_REGISTRATION'],
  ...['TARGET_SCHOOL_NOT_ACTIVE', 'VERSION_CONFLICT'],
];

const authorityOf = ({ shared: { plan } }: World, { targetAuthority }: TransferNote): Desk =>
  unitDesks(targetAuthority, plan.tree.find(targetAuthority)?.level ?? 'COUNTY').head;

/** A case as the authority of the receiving school sees it now. */
export const seenOf = async (world: World, note: TransferNote): Promise<TransferView | null> =>
  (
    await world.read<{ transferCase: TransferView }>(
      authorityOf(world, note),
      `query ($id: ID!) { transferCase(id: $id) { ${transferFields} } }`,
      { id: note.id },
    )
  )?.transferCase ?? null;

const orderOn = ({ id, version }: TransferView) => ({ transfer: id, expectedVersion: version });

const handle = (world: World, who: Desk, seen: TransferView): Promise<TransferPayload | null> =>
  world.order<TransferPayload>({
    as: who,
    does: 'handleTransferStep',
    type: 'HandleTransferStepInput',
    gives,
    countsAs: 'transfer step handled',
    allows: mayHaveCome,
    input: orderOn(seen),
  });

type Decided = { decision: 'APPROVE' | 'REFUSE'; reasons?: readonly string[]; expects?: readonly string[] };

const decide = (
  world: World,
  who: Desk,
  seen: TransferView,
  { decision, reasons, expects }: Decided,
): Promise<TransferPayload | null> =>
  world.order<TransferPayload>({
    as: who,
    does: 'decideTransferStep',
    type: 'DecideTransferStepInput',
    gives,
    countsAs: `transfer step ${decision}`,
    expects,
    allows: expects === undefined ? mayHaveCome : [],
    input: {
      ...{ ...orderOn(seen), decision, note: '情况属实，符合规定', reasons: reasons ?? [] },
      weighed: ['PRIVATE_SHARE', 'FREE_PLACES', 'ADMISSION_PLAN', 'ENTRANCE_EXAM'],
    },
  });

/** A sending school would rather keep the pupil: it names a reason that is none, and is told so (ENR-32, TRF-52). */
const refuseIllegally = (world: World, who: Desk, seen: TransferView) =>
  decide(world, who, seen, {
    ...{ decision: 'REFUSE', reasons: ['PROBLEM_RECORD_OPEN'] },
    expects: ['ILLEGAL_REJECTION_REASON'],
  });

/** The two of one unit do its step; the case as it stands then. */
export const doStep = async (
  world: World,
  note: TransferNote,
  seen: TransferView,
  step: TransferView['steps'][number],
): Promise<TransferView | null> => {
  const { registrar, head } = desksAt(world, step.unit);
  const handled = step.handledAt === null ? (await handle(world, registrar, seen))?.transfer : seen;
  if (!handled) return null;
  if (step.party === 'SOURCE_SCHOOL') {
    if (note.triedIllegally === false && world.fate('illegal', note.pupil.key).chance(0.15)) {
      note.triedIllegally = true;
      await refuseIllegally(world, head, handled);
    }
    if (note.course === 'REFUSE') {
      const reasons = ['REGISTRATION_INFO_WRONG'];
      return (await decide(world, head, handled, { decision: 'REFUSE', reasons }))?.transfer ?? null;
    }
  }
  return (await decide(world, head, handled, { decision: 'APPROVE' }))?.transfer ?? null;
};

/** The head of the receiving school starts a case. */
export const start = async (world: World, note: TransferNote, draft: TransferView): Promise<void> => {
  const { head } = schoolDesks(note.target);
  await decide(world, head, draft, { decision: 'APPROVE' });
};

/** The guardian gets a login and takes the application back. */
export const withdraw = async (world: World, note: TransferNote, seen: TransferView): Promise<void> => {
  const { pupil } = note;
  const subject = `year-guardian-${pupil.key}`;
  if (pupil.days.linkedOn === undefined) {
    const linked = await linkGuardian(world, note, subject);
    if (!linked) return;
    pupil.days.linkedOn = world.today;
    await world.rest();
  }
  await world.order<TransferPayload>({
    as: guardianDesk(subject),
    does: 'withdrawTransfer',
    type: 'WithdrawTransferInput',
    gives,
    input: orderOn(seen),
  });
};

const linkGuardian = async (world: World, { pupil }: TransferNote, subject: string): Promise<boolean> => {
  for (const position of [1, 2]) {
    const linked = await world.order<{ student: { id: string } | null }>({
      as: schoolDesks(pupil.school).registrar,
      does: 'linkGuardian',
      type: 'LinkGuardianInput',
      gives: 'student { id }',
      allows: ['NOT_GUARDIAN_OF_STUDENT', 'NOT_FOUND', 'BAD_USER_INPUT'],
      input: { student: pupil.person, subject, position, basis: 'HOUSEHOLD_REGISTER' },
    });
    if (linked?.student) return true;
  }
  return false;
};

const ends = ['REJECTED', 'WITHDRAWN', 'PURGED', 'DISCARDED', 'AUTO_CANCELLED'];

/** What has become of a case: the pupil is at the receiving school, or free again. */
export const followUp = async (world: World, note: TransferNote): Promise<TransferView | null> => {
  const seen = await seenOf(world, note);
  if (seen === null) return null;
  const isOver = seen.state === 'HANDED_OVER' || ends.includes(seen.state);
  if (!isOver) return seen;
  const { pupil, target, stage, entryYearAdj } = note;
  if (seen.state === 'HANDED_OVER') world.roster.changed(pupil, { school: target, stage, entryYearAdj });
  world.tally.act(`transfer ${seen.state}`);
  forget(world, note);
  return null;
};
