import { query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import type { RunningService } from '#libs/platform/service/start.ts';
import { coreOf, loadNation, type NationLoad } from './load-nation.ts';
import { beginNation, endNation, findNation } from './nation-mark.ts';

export type NationOrder = NationLoad & {
  /** Administrator's address of the database that the services use. */
  database: string;
  /** Tells the person at the terminal a sentence. */
  tell(sentence: string): void;
};

const anybodyIn = async (services: readonly RunningService[]): Promise<boolean> => {
  const [row] = await asWorker(coreOf(services, 'identity').worker, (tx) =>
    query(tx, 'select 1 from person limit 1'),
  );
  return row !== undefined;
};

/**
 * Loads the demo nation unless the database has it. What an interrupted load left is completed, in the scale that it
 * was begun with. Children whom somebody else entered are left alone: nothing is loaded among them.
 */
export const loadOnce = async ({ database, tell, ...order }: NationOrder): Promise<void> => {
  const kept = await findNation(database);
  if (kept?.loaded) return;
  if (kept === undefined) {
    if (await anybodyIn(order.services)) {
      tell('The database holds children already: no demo nation is loaded among them.');
      return;
    }
    await beginNation(database, order.scale);
  } else tell('An earlier start was interrupted while it loaded the demo nation: it is completed now.');
  await loadNation({ ...order, scale: kept?.scale ?? order.scale });
  await endNation(database);
};
