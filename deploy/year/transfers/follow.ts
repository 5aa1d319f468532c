import { unitDesks } from '../world/desks.ts';
import { provinceOf } from '../world/province-of.ts';
import type { World } from '../world/world.ts';
import { forget, type TransferNote } from './notes.ts';
import { callUp, type TransferView, transferFields } from './orders.ts';

/** A case as the authority of the receiving school sees it now. */
const seenOf = async (world: World, { id, targetAuthority }: TransferNote): Promise<TransferView | null> => {
  const level = world.shared.plan.tree.find(targetAuthority)?.level ?? 'COUNTY';
  const found = await world.read<{ transferCase: TransferView }>(
    unitDesks(targetAuthority, level).head,
    `query ($id: ID!) { transferCase(id: $id) { ${transferFields} } }`,
    { id },
  );
  return found?.transferCase ?? null;
};

const ends = ['REJECTED', 'WITHDRAWN', 'PURGED', 'DISCARDED', 'AUTO_CANCELLED'];

const isOver = ({ state }: TransferView): boolean => state === 'HANDED_OVER' || ends.includes(state);

/** The case has ended, or goes on to its end by itself as soon as everything is at rest. */
export const isEnding = (seen: TransferView): boolean =>
  isOver(seen) || seen.state === 'APPROVED' || seen.state === 'CALL_UP';

/** How cases of a kind are counted: within a province, or from one into another. */
const nameOf = ({ kind, source, target, stage }: TransferNote): string => {
  const way =
    kind === 'IN_PROVINCE_TRANSFER' ? provinceOf(target) : `${provinceOf(source)}>${provinceOf(target)}`;
  const what = kind === 'CROSS_PROVINCE_STUDY' ? 'study' : 'transfer';
  return `${stage === 'SENIOR' ? 'senior ' : ''}${what} ${way}`;
};

/** What has become of a case: the pupil is at the receiving school, or free again; the case while it runs. */
export const followUp = async (world: World, note: TransferNote): Promise<TransferView | null> => {
  const seen = await seenOf(world, note);
  if (seen === null) return null;
  if (!isOver(seen)) return seen;
  if (seen.state === 'HANDED_OVER') moved(world, note);
  if (seen.state === 'AUTO_CANCELLED' && note.course === 'CALLS_TOO_LATE')
    await callUp(world, note, seen, { reportedOn: world.today, expects: ['CASE_ENDED'] });
  world.tally.act(`${nameOf(note)} ${seen.state}`);
  forget(world, note);
  return null;
};

const moved = (world: World, { kind, pupil, target, stage, entryYearAdj }: TransferNote): void => {
  const isStudy = kind === 'CROSS_PROVINCE_STUDY';
  world.roster.changed(pupil, {
    ...{ school: target, stage, entryYearAdj },
    ...(isStudy ? { status: 'IN_SCHOOL' as const } : {}),
  });
};

/** Whoever has reported is called up; of those who have not, or whose file is forgotten, somebody may try in vain. */
export const afterTheApprovals = async (
  world: World,
  note: TransferNote,
  seen: TransferView,
): Promise<TransferView | null> => {
  if (note.course === 'CALLS_TOO_LATE') return null;
  if (note.course === 'NEVER_REPORTS') {
    if (note.tried.has('not there')) return null;
    note.tried.add('not there');
    const expects = ['CALL_UP_WITHOUT_REPORTING'];
    const [tomorrow = world.today] = world.shared.days.filter((day) => day > world.today);
    if (tomorrow > world.today) await callUp(world, note, seen, { reportedOn: tomorrow, expects });
    return null;
  }
  return callUp(world, note, seen, { reportedOn: world.today });
};
