/**
 * An order to issue certificates. PREPARED: somebody else of the unit decides. RUNNING: a worker carries it out. PAUSED: goes on
 * when it is told to. FAILED: stopped at a fault that did not pass, and goes on when it is told to. REFUSED: came to nothing.
 */
export type IssueOrder = {
  id: string;
  issuer: string;
  place: number;
  province: string;
  /** The batch it is about; null: everything that was reviewed and is the unit's to issue. */
  batch: string | null;
  state: 'PREPARED' | 'RUNNING' | 'PAUSED' | 'FAILED' | 'DONE' | 'REFUSED';
  /** Names that stand on the stubs: who handled it, and who is responsible. */
  handler: string;
  responsible: string | null;
  preparedBy: string;
  preparedAt: string;
  decidedBy: string | null;
  decidedAt: string | null;
  /** How many it is about: counted when it was prepared, fixed when it was approved; how many were issued, and left out. */
  total: number;
  issued: number;
  skipped: number;
  /** Up to where outcomes were ready when it was approved, and how far it came. */
  upto: number;
  after: number;
  /** How often in a row it failed, and why it stopped, where it did. */
  attempts: number;
  failure: string | null;
  finishedAt: string | null;
  version: number;
  events: number;
};
