import type { Envelope } from '#libs/contracts/envelope.ts';
import type { Tx } from '../database/orm.ts';

/**
 * A read model or reaction fed by other services' events. `apply` runs in one transaction with the checkpoint,
 * so each event takes effect exactly once; it gets runs of events in the order of their source and steps over
 * types it does not use. Events of different sources come in any order: `apply` must not mind.
 */
export type Projection = {
  /** Stable name of the consumer, also in checkpoints and metrics. */
  readonly name: string;
  readonly sources: readonly string[];
  /** Tables that hold nothing but this projection: emptied for a rebuild, compared in tests. */
  readonly tables: readonly string[];
  /**
   * Types that `apply` uses, where it does not use all: runs without any of them only move the checkpoint, and of
   * other runs it gets these alone.
   */
  readonly types?: readonly string[];
  apply(tx: Tx, events: readonly Envelope[]): Promise<void>;
  /**
   * Called after events took effect, here or in another process of the service: for caches and live views. What was
   * missed while this process was away, or lagged far behind another, is not told.
   */
  applied?(events: readonly Envelope[]): void;
};
