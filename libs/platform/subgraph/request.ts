import type { IncomingMessage } from 'node:http';
import { v7 as uuidv7 } from 'uuid';
import { createReadTrail } from '../audit/read-audit.ts';
import { sharedReads } from '../database/reads.ts';
import { emptyScope, type Scope } from '../database/scope.ts';
import type { RequestContext } from '../service/context.ts';
import type { ServiceCore } from '../service/definition.ts';
import type { Effort } from './effort.ts';
import { headerText } from './plain-text.ts';

const one = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value[0] : value;

/** Who asks, checked anew in this service, and the scope and trail of the operation. */
export const baseContext = async (
  core: ServiceCore,
  request: IncomingMessage,
  effort: Effort,
): Promise<RequestContext> => {
  const actor = await core.tokens.actorFrom(request.headers.authorization);
  const purpose = one(request.headers['x-purpose']);
  let known: Promise<Scope> | undefined;
  const scope = (): Promise<Scope> => {
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
    }),
    effort,
    scope,
    read: sharedReads(core.app, scope),
  };
};
