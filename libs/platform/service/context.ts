import type { Actor } from '../actor/actor.ts';
import type { ReadTrail } from '../audit/read-audit.ts';
import type { Reads } from '../database/reads.ts';
import type { Scope } from '../database/scope.ts';
import type { HeldGrant } from '../disclosure/disclosed.ts';
import type { Effort } from '../subgraph/effort.ts';

/** What every resolver gets: who asks, within which scope, and the trail of what is read. */
export type RequestContext = {
  actor: Actor | null;
  /** Looked up once for the operation, when it is first needed. */
  scope(): Promise<Scope>;
  /** Reads within it; those that follow each other share a transaction. */
  read: Reads;
  trail: ReadTrail;
  /** Under which another system reads; nobody else has one. */
  grant?: HeldGrant | undefined;
  /** What the operation may still cost. */
  effort: Effort;
  /** From where the gateway was called, as the gateway says; for limits on callers who are not signed in. */
  callerAddress: string | undefined;
  /** Id that ties the parts of one federated operation together. */
  operationId: string;
};
