import { v7 as uuidv7 } from 'uuid';
import { DisclosureRequested } from '#libs/contracts/events/disclosure.ts';
import { isRejected, type OwnFinding } from '#libs/law/own-finding.ts';
import { addWorkingDays } from '#libs/law/working-days.ts';
import { type Actor, unitOf } from '#libs/platform/actor/actor.ts';
import { once } from '#libs/platform/commands/idempotency.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { badInput, outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { recordEvents } from '#libs/platform/events/outbox.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { calendarOf, lawPlaceOf, lawPlacesBelow } from '../standing/places.ts';
import { type Disclosure, factsOf } from './disclosure.ts';
import { Asked, Request } from './disclosure-input.ts';
import { insertDisclosure, isRegistered } from './disclosure-rows.ts';
import { judgeAsked } from './judged.ts';

/** Working days within which the holder decides (ours). */
const DECIDED_WITHIN = 10;

/** What an order leaves behind: the id of what changed, and what the law says. */
export type Done = { disclosure: string | null; findings: OwnFinding[] };

/** The client for which somebody asks: a system for itself, a registrar for one that is named, of the own unit's data alone. */
const clientOf = (caller: Actor, { client, unit }: Asked): string => {
  if (caller.level === 'NONE') return caller.subject;
  if (unitOf(caller) !== unit) throw outOfJurisdiction();
  if (client) return client;
  throw badInput([{ path: ['client'], code: 'REQUIRED', message: '请填写应用系统。 Name the client.' }]);
};

/** The unit that holds the data: an authority with pupils below it. */
const holderOf = async ({ directory }: ServiceCore, code: string) => {
  const unit = await directory.unit(code);
  if (unit === undefined || !['PROVINCE', 'CITY', 'COUNTY'].includes(unit.level)) {
    throw badInput([{ path: ['unit'], code: 'UNKNOWN', message: '没有此单位。 There is no such unit.' }]);
  }
  return { unit: code, place: unit.lo, hi: unit.hi, province: unit.province };
};

const judged = async (core: ServiceCore, client: string, asked: Asked): Promise<OwnFinding[]> => {
  const clientRegistered = await asWorker(core.worker, (tx) => isRegistered(tx, client));
  const [place, below] = [await lawPlaceOf(core, asked.unit), await lawPlacesBelow(core, asked.unit)];
  return judgeAsked({ ...asked, clientRegistered }, core.clock.today(), place, below);
};

/** Says what stands against a request, with no effect. */
export const previewDisclosure = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<OwnFinding[]> => {
  const caller = authorize(actor, 'disclosure.request');
  const asked = parseInput(Asked, input);
  const client = clientOf(caller, asked);
  await holderOf(core, asked.unit);
  return judged(core, client, asked);
};

/** A client asks a holder of data for fields of its pupils, upon a law or an approval, for a purpose and a time (W-23). */
export const requestDisclosure = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<Done> => {
  const caller = authorize(actor, 'disclosure.request');
  const { idempotencyKey: key, ...asked } = parseInput(Request, input);
  const client = clientOf(caller, asked);
  const holder = await holderOf(core, asked.unit);
  const findings = await judged(core, client, asked);
  const at = core.clock.now();
  const { dueDate } = addWorkingDays(core.clock.today(), DECIDED_WITHIN, await calendarOf(core));
  return asWorker(core.worker, (tx) =>
    once<Done>(
      tx,
      { operation: 'requestDisclosure', caller: caller.subject, key, request: asked, at },
      async () => {
        const { basis, bureauDocument = null, approvedBy, purpose, validUntil, fields, profile } = asked;
        if (isRejected(findings) || !basis || !approvedBy || !purpose || !validUntil)
          return { disclosure: null, findings };
        const id = uuidv7();
        const watermark = core.sealing.hash('disclosure watermark', id).toString('hex').slice(0, 16);
        const made: Disclosure = {
          ...{ id, client, ...holder, state: 'REQUESTED', requestedBy: caller.subject, requestedAt: at },
          ...{
            basis,
            bureauDocument,
            approvedBy,
            purpose,
            fields,
            profile,
            validUntil,
            watermark,
            dueOn: dueDate,
          },
          ...{ checkedBy: null, opinion: null, decidedBy: null, decidedAt: null, reason: null },
          ...{ revokedBy: null, revokedOn: null, revokeReason: null, version: 1 },
        };
        await insertDisclosure(tx, made);
        const aggregate = `disclosure:${id}`;
        await recordEvents(tx, at, [
          { kind: DisclosureRequested, aggregate, version: 1, data: factsOf(made) },
        ]);
        return { disclosure: id, findings };
      },
    ),
  );
};
