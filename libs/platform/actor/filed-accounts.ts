import type { Accounts } from '../directory/accounts.ts';
import type { AccountUse } from './account-use.ts';
import { admitted } from './admission.ts';
import type { Tokens } from './tokens.ts';

/**
 * Tokens whose bearers are held to the register of accounts at every request: refused where their account is sealed,
 * suspended, closed or waits for a new password, and otherwise seen in use.
 */
export const withFiledAccounts = (tokens: Tokens, accounts: Accounts, use: AccountUse): Tokens => ({
  actorFrom: async (header) => {
    const actor = await tokens.actorFrom(header);
    const workplace = actor?.school ?? actor?.unit;
    if (actor === null || workplace === undefined) return actor;
    const account = await accounts.at(actor.subject, workplace);
    const known = admitted(actor, account);
    if (account?.state === 'ACTIVE') use.note(account.registrar);
    return known;
  },
});
