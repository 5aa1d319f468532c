import type { Accounts } from '../directory/accounts.ts';
import { AppError } from '../errors/errors.ts';
import type { AccountUse } from './account-use.ts';
import type { Actor } from './actor.ts';
import { admitted } from './admission.ts';
import type { Tokens } from './tokens.ts';

/**
 * Tokens whose bearers are held to the register of accounts at every request: refused where their account is sealed,
 * suspended, closed or waits for a new password, which is written down, and otherwise seen in use.
 */
export const withFiledAccounts = (
  tokens: Tokens,
  accounts: Accounts,
  use: AccountUse,
  onRefused: (account: string, workplace: string) => Promise<unknown>,
): Tokens => ({
  actorFrom: async (header) => {
    const actor = await tokens.actorFrom(header);
    const workplace = actor?.school ?? actor?.unit;
    if (actor === null || workplace === undefined) return actor;
    const account = await accounts.at(actor.subject, workplace);
    const known = await admittedOrNoted(actor, account, () => onRefused(actor.subject, workplace));
    if (account?.state === 'ACTIVE') use.note(account.registrar);
    return known;
  },
});

/** As `admitted`; a refusal is written down before it is told. */
const admittedOrNoted = async (
  actor: Actor,
  account: Parameters<typeof admitted>[1],
  note: () => Promise<unknown>,
): Promise<Actor> => {
  try {
    return admitted(actor, account);
  } catch (error) {
    if (error instanceof AppError) await note();
    throw error;
  }
};
