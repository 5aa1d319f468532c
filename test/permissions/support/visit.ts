import type { ServiceName } from '#libs/contracts/vocabulary.ts';
import { query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import type { Answer } from '#test/support/network.ts';
import { type Asker, askersOf } from './actors.ts';
import { type Nation, startNation } from './nation.ts';
import { readTruth, type Truth } from './truth.ts';

/** A line of the access log. */
export type AuditRow = {
  caller: string;
  unit: string | null;
  operation: string;
  purpose: string | null;
  persons: string[];
  full: boolean;
};

/** A small nation, what is true of it, and somebody to ask it as. */
export type Visit = {
  nation: Nation;
  truth: Truth;
  as<Data>(
    who: string,
    service: ServiceName,
    text: string,
    variables?: Record<string, unknown>,
    headers?: Record<string, string>,
  ): Promise<Answer<Data>>;
  /** Lines that a service wrote since the last time this was asked. */
  newAuditRows(service: ServiceName): Promise<AuditRow[]>;
  stop(): Promise<void>;
};

export const visit = async (pupils: number): Promise<Visit> => {
  const nation = await startNation(pupils);
  const truth = await readTruth(nation);
  const askers = new Map<string, Asker>((await askersOf(nation.network)).map((asker) => [asker.name, asker]));
  const told = new Set<string>();
  return {
    nation,
    truth,
    as: (who, service, text, variables, headers) => {
      const asker = askers.get(who);
      if (asker === undefined) throw new Error(`There is no ${who}`);
      return nation.network.graphql(service, asker.token, text, variables, headers);
    },
    newAuditRows: async (service) => {
      const rows = await asWorker(nation.network.service(service).core.worker, (tx) =>
        query<AuditRow & { id: string }>(
          tx,
          `select id, caller, unit, operation, purpose, persons, full_values as full from read_audit order by id`,
        ),
      );
      const fresh = rows.filter(({ id }) => !told.has(id));
      for (const { id } of fresh) told.add(id);
      return fresh.map(({ id: _, ...row }) => row);
    },
    stop: () => nation.network.stop(),
  };
};

/** The codes of an answer's errors. */
export const codesOf = ({ errors }: Answer<unknown>): unknown[] =>
  errors.map(({ extensions }) => extensions.code);
