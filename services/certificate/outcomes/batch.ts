/** A batch of outcomes on its way: the school has classified, the superior authority reviews (CRT-07). */
export type OutcomeBatch = {
  id: string;
  school: string;
  place: number;
  province: string;
  authority: string;
  state: 'UPLOADED' | 'RETURNED' | 'REVIEWED';
  uploadedBy: string;
  uploadedAt: string;
  dueOn: string;
  provisional: boolean;
  lateRecordedOn: string | null;
  handledBy: string | null;
  handledAt: string | null;
  opinion: string | null;
  decidedBy: string | null;
  decidedAt: string | null;
  reason: string | null;
  /** How many it holds that qualify, and how many that do not. */
  size: number;
  held: number;
  version: number;
  events: number;
};
