import { type ArchiveStanding, archiveStanding } from '#libs/contracts/commands/archive-standing.ts';
import { moveRegistration } from '#libs/contracts/commands/hand-over-registration.ts';
import { TransferCompleted, TransferRejected } from '#libs/contracts/events/transfer.ts';
import { enforces } from '#libs/law/enforces.ts';
import { stateAfter } from '#libs/law/transfer/acts.ts';
import type { TransferState } from '#libs/law/transfer/course.ts';
import { judgeHandOver } from '#libs/law/transfer/hand-over.ts';
import { ask } from '#libs/platform/commands/internal.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { AppError } from '#libs/platform/errors/errors.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { describe } from '#libs/platform/service/loop.ts';
import type { CaseRecord } from '../cases/case-record.ts';
import { lockFirst } from '../cases/case-rows.ts';
import { judgeStanding } from '../cases/judge-standing.ts';
import { tellChanged } from '../cases/live-signal.ts';
import { awaitsOtherCase, awaitsPlace, type CaseFinding, moveFailed } from '../cases/own-finding.ts';
import { lawPlaceOfParty } from '../cases/own-step.ts';
import { holdPlaceFor } from '../cases/places.ts';
import { caseFacts, saveCase } from '../cases/save-case.ts';
import type { Situation } from '../cases/situation.ts';
import { knownOf, situationOfCase } from '../commands/on-case.ts';

/** Where the worker has come in one round; a case whose facts cannot be asked now keeps none behind it from moving. */
export type Reached = { approvedAt: string; id: string } | undefined;

/** What became of one look at a case. AGAIN: with what is known now it may move at once. */
type Outcome =
  | { to: 'MOVED'; movedAt: string; state: TransferState }
  | { to: 'REJECTED'; findings: readonly CaseFinding[] }
  | { to: 'WAITS'; findings: readonly CaseFinding[] }
  | { to: 'AGAIN'; registrationVersion: number };

const tries = 3;
const pause = 60_000;

const askArchive = (core: ServiceCore, { id, person, enrollment }: CaseRecord) =>
  ask(core.bus, archiveStanding, { person, enrollment, transfer: id });

/** Without a version of the archive nothing moves: it is only told whether the case has moved the registration before. */
const askToMove = (core: ServiceCore, record: CaseRecord, archiveVersion: number | null) =>
  ask(core.bus, moveRegistration, {
    transfer: record.id,
    person: record.person,
    enrollment: record.enrollment,
    expectedVersion: record.registrationVersion,
    into: {
      school: record.target.school,
      stage: record.target.stage,
      entryYearAdj: record.target.entryYearAdj,
      lastGrade: record.target.lastGrade,
    },
    kind: record.kind,
    reportedOn: record.callUp?.reportedOn ?? null,
    archiveVersion,
    gradeAsOf: record.startedAt ?? record.openedAt,
  });

/** Another matter of the registration makes the case wait; everything else that is refused ends it. */
const standingIn = (findings: readonly CaseFinding[]): CaseFinding[] =>
  findings.filter(({ outcome, code }) => outcome === 'REJECT' && code !== 'CASE_ALREADY_RUNNING');

const awaitsPurge = (record: CaseRecord, { registration }: Situation): boolean =>
  (registration?.status === 'GRADUATED' || registration?.status === 'COMPLETED') &&
  stateAfter(record, 'PURGE_BY_GRADUATION') !== undefined;

/** The registration is not as it was seen: the law is asked once more, as of the start of the case. */
const judgeChanged = async (
  core: ServiceCore,
  record: CaseRecord,
  situation: Situation,
): Promise<Outcome> => {
  const from = await core.directory.school(record.source.school);
  const findings = judgeStanding(knownOf(core, record), record, situation, from?.succession?.into);
  // A pupil who has graduated meanwhile ends the case by that, not by a refusal (ENR-31).
  if (awaitsPurge(record, situation)) return { to: 'WAITS', findings: [] };
  const standing = standingIn(findings);
  if (standing.length > 0) return { to: 'REJECTED', findings: standing };
  const { registration } = situation;
  if (registration === null || registration.caseRuns) return { to: 'WAITS', findings: [awaitsOtherCase] };
  return { to: 'AGAIN', registrationVersion: registration.version };
};

/** The held place is gone: another is held, or the case waits and says so. */
const holdAnew = async (core: ServiceCore, record: CaseRecord, situation: Situation): Promise<Outcome> => {
  const full = await holdPlaceFor(core, record, situation);
  if (full.length === 0) return { to: 'AGAIN', registrationVersion: record.registrationVersion };
  const held = full.map((finding) => ({ ...finding, outcome: 'HOLD' as const }));
  return { to: 'WAITS', findings: [awaitsPlace, ...held] };
};

/**
 * What the archive says now: without the sending school's backup the registration waits (TRF-40); where a measure is in force
 * by now the law is asked once more (TRF-19). Undefined where it stops nothing.
 */
const judgeArchive = async (
  core: ServiceCore,
  record: CaseRecord,
  { backedUp, underDiscipline }: ArchiveStanding,
): Promise<Outcome | undefined> => {
  const place = await lawPlaceOfParty(core, record, 'SOURCE_SCHOOL');
  const unsaved = judgeHandOver({ sourceBackedUp: backedUp }, record.policyOn, place);
  if (unsaved.length > 0) return { to: 'WAITS', findings: unsaved };
  if (!underDiscipline) return undefined;
  const outcome = await judgeChanged(core, record, await situationOfCase(core, record));
  return outcome.to === 'REJECTED' ? outcome : undefined;
};

/** Asks enrollment to move the registration, and again with what has become known, a few times. */
const moveOf = async (core: ServiceCore, record: CaseRecord, left = tries): Promise<Outcome> => {
  const state = stateAfter(record, 'HAND_OVER');
  if (state === undefined) throw new Error('A case that lacks an approval moves nothing');
  const archive = await askArchive(core, record);
  const stopped = await judgeArchive(core, record, archive);
  const answer = await askToMove(core, record, stopped === undefined ? archive.version : null);
  if (answer.outcome === 'MOVED') return { to: 'MOVED', movedAt: answer.movedAt, state };
  if (stopped !== undefined) return stopped;
  const situation = await situationOfCase(core, record);
  const outcome =
    answer.outcome === 'CHANGED'
      ? await judgeChanged(core, record, situation)
      : await holdAnew(core, record, situation);
  if (outcome.to !== 'AGAIN') return outcome;
  if (left <= 1) return { to: 'WAITS', findings: [] };
  return moveOf(core, { ...record, registrationVersion: outcome.registrationVersion }, left - 1);
};

/** What an owner cannot be asked now is asked again soon; where asking fails otherwise, it would fail for ever. */
const moveOrSayWhy = async (core: ServiceCore, record: CaseRecord): Promise<Outcome> => {
  try {
    return await moveOf(core, record);
  } catch (error) {
    if (error instanceof AppError && error.code === 'SERVICE_UNAVAILABLE') throw error;
    core.log.warn({ transfer: record.id, error: describe(error) }, 'a registration could not be moved');
    return { to: 'WAITS', findings: [moveFailed] };
  }
};

const write = async (core: ServiceCore, tx: Tx, record: CaseRecord, outcome: Outcome): Promise<void> => {
  const now = core.clock.now();
  switch (outcome.to) {
    case 'MOVED': {
      const data = { ...caseFacts(record), movedAt: outcome.movedAt };
      const done = { ...record, state: outcome.state, endedAt: now };
      await saveCase(tx, now, record, done, [{ kind: TransferCompleted, data }]);
      return;
    }
    case 'REJECTED': {
      const { findings } = outcome;
      const reasons = [...new Set(findings.map(({ code }) => code))];
      const ended = { ...record, state: 'REJECTED' as const, endedAt: now, findings, releasePlace: true };
      await saveCase(tx, now, record, ended, [
        { kind: TransferRejected, data: { ...caseFacts(record), party: null, reasons } },
      ]);
      return;
    }
    case 'WAITS':
    case 'AGAIN': {
      const findings = outcome.to === 'WAITS' ? outcome.findings : record.findings;
      const until = new Date(Date.parse(now) + pause).toISOString();
      await saveCase(tx, now, record, { ...record, findings }, []);
      await execute(tx, 'update transfer_case set waits_until = $2 where case_id = $1', [record.id, until]);
    }
  }
};

const approved = `state in ('APPROVED', 'CALL_UP') and (waits_until is null or waits_until <= $1)
  and ($2::timestamptz is null or (approved_at, case_id) > ($2::timestamptz, $3::uuid))`;

/**
 * Moves the registration of the next case that everybody has approved (W-09), across provinces once its file was called up
 * (W-10). The case is locked while its owner is asked;
 * the move is done once for a case, so that a death between the move and this note of it changes nothing: asked again it is
 * done already (TRF-01). `at` is told where the round has come, undefined at its end. True when there may be more to do now.
 */
export const handOverNext = async (
  core: ServiceCore,
  after: Reached,
  at: (reached: Reached) => void,
): Promise<boolean> => {
  enforces('TRF-01', 'TRF-02');
  const found = await asWorker(core.worker, async (tx) => {
    const parameters = [core.clock.now(), after?.approvedAt ?? null, after?.id ?? null];
    const record = await lockFirst(tx, approved, parameters, 'approved_at, case_id');
    at(record?.approvedAt ? { approvedAt: record.approvedAt, id: record.id } : undefined);
    if (record === undefined) return undefined;
    await write(core, tx, record, await moveOrSayWhy(core, record));
    return record.id;
  });
  if (found !== undefined) tellChanged(core, found);
  return found !== undefined || after !== undefined;
};
