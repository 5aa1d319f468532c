import type { Actor } from '#libs/platform/actor/actor.ts';
import type { Ending } from './http/time.ts';

/** What the gateway knows about one operation; the headers travel on to the subgraphs as they are. */
export type GatewayContext = {
  actor: Actor | null;
  /** Ties the parts of the operation together, and is the correlation id of its faults. */
  operationId: string;
  forwarded: Readonly<Record<string, string>>;
  /** Ends the calls to the subgraphs: out of time, or nobody waits for the answer any more. */
  signal: Ending;
  /** How the operation arrived: as the caller sent it, or re-run for a live stream. */
  origin: 'request' | 'stream';
};
