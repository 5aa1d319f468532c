import { type ClaimRequest, claimPersons } from '#libs/contracts/commands/claim-persons.ts';
import { ask } from '#libs/platform/commands/internal.ts';
import { inRounds } from '#libs/platform/commands/rounds.ts';
import { query } from '#libs/platform/database/query.ts';
import { asWorker, inScope, type Scope } from '#libs/platform/database/scope.ts';
import { AppError } from '#libs/platform/errors/errors.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { type Loop, until } from '#libs/platform/service/loop.ts';
import { calendarOf } from '../calendar-of.ts';
import { finishIntakes, type IntakeOutcome } from './finish-intakes.ts';
import { type IntakeRow, openIntakes, type ToOpen } from './open-intakes.ts';

/** The identity side of an open intake. */
export const claimOf = (intake: IntakeRow): ClaimRequest => ({
  intake: intake.intake_id,
  school: intake.school,
  place: Number(intake.place),
  province: intake.province,
  region: intake.region,
  authority: intake.authority,
  sealed: (intake.sealed ?? Buffer.alloc(0)).toString('base64'),
  ...(intake.corrects && intake.person_id !== null ? { corrects: intake.person_id } : {}),
});

/** Asks identity for open intakes and ends them; whatever fails here is resumed by the sweeper. */
const resume = async (core: ServiceCore, open: readonly IntakeRow[]): Promise<IntakeOutcome[]> => {
  if (open.length === 0) return [];
  const { results } = await ask(core.bus, claimPersons, { claims: open.map(claimOf) });
  const schools = await core.directory.schoolsOf(open.map((intake) => intake.school));
  const calendar = await calendarOf(core);
  const outcomes = await asWorker(core.worker, (tx) =>
    finishIntakes({ tx, at: core.clock.now(), today: core.clock.today(), calendar, schools }, open, results),
  );
  core.wakeRelay();
  const ended = new Set(outcomes.map((outcome) => outcome.intake));
  const elsewhere = open.filter((intake) => !ended.has(intake.intake_id)).map((intake) => intake.intake_id);
  return [...outcomes, ...(await read(core, elsewhere)).map(endedAlready)];
};

/** Intakes as they stand now: another request, or the sweeper, may have ended them meanwhile. */
const read = (core: ServiceCore, intakes: readonly string[]): Promise<IntakeRow[]> =>
  intakes.length === 0
    ? Promise.resolve([])
    : asWorker(core.worker, (tx) =>
        query<IntakeRow>(tx, 'select * from intake where intake_id = any($1::uuid[])', [intakes]),
      );

const endedAlready = (intake: IntakeRow): IntakeOutcome => ({
  intake: intake.intake_id,
  contentKey: intake.content_key.toString('hex'),
  person: intake.state === 'REFUSED' ? null : intake.person_id,
  enrollment: intake.state === 'REFUSED' ? null : intake.enrollment_id,
  findings: intake.state === 'REFUSED' ? intake.findings : intake.facts.held,
});

/** Ends an open intake; answers with what became of it. */
export type EndIntake = (intake: IntakeRow) => Promise<IntakeOutcome>;

/** One round at a time: whoever comes meanwhile goes together, and what a round costs is shared by as many as possible. */
const rounds = { most: 100, atOnce: 1 };

/**
 * Ends intakes that come in one by one, from every counter at once, together in rounds: identity is asked and the
 * registrations are written once a round.
 */
export const endInRounds = (core: ServiceCore): EndIntake =>
  inRounds<IntakeRow, IntakeOutcome>((open) => resumeEach(core, open), rounds);

/** What became of an intake that was opened before; ends it now where it is still open. */
export const endIntake = async (
  core: ServiceCore,
  end: EndIntake,
  intake: string,
): Promise<IntakeOutcome | undefined> => {
  const [row] = await read(core, [intake]);
  if (row === undefined) return undefined;
  return row.state === 'COLLECTING' ? end(row) : endedAlready(row);
};

/** What became of a form that was handed in: by an intake that it opened, or one that the same content had opened. */
export type FormOutcome = IntakeOutcome & {
  /** The row of a job by which the intake came in; null for one of the counter. */
  openedBy: { job: string; row: number } | null;
  /** True where the intake had ended in a registration before this form came. */
  wasRegistered: boolean;
};

/**
 * Registers up to a hundred judged forms: opens intakes within the caller's scope, lets identity claim the persons,
 * and writes the registrations. What was registered before by the same content comes back unchanged.
 */
export const registerAll = async (
  core: ServiceCore,
  scope: Scope,
  forms: readonly ToOpen[],
): Promise<FormOutcome[]> => {
  const intakes = await inScope(core.app, scope, (tx) => openIntakes(tx, core.sealing, forms));
  const open = intakes.filter((intake) => intake.state === 'COLLECTING');
  const ended = intakes.filter((intake) => intake.state === 'REGISTERED');
  const byId = new Map(intakes.map((intake) => [intake.intake_id, intake]));
  return [...ended.map(endedAlready), ...(await resume(core, open))].map((outcome) => {
    const intake = byId.get(outcome.intake);
    const { job_id: job = null, row_no: row = null } = intake ?? {};
    return {
      ...outcome,
      openedBy: job === null || row === null ? null : { job, row },
      wasRegistered: intake?.state === 'REGISTERED',
    };
  });
};

const waitsFor = 10_000;

const isOutage = (error: unknown): boolean =>
  error instanceof AppError && error.code === 'SERVICE_UNAVAILABLE';

/** The outcome of one intake among those of a round. */
const ofIntake = (outcomes: readonly IntakeOutcome[], { intake_id }: IntakeRow): IntakeOutcome => {
  const outcome = outcomes.find(({ intake }) => intake === intake_id);
  if (outcome === undefined) throw new Error('An intake was resumed without an outcome');
  return outcome;
};

/** Resumes intakes together; where one of them cannot be ended, each alone, so that it keeps no other waiting. */
const resumeEach = async (
  core: ServiceCore,
  left: readonly IntakeRow[],
): Promise<PromiseSettledResult<IntakeOutcome>[]> => {
  try {
    const outcomes = await resume(core, left);
    return left.map((intake) => ({ status: 'fulfilled', value: ofIntake(outcomes, intake) }));
  } catch (reason) {
    if (isOutage(reason) || left.length === 1) return left.map(() => ({ status: 'rejected', reason }));
    return Promise.allSettled(left.map(async (intake) => ofIntake(await resume(core, [intake]), intake)));
  }
};

/** Takes up intakes that a crash or an outage left behind; claims are idempotent by the intake's id. */
export const startIntakeSweeper = (core: ServiceCore): Loop =>
  until({
    name: 'intake sweeper',
    log: core.log,
    idle: 1_000,
    step: async () => {
      const before = new Date(Date.parse(core.clock.now()) - waitsFor).toISOString();
      const left = await asWorker(core.worker, (tx) =>
        query<IntakeRow>(
          tx,
          `select * from intake where state = 'COLLECTING' and opened_at <= $1 order by opened_at limit 100`,
          [before],
        ),
      );
      const failed = (await resumeEach(core, left)).find(({ status }) => status === 'rejected');
      if (failed?.status === 'rejected') throw failed.reason;
      return left.length > 0;
    },
  });
