import { DisclosureDecided, DisclosureRevoked } from '#libs/contracts/events/disclosure.ts';
import type { LawPlace } from '#libs/law/finding.ts';
import { isRejected } from '#libs/law/own-finding.ts';
import { type Actor, unitOf } from '#libs/platform/actor/actor.ts';
import { once } from '#libs/platform/commands/idempotency.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction, versionConflict } from '#libs/platform/errors/errors.ts';
import { type Recorded, recordEvents } from '#libs/platform/events/outbox.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { lawPlaceOf, lawPlacesBelow } from '../standing/places.ts';
import { type Disclosure, factsOf, grantOf } from './disclosure.ts';
import { Decision, Revocation } from './disclosure-input.ts';
import { disclosuresWhere, isRegistered, updateDisclosure } from './disclosure-rows.ts';
import { judgeAsked, judgeHands, otherState } from './judged.ts';
import type { Done } from './request-disclosure.ts';

type Order = { idempotencyKey: string; disclosure: string; expectedVersion: number };

/** A request with its lock, and the law of its holder. */
type Work = { tx: Tx; disclosure: Disclosure; place: LawPlace; today: string; now: string };
type Outcome = { after?: Disclosure; told?: Pick<Recorded, 'kind' | 'data'>; findings: Done['findings'] };

/** Runs one order once for each key, by the unit that holds the data; OUT_OF_JURISDICTION for anybody else's, existing or not. */
const onDisclosure = async (
  { core, caller, operation }: { core: ServiceCore; caller: Actor; operation: string },
  order: Order,
  act: (work: Work) => Promise<Outcome>,
): Promise<Done> => {
  const { idempotencyKey: key, disclosure: id, expectedVersion } = order;
  const place = await lawPlaceOf(core, unitOf(caller));
  const [now, today] = [core.clock.now(), core.clock.today()];
  return asWorker(core.worker, (tx) =>
    once<Done>(tx, { operation, caller: caller.subject, key, request: order, at: now }, async () => {
      const [disclosure] = await disclosuresWhere(tx, 'disclosure_id = $1 and unit = $2 for update', [
        ...[id, unitOf(caller)],
      ]);
      if (disclosure === undefined) throw outOfJurisdiction();
      if (disclosure.version !== expectedVersion) throw versionConflict(disclosure.version);
      const { after, told, findings } = await act({ tx, disclosure, place, today, now });
      if (after === undefined) return { disclosure: null, findings };
      await updateDisclosure(tx, { ...after, version: disclosure.version + 1 });
      const aggregate = `disclosure:${id}`;
      if (told !== undefined)
        await recordEvents(tx, now, [{ ...told, aggregate, version: after.state === 'REVOKED' ? 3 : 2 }]);
      return { disclosure: id, findings };
    }),
  );
};

/**
 * The registrar of the holder checks the basis with an opinion; its head, another person, then grants or refuses (ACC-18). What the
 * law asks of a grant is judged again on the day (PRV-02..07).
 */
export const decideDisclosure = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<Done> => {
  const decides = actor?.roles.has('DECISION_MAKER') === true;
  const caller = authorize(actor, decides ? 'disclosure.decide' : 'disclosure.check');
  const order = parseInput(Decision, input);
  const by = caller.subject;
  const { decision } = order;
  const reason = order.reason || null;
  return onDisclosure({ core, caller, operation: 'decideDisclosure' }, order, async (work) => {
    const { tx, disclosure, place, today, now } = work;
    const { state } = disclosure;
    if (state !== 'REQUESTED' && state !== 'BASIS_CHECKED') return { findings: [otherState] };
    if (!decides) {
      if (state !== 'REQUESTED') return { findings: [otherState] };
      return {
        after: { ...disclosure, state: 'BASIS_CHECKED', checkedBy: by, opinion: reason },
        findings: [],
      };
    }
    const hands = judgeHands(disclosure, { by, decision, reason }, today, place);
    const clientRegistered = await isRegistered(tx, disclosure.client);
    const below = await lawPlacesBelow(core, disclosure.unit);
    const facts = { ...disclosure, fields: [...disclosure.fields], clientRegistered };
    const law = decision === 'REFUSE' ? [] : judgeAsked(facts, today, place, below);
    const findings = [...hands, ...law];
    if (isRejected(findings)) return { findings };
    const ended = { decidedBy: by, decidedAt: now, reason };
    const after: Disclosure = {
      ...{ ...disclosure, ...ended, state: decision === 'APPROVE' ? 'APPROVED' : 'REFUSED' },
    };
    const grant = decision === 'APPROVE' ? grantOf(after) : null;
    const data = { ...factsOf(after), decision: after.state, grant };
    return { after, told: { kind: DisclosureDecided, data }, findings };
  });
};

/** The head of the holder revokes a grant, with a reason: from the event on no read is answered under it (PRV-06). */
export const revokeDisclosure = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<Done> => {
  const caller = authorize(actor, 'disclosure.decide');
  const order = parseInput(Revocation, input);
  return onDisclosure(
    { core, caller, operation: 'revokeDisclosure' },
    order,
    async ({ disclosure, today }) => {
      if (disclosure.state !== 'APPROVED') return { findings: [otherState] };
      const after: Disclosure = {
        ...{ ...disclosure, state: 'REVOKED', revokedBy: caller.subject },
        ...{ revokedOn: today, revokeReason: order.reason },
      };
      return {
        after,
        told: { kind: DisclosureRevoked, data: { ...factsOf(after), revokedOn: today } },
        findings: [],
      };
    },
  );
};
