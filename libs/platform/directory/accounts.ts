import type { MikroORM } from '@mikro-orm/postgresql';
import type { AccountFact } from '#libs/contracts/events/registrar.ts';
import { single } from '../database/scope.ts';
import type { Memory } from './memory.ts';

/** Filed accounts as this service knows them. */
export type Accounts = {
  /** The account that a login has at a school or unit: the open one, else one that was replaced there. */
  at(subject: string, workplace: string): Promise<AccountFact | undefined>;
  /** Every account that a login has or had, wherever it was. */
  of(subject: string): Promise<readonly AccountFact[]>;
};

/** Accounts of the reference table. */
export const createAccounts = (beside: MikroORM, memory: Memory): Accounts => {
  const ofSubject = memory.of(async (subject: string): Promise<AccountFact[]> => {
    const rows = await single<{ fact: AccountFact }>(
      beside,
      'select fact from account_ref where subject = $1',
      [subject],
    );
    return rows.map(({ fact }) => fact);
  });
  return {
    of: ofSubject,
    at: async (subject, workplace) => {
      const here = (await ofSubject(subject)).filter((fact) => fact.workplace === workplace);
      return here.find(({ state }) => state !== 'REPLACED') ?? here[0];
    },
  };
};
