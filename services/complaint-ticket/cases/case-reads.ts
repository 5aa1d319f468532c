import DataLoader from 'dataloader';
import { CASE_KINDS, type CaseKind } from '#libs/law/ticket/case-steps.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import type { Reads } from '#libs/platform/database/reads.ts';
import { largestPage } from '#libs/platform/subgraph/connection.ts';
import type { Ticket } from '../tickets/ticket.ts';
import { ticketsWhere } from '../tickets/ticket-rows.ts';
import { type CaseRef, nameOfCase } from './case-ref.ts';
import type { StepRow } from './course.ts';
import { stepsOfCases } from './step-rows.ts';

/** Reads of one operation by case (`nameOfCase`), batched; bound to the caller's scope by the database itself. */
export type CaseReads = {
  /** The steps of a case, the earliest first. */
  steps: DataLoader<string, StepRow[]>;
  /** The latest tickets about a case, oldest first. */
  tickets: DataLoader<string, Ticket[]>;
};

const refOf = (name: string): CaseRef => {
  const [kind, id] = name.split(':');
  if (id === undefined || !CASE_KINDS.includes(kind as CaseKind)) throw new Error('A case has another name');
  return { kind: kind as CaseKind, id };
};

const latestOf = (tx: Tx, cases: readonly CaseRef[]): Promise<Ticket[]> =>
  ticketsWhere(
    tx,
    `ticket_id in (select latest.ticket_id from unnest($1::text[], $2::uuid[]) as of(kind, id) cross join lateral (
       select ticket_id from ticket where case_kind = of.kind and case_id = of.id
       order by opened_at desc, ticket_id desc limit $3) latest)
     order by opened_at, ticket_id`,
    [cases.map(({ kind }) => kind), cases.map(({ id }) => id), largestPage],
  );

export const createCaseReads = (read: Reads): CaseReads => {
  const byCase = <Found>(
    rowsOf: (tx: Tx, cases: readonly CaseRef[]) => Promise<Found[]>,
    caseOf: (found: Found) => CaseRef | null,
  ): DataLoader<string, Found[]> =>
    new DataLoader(
      async (names) => {
        const rows = await read((tx) => rowsOf(tx, names.map(refOf)));
        const found = Map.groupBy(rows, (row) => {
          const ref = caseOf(row);
          return ref === null ? '' : nameOfCase(ref);
        });
        return names.map((name) => found.get(name) ?? []);
      },
      { maxBatchSize: 200 },
    );
  return { steps: byCase(stepsOfCases, (step) => step.case), tickets: byCase(latestOf, (row) => row.case) };
};
