import type { OwnFinding } from '#libs/law/own-finding.ts';
import { type Actor, unitOf } from '#libs/platform/actor/actor.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { notAtThisPost } from '../tickets/own-finding.ts';

/**
 * What speaks against giving work to a login: the register of accounts knows it, and at no post that is open at the caller's unit.
 * A login that no unit has filed is the unit's own affair, as it is where its bearer signs in.
 */
export const judgeColleague = async (
  { accounts }: Pick<ServiceCore, 'accounts'>,
  caller: Actor,
  login: string,
): Promise<OwnFinding[]> => {
  const filed = await accounts.of(login);
  const isHere = filed.some(({ workplace, state }) => workplace === unitOf(caller) && state === 'ACTIVE');
  return filed.length === 0 || isHere ? [] : [notAtThisPost];
};
