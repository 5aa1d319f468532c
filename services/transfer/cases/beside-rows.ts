import { type CallUp, type CallUpRow, callUpOf } from '../call-up/call-up-rows.ts';
import type { KeptStep } from './case-record.ts';
import type { PaperKind } from './request.ts';
import { type StepRow, stepOf } from './step-rows.ts';

/** What is kept beside the row of a case: its steps in order, the kinds of its papers, its call-up. */
export type Beside = { steps: readonly KeptStep[]; papers: readonly PaperKind[]; callUp: CallUp | null };

export type BesideRow = { steps: StepRow[]; papers: PaperKind[]; call_up: CallUpRow | null };

/** Columns that tell it in the statement that finds the case, so that all is of one moment; `id`: the case's column. */
export const besideColumns = (id: string): string =>
  `(select coalesce(jsonb_agg(to_jsonb(s) order by s.turn, s.party), '[]') from transfer_step s
    where s.case_id = ${id}) as steps,
   (select coalesce(jsonb_agg(p.kind order by p.added_at, p.upload_id), '[]') from transfer_paper p
    where p.case_id = ${id}) as papers,
   (select to_jsonb(u) from transfer_call_up u where u.case_id = ${id}) as call_up`;

export const besideOf = ({ steps, papers, call_up: callUp }: BesideRow): Beside => ({
  steps: steps.map(stepOf),
  papers,
  callUp: callUp && callUpOf(callUp),
});
