import type { IncomingMessage } from 'node:http';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '../actor/actor.ts';
import { createReadTrail } from '../audit/read-audit.ts';
import { sharedReads } from '../database/reads.ts';
import { emptyScope, type Scope } from '../database/scope.ts';
import { type Disclosed, type HeldGrant, heldGrant, isIntegrator } from '../disclosure/disclosed.ts';
import { grantsOf } from '../disclosure/grants.ts';
import type { RequestContext } from '../service/context.ts';
import type { ServiceCore } from '../service/definition.ts';
import type { Effort } from './effort.ts';
import { headerText } from './plain-text.ts';

const one = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value[0] : value;

/** The grant under which another system reads in a service that tells under grants. */
const grantFor = async (
  core: ServiceCore,
  actor: Actor | null,
  named: string | undefined,
  disclosed: Disclosed | undefined,
): Promise<HeldGrant | undefined> => {
  if (disclosed === undefined || !isIntegrator(actor)) return undefined;
  return heldGrant(disclosed, await grantsOf(core.beside, actor.subject), named, core.clock.today());
};

/** The unit's range that a grant opens; nothing where it is over. */
const scopeOfGrant = (grant: HeldGrant): Scope =>
  grant === 'OVER' ? emptyScope : { lo: grant.fact.place, hi: grant.fact.hi, persons: [] };

/** Who asks, checked anew in this service, and the scope and trail of the operation. */
export const baseContext = async (
  core: ServiceCore,
  request: IncomingMessage,
  effort: Effort,
  disclosed?: Disclosed,
): Promise<RequestContext> => {
  const actor = await core.tokens.actorFrom(request.headers.authorization);
  const purpose = one(request.headers['x-purpose']);
  const grant = await grantFor(core, actor, one(request.headers['x-grant']), disclosed);
  let known: Promise<Scope> | undefined;
  const scope = (): Promise<Scope> => {
    if (grant !== undefined) return Promise.resolve(scopeOfGrant(grant));
    known ??= actor === null ? Promise.resolve(emptyScope) : core.directory.scopeOf(actor);
    return known;
  };
  return {
    actor,
    callerAddress: one(request.headers['x-caller-address']),
    operationId: one(request.headers['x-operation-id']) ?? uuidv7(),
    trail: createReadTrail({
      orm: core.app,
      actor,
      purpose: purpose ? headerText('x-purpose', purpose) : undefined,
      grant: grant === undefined || grant === 'OVER' ? undefined : grant.fact.disclosure,
    }),
    grant,
    effort,
    scope,
    read: sharedReads(core.app, scope),
  };
};
