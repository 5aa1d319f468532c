import type { CaseEffect, CaseNote } from './case-notes.ts';
import type { Desk, Desks } from './desks.ts';
import { schoolDesks, unitDesks } from './desks.ts';
import type { Paper } from './papers.ts';
import type { Pupil } from './roster.ts';
import type { World } from './world.ts';

type Step = { unit: string; handledAt: string | null; decision: string | null };
export type CaseView = {
  id: string;
  kind: string;
  state: string;
  version: number;
  steps: Step[];
  student: { id: string };
};
type Payload = { case: CaseView | null };

export const caseFields = 'case { id kind state version student { id } steps { unit handledAt decision } }';

/** What somebody wants to be done about a registration, and what comes of it. */
export type CaseOrder = {
  does: string;
  type: string;
  pupil: Pupil;
  input: Record<string, unknown>;
  papers?: readonly Paper[];
  effect: CaseEffect;
  expects?: readonly string[];
  allows?: readonly string[];
};

/** The school's registrar asks for something about a registration; true where a case began. */
export const openCase = async (world: World, order: CaseOrder): Promise<boolean> => {
  const { pupil, does, type, effect } = order;
  const { registrar } = schoolDesks(pupil.school);
  const standing = await world.registrationOf(registrar, pupil);
  if (standing === null) return false;
  const payload = await world.order<Payload>({
    as: registrar,
    does,
    type,
    gives: caseFields,
    expects: order.expects,
    allows: order.allows,
    input: {
      enrollment: standing.id,
      expectedVersion: standing.version,
      ...order.input,
      evidence: order.papers ?? [],
    },
  });
  if (!payload?.case) return false;
  follow(world, payload.case, { pupil, effect, wasReturned: false });
  return true;
};

/** A case that somebody else opened, as it is found on a worklist. */
export const takeUp = (world: World, found: CaseView, pupil: Pupil, effect: CaseEffect): void =>
  follow(world, found, { pupil, effect, wasReturned: false });

/** Notes whose turn it is now, and what came of the case where it has ended. */
const follow = (
  world: World,
  seen: CaseView,
  { pupil, effect, wasReturned }: Pick<CaseNote, 'pupil' | 'effect' | 'wasReturned'>,
): void => {
  const step = seen.steps.at(-1);
  const note: CaseNote = {
    id: seen.id,
    version: seen.version,
    kind: seen.kind,
    pupil,
    effect,
    turn: step?.unit ?? '',
    handled: step?.handledAt !== null,
    wasReturned,
  };
  if (seen.state === 'RUNNING') {
    world.cases.put(note);
    return;
  }
  world.cases.ended(note);
  world.tally.act(`case ${seen.kind} ${seen.state}`);
  if (seen.state !== 'DONE') return;
  const { days, ...change } = effect;
  Object.assign(pupil.days, days);
  world.roster.changed(pupil, change);
};

/** The registrar whose turn it is handles the step. */
export const handleStep = async (
  world: World,
  who: Desk,
  note: CaseNote,
  more: { opinion?: string; evidence?: readonly Paper[] } = { opinion: '材料齐全' },
): Promise<void> => {
  const payload = await world.order<Payload>({
    as: who,
    does: 'handleEnrollmentCase',
    type: 'HandleEnrollmentCaseInput',
    gives: caseFields,
    countsAs: 'case step handled',
    input: { case: note.id, expectedVersion: note.version, ...more },
  });
  if (payload?.case) follow(world, payload.case, note);
};

/** The decision-maker whose turn it is decides; the case as it goes on. */
export const decideStep = async (
  world: World,
  who: Desk,
  note: CaseNote,
  decision: 'APPROVE' | 'RETURN' | 'REFUSE',
  more: { reason?: string | null; expects?: readonly string[]; allows?: readonly string[] } = {},
): Promise<void> => {
  const payload = await world.order<Payload>({
    as: who,
    does: 'decideEnrollmentCase',
    type: 'DecideEnrollmentCaseInput',
    gives: caseFields,
    countsAs: `case step ${decision}`,
    expects: more.expects,
    allows: more.allows,
    input: { case: note.id, expectedVersion: note.version, decision, reason: more.reason ?? null },
  });
  if (payload?.case)
    follow(world, payload.case, { ...note, wasReturned: note.wasReturned || decision === 'RETURN' });
};

/** The school takes its request back. */
export const takeBack = async (world: World, note: CaseNote, reason: string): Promise<void> => {
  const payload = await world.order<Payload>({
    as: schoolDesks(note.pupil.school).registrar,
    does: 'withdrawEnrollmentCase',
    type: 'WithdrawEnrollmentCaseInput',
    gives: caseFields,
    input: { case: note.id, expectedVersion: note.version, reason },
  });
  if (payload?.case) follow(world, payload.case, note);
};

/** The people of a school or a unit. */
export const desksAt = ({ shared: { plan } }: World, place: string): Desks => {
  const unit = plan.tree.find(place);
  return unit === undefined ? schoolDesks(place) : unitDesks(place, unit.level);
};
