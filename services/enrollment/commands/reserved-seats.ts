import { Stage } from '#libs/contracts/vocabulary.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { momentOf } from '../transfer/moment.ts';
import { countYear } from '../transfer/places.ts';
import type { ClassRow } from './seats.ts';

/**
 * Seats of the classes of a year that are kept for pupils from elsewhere (TRF-09), by class. Asked while the caller holds the
 * classes: nobody else reserves one meanwhile.
 */
export const reservedSeats = async (
  core: ServiceCore,
  { school, stage, place, entry_year_adj }: ClassRow,
): Promise<ReadonlyMap<string, number>> => {
  const moment = await momentOf(core);
  const year = { school, stage: Stage.parse(stage), place: Number(place), entryYearAdj: entry_year_adj };
  const { classes } = await asWorker(core.worker, (tx) => countYear(tx, moment, year));
  return new Map([...classes].map(([id, { reserved }]) => [id, reserved]));
};
