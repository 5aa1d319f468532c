import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import type { HeldPaper } from '#libs/contracts/commands/hold-evidence.ts';
import { Uuid } from '#libs/contracts/ids.ts';
import type { Finding } from '#libs/law/finding.ts';
import { type Proposer, partiesOfUpdate } from '#libs/law/identity/information-proposal.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { once } from '#libs/platform/commands/idempotency.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { asWorker, type Scope } from '#libs/platform/database/scope.ts';
import { badInput, type InputProblem, outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { holdForRequest } from '#libs/platform/files/hold-papers.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { ChangeKey } from '../../key-change/change-id.ts';
import { openKeyChange } from '../../key-change/open-change.ts';
import { type HeldPerson, holdPerson } from '../../person/held-person.ts';
import type { OwnKey } from '../../person/own-id.ts';
import { mustReadHealth } from '../health.ts';
import { isRefused, judgeProposal, type ProposalFacts, withPapersToCome } from '../judge.ts';
import { keptPapers } from '../kept-papers.ts';
import { type KeyPart, keyPartOf, keyProofsAmong } from '../key-part.ts';
import { changedOf, personAfter } from '../next-person.ts';
import { CopiedPaper, NamedPaper } from '../paper-kinds.ts';
import { Changes, lawField, partsOf } from '../proposal.ts';
import { provincialFieldsOf } from '../provincial-fields.ts';
import { isRegistrars, openStep, type Whereabouts, whereaboutsOf } from '../turns.ts';
import { runningUpdates } from '../update-reads.ts';
import type { KeptPaper, UpdateRecord } from '../update-record.ts';
import { insertUpdate } from '../update-rows.ts';

const asked = {
  idempotencyKey: z.string().min(1).max(100),
  student: Uuid,
  changes: Changes,
  assessedByExpertCommittee: z.boolean().nullish(),
};
const OfGuardian = z.object({ ...asked, evidence: z.array(NamedPaper).max(20).nullish() });
const OfSchool = z.object({ ...asked, evidence: z.array(CopiedPaper).max(20).nullish() });
type Submission = z.infer<typeof OfGuardian> | z.infer<typeof OfSchool>;

/** The change that an order led to, and what the law says; null where it was refused. */
export type Moved = { update: OwnKey | null; findings: Finding[] };

/** What a proposal has opened: an ordinary change, a change of key information, or both; neither where refused. */
export type Submitted = Moved & { keyChange: ChangeKey | null };

type Asking = { core: ServiceCore; caller: Actor; asked: Submission; scope: Scope };

const proposerOf = ({ level, roles }: Actor): Proposer => {
  if (level === 'NONE') return 'GUARDIAN';
  return roles.has('REGISTRAR') ? 'REGISTRAR' : 'CLASS_TEACHER';
};

const begin = async (core: ServiceCore, actor: Actor | null, input: unknown): Promise<Asking> => {
  const isGuardian = actor?.level === 'NONE';
  const caller = authorize(actor, isGuardian ? 'information.propose-own' : 'information.propose');
  return {
    core,
    caller,
    asked: isGuardian ? parseInput(OfGuardian, input) : parseInput(OfSchool, input),
    scope: await core.directory.scopeOf(caller),
  };
};

const divisionOf = (address: string): string => /^\((\d{6})\)/.exec(address)?.[1] ?? '';

/** Addresses in divisions that nobody knows, and new lines of the form that say too little. */
const problemsOf = async (
  { core, asked: { changes } }: Asking,
  after: HeldPerson,
): Promise<InputProblem[]> => {
  const units = await core.directory.units();
  const addresses = [
    ...(['currentAddress', 'householdAddress'] as const).map((field) => [[field], changes[field]] as const),
    ...(changes.guardians ?? []).map(
      ({ householdAddress }, at) =>
        [['guardians', String(at), 'householdAddress'], householdAddress] as const,
    ),
  ];
  const unknown = addresses.flatMap(([path, address]) =>
    address && !units.has(divisionOf(address))
      ? [
          {
            path: ['changes', ...path],
            code: 'ADDRESS_REGION_UNKNOWN',
            message: '地址的行政区划代码不在现行区划之内。 The code of the address names no division.',
          },
        ]
      : [],
  );
  const nameless = after.guardians
    .filter(({ name }) => name === '')
    .map(() => ({
      path: ['changes', 'guardians'],
      code: 'GUARDIAN_INCOMPLETE',
      message:
        '新增家庭成员或监护人须填写姓名、关系和是否监护人。 A new line needs name, relation and guardianship.',
    }));
  return [...unknown, ...nameless];
};

const nothingChanged = () =>
  badInput([
    {
      path: ['changes'],
      code: 'NOTHING_CHANGED',
      message: '与现有信息相同，没有需要更新的内容。 This is what is kept already.',
    },
  ]);

type Prepared = {
  held: HeldPerson;
  facts: ProposalFacts;
  where: Whereabouts;
  key: KeyPart;
  /** Of both parts. */
  findings: Finding[];
};

const channelOf = (by: Proposer): 'MOBILE' | 'SCHOOL' => (by === 'GUARDIAN' ? 'MOBILE' : 'SCHOOL');

/** Everything about a proposal, read and judged in the transaction that writes it. */
const prepare = async (asking: Asking, tx: Tx): Promise<Prepared> => {
  const { core, caller, asked, scope } = asking;
  const held = await holdPerson(tx, core.sealing, scope, asked.student);
  if (held === undefined || !held.registered) throw outOfJurisdiction();
  const parts = partsOf(asked.changes);
  const items = changedOf(held, parts.items);
  mustReadHealth(Object.keys(items), caller);
  const by = proposerOf(caller);
  const papers = (asked.evidence ?? []).flatMap(({ kind, upload }) => (upload ? [kind] : []));
  const key = await keyPartOf(core, tx, {
    ...{ person: held.person, to: parts.key, channel: channelOf(by), papers },
  });
  const problems = await problemsOf(asking, personAfter(held, items));
  if (problems.length > 0) throw badInput(problems);
  if (Object.keys(items).length === 0 && key.judged === null) throw nothingChanged();
  const running = await runningUpdates(tx, core.sealing, held.person);
  const where = await whereaboutsOf(core, held);
  const facts: ProposalFacts = {
    held,
    items,
    keyFields: key.fields,
    by,
    papers,
    assessed: asked.assessedByExpertCommittee ?? false,
    provincialFields: await provincialFieldsOf(tx, where.lawPlace.province),
    running: running.flatMap((each) => Object.keys(each.items)),
  };
  const judged = judgeProposal(facts, where.today, where.lawPlace);
  const ordinary = by === 'GUARDIAN' ? withPapersToCome(judged) : judged;
  return { held, facts, where, key, findings: [...ordinary, ...key.findings] };
};

const madeFrom = (
  { caller, asked }: Asking,
  { held, facts, where, findings }: Prepared,
  papers: readonly KeptPaper[],
): UpdateRecord => {
  const about = { items: facts.items, proposedAs: facts.by };
  const isHandled = facts.by === 'REGISTRAR' || isRegistrars(about);
  return {
    ...about,
    person: held.person,
    id: uuidv7(),
    school: held.school,
    place: held.place,
    province: held.province,
    channel: channelOf(facts.by),
    parties: partiesOfUpdate(Object.keys(facts.items).map(lawField)),
    state: 'SCHOOL_REVIEW',
    findings,
    policyOn: where.today,
    proposedBy: caller.subject,
    assessed: asked.assessedByExpertCommittee ?? false,
    openedAt: where.now,
    endedAt: null,
    version: 1,
    steps: [openStep(where, 'SCHOOL', 1, isHandled ? caller.subject : null)],
    papers,
  };
};

/** Opens what was proposed: an ordinary change, one of key information, or both. */
const open = async (
  asking: Asking,
  tx: Tx,
  prepared: Prepared,
  held: readonly HeldPaper[],
): Promise<Omit<Submitted, 'findings'>> => {
  const { core, caller, asked } = asking;
  const { facts, where, key } = prepared;
  const handed = asked.evidence ?? [];
  const keyChange =
    key.judged === null
      ? null
      : await openKeyChange(core, tx, key.judged, {
          openedBy: caller.subject,
          papers: keyProofsAmong(held, handed),
        });
  if (Object.keys(facts.items).length === 0) return { update: null, keyChange };
  const made = madeFrom(asking, prepared, keptPapers(held, handed, where.now));
  await insertUpdate(tx, core.sealing, made, caller.subject);
  return { update: { person: made.person, id: made.id }, keyChange };
};

/**
 * A guardian proposes a change of the own child's information, a class teacher reports one, or the registrar enters it
 * (W-08): nothing of it holds before it was confirmed (ID-16). What it says of key information opens a change of its own
 * (W-07, ID-13). Every finding at once; what is rejected in one part opens neither.
 */
export const submitInformationUpdate = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<Submitted> => {
  const asking = await begin(core, actor, input);
  const { caller, asked } = asking;
  const handed = asked.evidence ?? [];
  const order = { caller, key: asked.idempotencyKey, uploads: handed.flatMap(({ upload }) => upload ?? []) };
  const held = await holdForRequest(
    core,
    order,
    (work) => asWorker(core.worker, work),
    async (tx) => (await prepare(asking, tx)).findings,
  );
  const at = core.clock.now();
  const request = core.sealing.hash('order', JSON.stringify(asked)).toString('hex');
  const moved = await asWorker(core.worker, (tx) =>
    once<Submitted>(
      tx,
      {
        operation: 'submitInformationUpdate',
        caller: caller.subject,
        key: asked.idempotencyKey,
        request,
        at,
      },
      async () => {
        const prepared = await prepare(asking, tx);
        const { findings } = prepared;
        if (isRefused(findings)) return { update: null, keyChange: null, findings };
        return { ...(await open(asking, tx, prepared, held)), findings };
      },
    ),
  );
  core.wakeRelay();
  return moved;
};

/** Every finding on a proposal, nothing written. */
export const previewInformationUpdate = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<Finding[]> => {
  const asking = await begin(core, actor, input);
  return asWorker(core.worker, async (tx) => (await prepare(asking, tx)).findings);
};
