import { randomUUID } from 'node:crypto';
import { SCOPES, TWO_FACTORS } from '#deploy/demo/identities.ts';
import { moveRegistration, releasePlace } from '#libs/contracts/commands/hand-over-registration.ts';
import type { Envelope } from '#libs/contracts/envelope.ts';
import { type Actor, actorOf } from '#libs/platform/actor/actor.ts';
import { Claims } from '#libs/platform/actor/claims.ts';
import { canonicalJson } from '#libs/platform/commands/idempotency.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { AppError, unavailable } from '#libs/platform/errors/errors.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { decideStep } from '#services/transfer/commands/decide-step.ts';
import { handleStep } from '#services/transfer/commands/handle-step.ts';
import { initiateTransfer, type Moved } from '#services/transfer/commands/initiate-transfer.ts';
import { withdrawTransfer } from '#services/transfer/commands/withdraw-transfer.ts';
import { discardTransferDraft } from '#services/transfer/drafts/discard-draft.ts';
import { remapNext } from '#services/transfer/promotion/remap-grades.ts';
import { handOverNext, type Reached } from '#services/transfer/workers/hand-over.ts';
import { recordLateNext } from '#services/transfer/workers/late-steps.ts';
import { purgeNext } from '#services/transfer/workers/purge.ts';
import { releaseNext } from '#services/transfer/workers/release.ts';
import { authorityDesks, type Desk, schoolDesks } from '#test/service/enrollment/case-desk.ts';
import { guardian } from '../transfer-desk.ts';
import type { Act, Season, Slot } from './acts.ts';
import { SEASONS } from './acts.ts';
import type { Ground } from './ground.ts';
import { changeState, giveOrTakePlace, moveByMerger, toggleOtherCase } from './others.ts';

const actor = (desk: Desk): Actor =>
  actorOf(
    Claims.parse({
      ...{ scope: Object.values(SCOPES).join(' '), acr: TWO_FACTORS },
      ...(desk.unit === undefined ? {} : { department: 'ADMINISTRATIVE' }),
      ...desk,
    }),
    [TWO_FACTORS],
  );

const desksOf = (unit: string): { registrar: Actor; head: Actor } => {
  const { registrar, head } = unit.length === 10 ? schoolDesks(unit) : authorityDesks(unit);
  return { registrar: actor(registrar), head: actor(head) };
};

/** The process dies when the answer to a question has come: what was asked is done, what follows is not. */
const dyingAfter = (core: ServiceCore, subject: string | undefined): ServiceCore => ({
  ...core,
  bus: {
    ...core.bus,
    signal: (...told) => core.bus.signal(...told),
    request: async (asked, payload, timeout) => {
      const answer = await core.bus.request(asked, payload, timeout);
      if (asked === subject) throw unavailable('a process that died');
      return answer;
    },
  },
});

/** What everybody has to reckon with: somebody was faster, or a process died. */
const isExpected = (error: unknown): boolean =>
  error instanceof AppError &&
  ['VERSION_CONFLICT', 'OUT_OF_JURISDICTION', 'SERVICE_UNAVAILABLE'].includes(error.code);

const attempt = async <T>(work: Promise<T>): Promise<T | undefined> => {
  try {
    return await work;
  } catch (error) {
    if (!isExpected(error)) throw error;
    return undefined;
  }
};

type OpenStep = { party: string; unit: string; handled: boolean };
type Seen = { id: string; state: string; version: number; open: OpenStep[] | null };

/** The latest case of a slot, as whoever works on it sees it. */
const seenOf = async (
  { admin, schools, children }: Ground,
  { child, at }: Slot,
): Promise<Seen | undefined> => {
  const { rows } = await admin.query<Seen>(
    `select c.case_id as id, c.state, c.version,
            (select json_agg(json_build_object('party', s.party, 'unit', s.unit, 'handled', s.handled_by is not null)
                             order by s.party)
             from transfer.transfer_step s where s.case_id = c.case_id and s.decided_at is null) as open
     from transfer.transfer_case c where c.person_id = $1 and c.target_school = $2
     order by c.opened_at desc, c.case_id desc limit 1`,
    [children[child].person, schools[at].code],
  );
  return rows[0];
};

const reason = {
  ground: 'HOUSEHOLD_MOVE',
  household: { across: 'COUNTY', withGuardians: true },
  proofChecked: true,
  meetsLocalRequirements: true,
};

/** Everybody who has a part in the cases of one run. */
export const playersOf = (ground: Ground, season: Season, slots: readonly [Slot, Slot]) => {
  const { transfer, clock, schools, classes, children, papers, admin } = ground;
  const followers = ground.network
    .service('transfer')
    .projections.filter(({ sources }) => sources.includes('enrollment'));
  const delivered = new Set<string>();
  let delivering = Promise.resolve();
  let sent = 0;
  let reached: Reached;
  const moments = [...SEASONS[season].moments];

  const initiate = async ({ child, at, named }: Slot): Promise<Moved | undefined> => {
    const evidence = papers[at][sent++];
    if (evidence === undefined) return undefined;
    const { name, number } = children[child];
    return attempt(
      initiateTransfer(
        transfer,
        desksOf(schools[at].code).registrar,
        {
          ...{ idempotencyKey: randomUUID(), kind: 'IN_PROVINCE_TRANSFER', stage: 'PRIMARY', grade: 2 },
          student: { name, idDocumentType: 'RESIDENT_ID', idDocumentNumber: number },
          ...{ schoolClass: named ? classes[at] : null, appliedOn: clock.today(), wantedBy: 'FAMILY' },
          ...{ reason, evidence },
        },
        { read: () => undefined },
      ),
    );
  };

  const stepOf = ({ open }: Seen, party: number): OpenStep | undefined =>
    open?.[party % Math.max(1, open.length)];

  const orderOn = ({ id, version }: Seen) => ({
    ...{ idempotencyKey: randomUUID(), transfer: id, expectedVersion: version },
  });

  /** Whoever has the turn handles the step or, when that is done, decides it. */
  const next = async (slot: Slot, party: number, twice: boolean, dies: boolean): Promise<void> => {
    const seen = await seenOf(ground, slot);
    const step = seen && stepOf(seen, party);
    if (seen === undefined || step === undefined) return;
    const { registrar, head } = desksOf(step.unit);
    const core = dyingAfter(transfer, dies ? 'enrollment.hold-place' : undefined);
    const order = { ...orderOn(seen), ...(step.handled ? { decision: 'APPROVE', note: '情况属实' } : {}) };
    const send = () =>
      step.handled
        ? attempt(decideStep(core, head, order, () => undefined))
        : attempt(handleStep(core, registrar, order));
    const answers = await Promise.all(twice ? [send(), send()] : [send()]);
    const told = new Set(answers.filter((answer) => answer !== undefined).map(canonicalJson));
    if (told.size > 1) throw new Error(`One order was answered in two ways: ${[...told].join(' / ')}`);
  };

  const refuse = async (slot: Slot): Promise<void> => {
    const seen = await seenOf(ground, slot);
    const step = seen?.open?.find(({ handled, party }) => handled && party !== 'TARGET_SCHOOL');
    if (seen === undefined || step === undefined) return;
    const reasons = [step.party === 'TARGET_AUTHORITY' ? 'PROOF_NOT_GENUINE' : 'REGISTRATION_INFO_WRONG'];
    const order = { ...orderOn(seen), decision: 'REFUSE', reasons };
    await attempt(decideStep(transfer, desksOf(step.unit).head, order, () => undefined));
  };

  const withdraw = async (slot: Slot): Promise<void> => {
    const seen = await seenOf(ground, slot);
    if (seen !== undefined)
      await attempt(withdrawTransfer(transfer, actor(guardian(slot.child)), orderOn(seen)));
  };

  const discard = async (slot: Slot): Promise<void> => {
    const seen = await seenOf(ground, slot);
    const { registrar } = desksOf(schools[slot.at].code);
    if (seen !== undefined) await attempt(discardTransferDraft(transfer, registrar, orderOn(seen)));
  };

  const handOver = (core: ServiceCore): Promise<boolean | undefined> =>
    attempt(
      handOverNext(core, reached, (at) => {
        reached = at;
      }),
    );

  const perform = async (act: Act): Promise<unknown> => {
    switch (act.do) {
      case 'INITIATE':
        return initiate(slots[act.nth]);
      case 'NEXT':
        return next(slots[act.nth], act.party, act.twice, act.dies);
      case 'REFUSE':
        return refuse(slots[act.nth]);
      case 'WITHDRAW':
        return withdraw(slots[act.nth]);
      case 'DISCARD':
        return discard(slots[act.nth]);
      case 'HAND_OVER':
        return handOver(dyingAfter(transfer, act.dies ? moveRegistration.subject : undefined));
      case 'RELEASE':
        return attempt(releaseNext(dyingAfter(transfer, act.dies ? releasePlace.subject : undefined)));
      case 'PURGE':
        return purgeNext(transfer);
      case 'LATE':
        return recordLateNext(transfer);
      case 'DELIVER':
        return deliver();
      case 'MOMENT':
        return clock.moveTo(moments.shift() ?? clock.now());
      case 'SUSPEND':
      case 'GRADUATE':
        return changeState(ground, children[slots[act.nth].child], act.do);
      case 'OTHER_CASE':
        return toggleOtherCase(ground, children[slots[act.nth].child]);
      case 'MERGE':
        return moveByMerger(ground, act.into);
      case 'TAKE_PLACE':
        return giveOrTakePlace(ground, act.at);
      default:
        return act satisfies never;
    }
  };

  /** Events of enrollment come in their order, each once. */
  const deliver = (): Promise<void> => {
    delivering = delivering.then(async () => {
      const { rows } = await admin.query<{ event: Envelope }>(
        'select event from enrollment.outbox order by recorded_at, aggregate_id, version',
      );
      const told = rows.map(({ event }) => event).filter(({ id }) => !delivered.has(id));
      for (const { id } of told) delivered.add(id);
      for (const { types, apply } of followers) {
        const used = told.filter(({ type }) => types?.includes(type));
        if (used.length > 0) await asWorker(transfer.worker, (tx) => apply(tx, used));
      }
    });
    return delivering;
  };

  /** Every worker takes steps until there is nothing to do any more. */
  const rest = async (): Promise<void> => {
    await deliver();
    while (await handOver(transfer));
    while (await remapNext(transfer));
    while (await purgeNext(transfer));
    while (await recordLateNext(transfer));
    while (await releaseNext(transfer));
  };

  return { perform, initiate, next, rest };
};
export type Players = ReturnType<typeof playersOf>;
