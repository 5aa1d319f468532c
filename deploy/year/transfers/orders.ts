import { type Desk, schoolDesks } from '../world/desks.ts';
import type { World } from '../world/world.ts';
import type { TransferNote } from './notes.ts';

export type TransferStep = { party: string; unit: string; handledAt: string | null; decision: string | null };
export type TransferView = {
  id: string;
  version: number;
  state: string;
  findings: { code: string }[];
  steps: TransferStep[];
};
export type TransferPayload = { transfer: TransferView | null };

export const transferFields = 'id version state findings { code } steps { party unit handledAt decision }';
const gives = `transfer { ${transferFields} }`;

/** What may come between the start of a case and its last approval: the law is asked once more then. */
const mayHaveCome = [
  ...['SUSPENDED', 'STATUS_NOT_TRANSFERABLE', 'CASE_ALREADY_RUNNING', 'NO_ACTIVE_REGISTRATION'],
  ...['TARGET_SCHOOL_NOT_ACTIVE', 'VERSION_CONFLICT', 'NO_PLACE_AVAILABLE', 'NOT_GRADUATED'],
];

export const orderOn = ({ id, version }: TransferView) => ({ transfer: id, expectedVersion: version });

const on = async (
  world: World,
  as: Desk,
  does: string,
  input: Record<string, unknown>,
  said: { expects?: readonly string[]; allows?: readonly string[]; countsAs?: string | null } = {},
): Promise<TransferView | null> => {
  const type = `${does.charAt(0).toUpperCase()}${does.slice(1)}Input`;
  const payload = await world.order<TransferPayload>({ as, does, type, gives, input, ...said });
  return payload?.transfer ?? null;
};

export const handle = (world: World, as: Desk, seen: TransferView): Promise<TransferView | null> =>
  on(world, as, 'handleTransferStep', orderOn(seen), {
    countsAs: 'transfer step handled',
    allows: mayHaveCome,
  });

/** What somebody decides on a step, and says with it. */
export type Decision = {
  decision: 'APPROVE' | 'REFUSE';
  reasons?: readonly string[];
  note?: string | null;
  says?: Record<string, unknown>;
  expects?: readonly string[];
};

export const decide = (
  world: World,
  as: Desk,
  seen: TransferView,
  { decision, reasons = [], note = '情况属实，符合规定', says = {}, expects }: Decision,
): Promise<TransferView | null> =>
  on(
    world,
    as,
    'decideTransferStep',
    { ...orderOn(seen), decision, note, reasons, ...says },
    { countsAs: null, expects, allows: expects === undefined ? mayHaveCome : [] },
  );

/** The head of the receiving school starts a case; what is filed with the bureau first (form F9) its registrar files. */
export const begin = async (
  world: World,
  note: TransferNote,
  draft: TransferView,
): Promise<TransferView | null> => {
  const { registrar, head } = schoolDesks(note.target);
  if (!note.isFiled) return decide(world, head, draft, { decision: 'APPROVE' });
  const sheet = { dataChecked: true, nature: 'RETURNING_TO_CITY', proofsChecked: true };
  if (world.fate('incomplete', note.pupil.key).chance(0.3))
    await on(
      world,
      registrar,
      'prefileTransfer',
      { ...orderOn(draft), ...sheet, proofsChecked: false },
      { expects: ['PREFILING_INCOMPLETE'] },
    );
  note.filedOn = world.today;
  return on(world, registrar, 'prefileTransfer', { ...orderOn(draft), ...sheet }, { allows: mayHaveCome });
};

/** The receiving school calls up the file. */
export const callUp = (
  world: World,
  note: TransferNote,
  seen: TransferView,
  { reportedOn, expects }: { reportedOn: string; expects?: readonly string[] },
): Promise<TransferView | null> =>
  on(
    world,
    schoolDesks(note.target).registrar,
    'callUpFile',
    { ...orderOn(seen), reportedOn },
    { ...(expects ? { expects } : {}) },
  );

/** The guardian takes the application back. */
export const withdrawBy = (world: World, guardian: Desk, seen: TransferView): Promise<TransferView | null> =>
  on(world, guardian, 'withdrawTransfer', orderOn(seen));
