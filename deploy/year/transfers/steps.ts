import { weekday } from '#libs/law/dates.ts';
import { desksAt } from '../world/case-work.ts';
import type { Desk } from '../world/desks.ts';
import type { World } from '../world/world.ts';
import { isFirstTime, type TransferNote } from './notes.ts';
import { begin, type Decision, decide, handle, type TransferStep, type TransferView } from './orders.ts';

const TUESDAY = 2;
const TRIES_ILLEGALLY = 0.15;

/** The two of one unit do its step; the case after it, null where nothing came of it. */
export const doStep = async (
  world: World,
  note: TransferNote,
  seen: TransferView,
  step: TransferStep,
): Promise<TransferView | null> => {
  if (seen.state === 'DRAFT') return begin(world, note, seen);
  const { registrar, head } = desksAt(world, step.unit);
  const handled = step.handledAt === null ? await handle(world, registrar, seen) : seen;
  if (handled === null) return null;
  await beforeDeciding(world, note, handled, step, head);
  const decision = decisionOf(world, note, step);
  const after = await decide(world, head, handled, decision);
  if (after !== null)
    world.tally.act(`transfer step of ${step.party} ${decision.reasons?.[0] ?? decision.decision}`);
  return after;
};

const approval: Decision = { decision: 'APPROVE' };
const refusal = (reason: string): Decision => ({ decision: 'REFUSE', reasons: [reason] });

const decisionOf = (world: World, note: TransferNote, { party }: TransferStep): Decision => {
  switch (party) {
    case 'PREFILING_BUREAU':
      return isStopped(world, note) ? refusal('INTRA_DISTRICT_TRANSFER') : approval;
    case 'SOURCE_SCHOOL':
      return note.course === 'REFUSE' ? refusal('REGISTRATION_INFO_WRONG') : approval;
    case 'SOURCE_AUTHORITY':
      return note.course === 'REFUSE' ? refusal('REGISTRATION_INFO_WRONG') : approval;
    case 'TARGET_AUTHORITY':
      return byReceivingAuthority(world, note);
    case 'TARGET_COMPETENT_AUTHORITY':
      return { ...approval, says: { weighed: pointsOf(note) } };
    default:
      return approval;
  }
};

/** Beiguan lets nobody change between its own schools, in principle (TRF-13): the bureau ends every second of these cases. */
export const isStopped = (world: World, { source, target, pupil }: TransferNote): boolean =>
  world.isBeiguan(source) && world.isBeiguan(target) && world.fate('stopped', pupil.key).chance(0.5);

const byReceivingAuthority = (world: World, note: TransferNote): Decision => {
  const isStudy = note.kind === 'CROSS_PROVINCE_STUDY';
  if (note.course === 'REFUSED_THERE')
    return refusal(isStudy ? 'ADMISSION_CONDITION_NOT_MET' : 'PROOF_NOT_GENUINE');
  if (isLevelAsked(world, note) && !isComparable(world, note)) return refusal('SENIOR_GROUND_NOT_MET');
  return {
    ...approval,
    says: {
      ...(isStudy ? { admission: { meetsPolicy: true, inPlan: true } } : {}),
      ...(isPrivate(world, note) ? { weighed: pointsOf(note) } : {}),
      ...(note.stage === 'SENIOR' && !isStudy ? { comparableLevel: true } : {}),
    },
  };
};

const pointsOf = ({ stage }: TransferNote): string[] => [
  ...['PRIVATE_SHARE', 'FREE_PLACES'],
  ...(stage === 'SENIOR' ? ['ADMISSION_PLAN', 'ENTRANCE_EXAM'] : []),
];

const isPrivate = (world: World, { target }: TransferNote): boolean =>
  world.schoolOf(target)?.ownership === 'PRIVATE';

/** Shanxi asks its authorities whether senior schools are of comparable level (TRF-11); a case keeps the law of its start. */
const isLevelAsked = (world: World, { kind, stage, target, startsOn }: TransferNote): boolean =>
  kind !== 'CROSS_PROVINCE_STUDY' && stage === 'SENIOR' && world.isShanxiLaw(target, startsOn);

/** True for the first case of its kind whose level an authority has to weigh. */
const isFirstWeighed = ({ shared: { memory } }: World, { kind, ordinal }: TransferNote): boolean => {
  const key = `first level weighed of ${kind}`;
  if (!memory.has(key)) memory.set(key, ordinal);
  return memory.get(key) === ordinal;
};

/**
 * Of the senior schools that pupils want to change between most are of comparable level. A small year sees both: the first within a
 * province are, the first of two provinces are not.
 */
const isComparable = (world: World, note: TransferNote): boolean =>
  isFirstWeighed(world, note)
    ? note.kind === 'IN_PROVINCE_TRANSFER'
    : note.ordinal % 3 !== 2 && world.fate('level', note.pupil.key).chance(0.9);

/** What people try first, and are told. */
const beforeDeciding = async (
  world: World,
  note: TransferNote,
  seen: TransferView,
  { party }: TransferStep,
  head: Desk,
): Promise<void> => {
  const inVain = (what: string, decision: Decision, code: string) =>
    isFirstTime(note, what) ? decide(world, head, seen, { ...decision, expects: [code] }) : undefined;
  const illegally = (reason: string) =>
    inVain(`illegal ${party}`, refusal(reason), 'ILLEGAL_REJECTION_REASON');
  const isStudy = note.kind === 'CROSS_PROVINCE_STUDY';
  if (
    party === 'PREFILING_BUREAU' &&
    weekday(note.filedOn ?? world.today) !== TUESDAY &&
    !isStopped(world, note)
  )
    await inVain('no reason', { ...approval, note: null }, 'NOT_PREFILING_DAY');
  if (party === 'SOURCE_SCHOOL' && world.fate('illegal', note.pupil.key).chance(TRIES_ILLEGALLY))
    await illegally('PROBLEM_RECORD_OPEN');
  if (party === 'SOURCE_AUTHORITY' && isStudy && note.ordinal % 2 === 0)
    await illegally('SUSPECTED_IRREGULAR_ADMISSION');
  if (party !== 'TARGET_AUTHORITY' || note.course === 'REFUSED_THERE') return;
  if (isStudy && note.ordinal % 4 === 0)
    await inVain(
      'out of plan',
      { ...approval, says: { admission: { meetsPolicy: true, inPlan: false } } },
      'NOT_IN_PLAN',
    );
  if (isPrivate(world, note) && world.isShanxiLaw(note.target) && !isStudy)
    await inVain('not weighed', { ...approval, says: { weighed: [] } }, 'PRIVATE_SCHOOL_QUOTA_REVIEW');
  if (isLevelAsked(world, note))
    await inVain(
      'level not stated',
      { ...approval, says: isComparable(world, note) ? {} : { comparableLevel: false } },
      'SENIOR_GROUND_NOT_MET',
    );
};
