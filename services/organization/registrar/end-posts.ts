import { RegistrarReplaced } from '#libs/contracts/events/registrar.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { lockPostsAt, saveRegistrars, told } from './registrar-rows.ts';

/**
 * A school ends, and with it the posts of everybody who worked there: the accounts are closed, nobody is asked any more
 * to sign in or to be trained (ACC-03, ACC-10), and the same login can be named elsewhere. The transaction must cover the
 * school's place. Returns how many posts ended.
 */
export const endPostsAt = async (tx: Tx, school: string, at: string): Promise<number> => {
  const left = await lockPostsAt(tx, school);
  await saveRegistrars(
    tx,
    left.map((registrar) => ({
      registrar: { ...registrar, replacedAt: new Date(at), successor: null, nextCheckOn: null },
      told: [told(RegistrarReplaced, { successor: null })],
    })),
    at,
  );
  return left.length;
};
