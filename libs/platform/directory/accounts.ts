import type { MikroORM } from '@mikro-orm/postgresql';
import type { AccountFact } from '#libs/contracts/events/registrar.ts';
import { query } from '../database/query.ts';
import { asWorker } from '../database/scope.ts';

/** Filed accounts as this service knows them. */
export type Accounts = {
  /** The account that a login has at a school or unit: the open one, else one that was replaced there. */
  at(subject: string, workplace: string): Promise<AccountFact | undefined>;
  /** Asks anew from now on: the reference table has changed. */
  forget(): void;
};

const freshFor = 1_000;
const mostRemembered = 50_000;

/** Accounts of the reference table; what is remembered of a login is at most a second old. */
export const createAccounts = (worker: MikroORM): Accounts => {
  const remembered = new Map<string, { facts: Promise<AccountFact[]>; at: number }>();

  const load = async (subject: string): Promise<AccountFact[]> => {
    const rows = await asWorker(worker, (tx) =>
      query<{ fact: AccountFact }>(tx, 'select fact from account_ref where subject = $1', [subject]),
    );
    return rows.map(({ fact }) => fact);
  };

  const ofSubject = (subject: string): Promise<AccountFact[]> => {
    const known = remembered.get(subject);
    if (known !== undefined && performance.now() - known.at < freshFor) return known.facts;
    if (remembered.size >= mostRemembered) remembered.clear();
    const facts = load(subject);
    remembered.set(subject, { facts, at: performance.now() });
    facts.catch(() => remembered.delete(subject));
    return facts;
  };

  return {
    forget: () => remembered.clear(),
    at: async (subject, workplace) => {
      const here = (await ofSubject(subject)).filter((fact) => fact.workplace === workplace);
      return here.find(({ state }) => state !== 'REPLACED') ?? here[0];
    },
  };
};
