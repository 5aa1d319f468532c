/**
 * An order to issue certificates. PREPARED: somebody else of the unit decides. RUNNING: a worker carries it out. PAUSED: goes on
 * when it is told to. REFUSED: came to nothing.
 */
export type IssueOrder = {
  id: string;
  issuer: string;
  place: number;
  province: string;
  /** The batch it is about; null: everything that was reviewed and is the unit's to issue. */
  batch: string | null;
  state: 'PREPARED' | 'RUNNING' | 'PAUSED' | 'DONE' | 'REFUSED';
  /** Names that stand on the stubs: who handled it, and who is responsible. */
  handler: string;
  responsible: string | null;
  preparedBy: string;
  preparedAt: string;
  decidedBy: string | null;
  decidedAt: string | null;
  /** How many waited when it was prepared, how many were issued, and how many left out. */
  total: number;
  issued: number;
  skipped: number;
  /** How far it came: the last outcome that was looked at. */
  after: { person: string; outcome: string } | null;
  finishedAt: string | null;
  version: number;
  events: number;
};
