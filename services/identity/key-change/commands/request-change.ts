import { z } from 'zod';
import { Uuid } from '#libs/contracts/ids.ts';
import type { KeyChangeKind } from '#libs/contracts/vocabulary.ts';
import type { Finding } from '#libs/law/finding.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { canonicalJson, once } from '#libs/platform/commands/idempotency.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction, versionConflict } from '#libs/platform/errors/errors.ts';
import { holdForRequest, papersOf } from '#libs/platform/files/hold-papers.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { ChangeKey } from '../change-id.ts';
import type { ChangeRecord } from '../change-rows.ts';
import { type Asked, judgeWanted, type Wanted, writeChange } from '../open-change.ts';
import { HandedProofs } from '../papers.ts';
import { lockPersonState, type Situation } from '../situation.ts';
import { toChecks } from '../turns.ts';
import { DocumentNumber, KeyInput } from '../values.ts';

const Request = z.object({
  idempotencyKey: z.string().min(1).max(100),
  student: Uuid,
  expectedVersion: z.int(),
  to: KeyInput,
  evidence: HandedProofs.nullish(),
});
type Request = z.infer<typeof Request>;

const Supply = Request.omit({ to: true }).extend({ idDocumentNumber: DocumentNumber });

export type Opened = { change: ChangeKey | null; findings: Finding[] };

/** Numbers and names must not be guessed from what is kept of a request: it is kept under a key. */
export const keyedRequest = ({ sealing }: Pick<ServiceCore, 'sealing'>, request: unknown): string =>
  sealing.hash('request', canonicalJson(request)).toString('base64url');

const wantedOf = (kind: KeyChangeKind, { to, evidence }: Request): Wanted => ({
  kind,
  channel: 'SCHOOL',
  to,
  proofs: (evidence ?? []).map((paper) => paper.kind),
});

const judge = async (
  core: ServiceCore,
  tx: Tx,
  caller: Actor,
  kind: KeyChangeKind,
  request: Request,
): Promise<Asked> => {
  const person = await lockPersonState(tx, core.sealing, request.student);
  if (person === undefined || caller.school !== person.school) throw outOfJurisdiction();
  if (person.version !== request.expectedVersion) throw versionConflict(person.version);
  return judgeWanted(core, tx, person, wantedOf(kind, request));
};

/** A document that is supplied goes from the registrar to the checks; another change waits for the school's head. */
const shapes: Readonly<Record<KeyChangeKind, (made: ChangeRecord, situation: Situation) => ChangeRecord>> = {
  CHANGE: (made) => made,
  DOCUMENT_SUPPLY: toChecks,
};

type Read = (input: unknown) => Request;

const open = async (
  core: ServiceCore,
  actor: Actor | null,
  kind: KeyChangeKind,
  read: Read,
  input: unknown,
): Promise<Opened> => {
  const caller = authorize(actor, 'key-change.enter');
  const request = read(input);
  const handed = request.evidence ?? [];
  const scope = await core.directory.scopeOf(caller);
  const within = <T>(work: (tx: Tx) => Promise<T>) => inScope(core.app, scope, work);
  const held = await holdForRequest(
    core,
    { caller, key: request.idempotencyKey, uploads: handed.map(({ upload }) => upload) },
    within,
    async (tx) => (await judge(core, tx, caller, kind, request)).findings,
  );
  const order = {
    operation: kind,
    caller: caller.subject,
    key: request.idempotencyKey,
    request: keyedRequest(core, request),
    at: core.clock.now(),
  };
  const opened = await within((tx) =>
    once<Opened>(tx, order, async () => {
      const asked = await judge(core, tx, caller, kind, request);
      const { findings, situation } = asked;
      if (findings.some(({ outcome }) => outcome === 'REJECT')) return { change: null, findings };
      const { person, id } = await writeChange(
        core,
        tx,
        asked,
        wantedOf(kind, request),
        { openedBy: caller.subject, handedInBy: caller.subject, papers: papersOf(held, handed) },
        (made) => shapes[kind](made, situation),
      );
      return { change: { person, id }, findings };
    }),
  );
  core.wakeRelay();
  return opened;
};

const preview = async (
  core: ServiceCore,
  actor: Actor | null,
  kind: KeyChangeKind,
  read: Read,
  input: unknown,
): Promise<Finding[]> => {
  const caller = authorize(actor, 'key-change.enter');
  const request = read(input);
  const scope = await core.directory.scopeOf(caller);
  return inScope(core.app, scope, async (tx) => (await judge(core, tx, caller, kind, request)).findings);
};

const requested: Read = (input) => parseInput(Request, input);

const supplied: Read = (input) => {
  const { idDocumentNumber, ...rest } = parseInput(Supply, input);
  return { ...rest, to: { idDocumentType: 'RESIDENT_ID', idDocumentNumber } };
};

/** The registrar of the pupil's school asks for a change of key information, with images of its proofs (W-07, ID-13). */
export const requestChange = (core: ServiceCore, actor: Actor | null, input: unknown): Promise<Opened> =>
  open(core, actor, 'CHANGE', requested, input);

/** Every finding on such a request, nothing written. */
export const previewChange = (core: ServiceCore, actor: Actor | null, input: unknown): Promise<Finding[]> =>
  preview(core, actor, 'CHANGE', requested, input);

/** The registrar supplies the resident ID number of a pupil who had none; the checks follow at once (W-01, ID-09). */
export const supplyDocument = (core: ServiceCore, actor: Actor | null, input: unknown): Promise<Opened> =>
  open(core, actor, 'DOCUMENT_SUPPLY', supplied, input);

/** Every finding on a document to be supplied, nothing written. */
export const previewSupply = (core: ServiceCore, actor: Actor | null, input: unknown): Promise<Finding[]> =>
  preview(core, actor, 'DOCUMENT_SUPPLY', supplied, input);
