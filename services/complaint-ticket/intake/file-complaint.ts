import { v7 as uuidv7 } from 'uuid';
import { ComplaintReceived } from '#libs/contracts/events/ticket.ts';
import { enforces } from '#libs/law/enforces.ts';
import { isRejected, isStopped, type OwnFinding } from '#libs/law/own-finding.ts';
import { type Actor, unitOf } from '#libs/platform/actor/actor.ts';
import { once } from '#libs/platform/commands/idempotency.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { type CaseLink, caseLinkOf, judgeLink } from '../cases/seen-case.ts';
import { startClock } from '../clocks/clock-rows.ts';
import { type Workplace, workplaceBy } from '../standing/places.ts';
import { saveNewTicket } from '../tickets/save-ticket.ts';
import { FRESH, type Ticket } from '../tickets/ticket.ts';
import { tellTicket } from '../tickets/ticket-signal.ts';
import { sealReporter, sealWords } from '../tickets/words.ts';
import { type Competence, competenceFor } from './competent.ts';
import { Filing } from './complaint-input.ts';
import { type About, aboutOf, type Filer, filerOf } from './filer.ts';
import { judgeVolume } from './intake-limits.ts';

/** What became of an order about a ticket. */
export type Done = { ticket: string | null; findings: readonly OwnFinding[] };

/** From where a complaint comes: the school that files it; who takes one down for a family is no party to it. */
const sourceOf = async (core: ServiceCore, { origin, caller }: Filer, { unit }: Competence) => {
  const school = origin === 'SCHOOL' ? await workplaceBy(core, unitOf(caller)) : undefined;
  return partyOf(school ?? unit);
};

/** The place of whoever took it down for another unit, and reads on. */
const toldOf = async (core: ServiceCore, { origin, caller }: Filer, { unit }: Competence) => {
  if (origin !== 'CALL_CENTRE' && origin !== 'UNIT') return null;
  const own = await core.directory.workplaceOf(caller);
  return own === undefined || own.code === unit.code ? null : own.lo;
};

const partyOf = ({ code, place }: Workplace) => ({ code, place });

const complaintOf = async (
  core: ServiceCore,
  filer: Filer,
  asked: Filing,
  about: About,
  competence: Competence,
  link: CaseLink,
): Promise<Ticket> => {
  const [id, { caller, origin, channel }] = [uuidv7(), filer];
  const { matter, studentNamed } = asked;
  return {
    ...{ id, kind: 'COMPLAINT', state: 'RECEIVED', root: id },
    ...{ student: about.student, school: about.school },
    family: origin === 'GUARDIAN' ? about.student : null,
    source: await sourceOf(core, filer, competence),
    target: partyOf(competence.unit),
    toldPlace: await toldOf(core, filer, competence),
    province: competence.unit.province,
    ...{ origin, channel, scope: competence.scope, against: concernedBy(asked, link) },
    ...{ filedBy: caller.subject, openedAt: core.clock.now() },
    sealed: sealWords(core.sealing, id, { matter, studentNamed }),
    ...FRESH,
    ...{ case: link.ref, lateUnit: link.lateUnit },
  };
};

/** Who is complained of: those whom somebody names, and the party of the case that is late. */
const concernedBy = ({ against }: Pick<Filing, 'against'>, { lateUnit, seen }: CaseLink): string[] => {
  const late = (seen?.steps ?? []).flatMap(({ unit }) => (unit === lateUnit ? [unit] : []));
  return [...new Set([...(against ?? []), ...late])];
};

const write = async (
  core: ServiceCore,
  tx: Tx,
  made: Ticket,
  asked: Filing,
  { scope, clocks }: Competence,
): Promise<void> => {
  const now = made.openedAt;
  for (const due of clocks) await startClock(tx, made, due, now);
  await execute(
    tx,
    'insert into ticket_reporter (ticket_id, person_id, source_place, target_place, sealed) values ($1, $2, $3, $4, $5)',
    [
      ...[made.id, made.family, made.source.place, made.target.place],
      sealReporter(core.sealing, made.id, asked.reporter),
    ],
  );
  const handled = clocks.find(({ clock }) => clock === 'HANDLE');
  const data = {
    ...{ origin: made.origin, scope, dueOn: handled?.dueOn, provisional: handled?.provisional },
  };
  await saveNewTicket(tx, core.sealing, now, {
    after: made,
    lines: [{ act: 'RECEIVED', unit: made.target.code, by: null }],
    told: [{ kind: ComplaintReceived, data }],
  });
};

/**
 * Somebody complains: a guardian about the own child, a school about its pupil, a unit or call centre for a caller. The rule finds
 * who takes it up (TKT-01), and nobody else does; whatever was said, and by whom, is sealed (TKT-16). The same key is one complaint.
 */
export const fileComplaint = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<Done> => {
  enforces('TKT-16', 'PRV-11');
  const filer = filerOf(actor);
  const { idempotencyKey: key, ...asked } = parseInput(Filing, input);
  const order = { ...asked, idempotencyKey: key };
  const about = await aboutOf(core, filer, asked);
  const link = await caseLinkOf(core, filer.caller, asked);
  const against = concernedBy(asked, link);
  const competence = await competenceFor(core, { fault: asked.fault ?? 'NONE', against, home: about.home });
  const { today, place } = competence;
  const handler = competence.unit.code;
  const linked = judgeLink(link, { student: about.student, handler }, 'TKT-01', today, place);
  if (isStopped(linked)) return { ticket: null, findings: linked };
  const made = await complaintOf(core, filerOf(actor, asked.channel), order, about, competence, link);
  const { subject } = filer.caller;
  const at = made.openedAt;
  const done = await asWorker(core.worker, (tx) =>
    once<Done>(tx, { operation: 'fileComplaint', caller: subject, key, request: asked, at }, async () => {
      const findings = await judgeVolume(tx, { subject, origin: filer.origin, at });
      if (isRejected(findings)) return { ticket: null, findings };
      await write(core, tx, made, order, competence);
      return { ticket: made.id, findings: [] };
    }),
  );
  if (done.ticket !== null) tellTicket(core, done.ticket);
  return done;
};
