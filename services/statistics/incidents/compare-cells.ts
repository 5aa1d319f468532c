import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { type CellDifference, recount } from '../recount.ts';
import { recountDays } from '../recount-days.ts';
import type { Found } from './incident-rows.ts';

const nameOf = ({ stage, gender, entryYearAdj, attribute, value }: CellDifference): string =>
  [stage, gender, entryYearAdj, attribute, value].filter((part) => part !== '').join(' ');

const factsOf = (cells: readonly CellDifference[], pick: (cell: CellDifference) => number) =>
  Object.fromEntries(cells.map((cell) => [nameOf(cell), String(pick(cell))]));

const shown = 50;

/** Blocks whose counts are not what the pupils kept make them. */
export const wrongCells = async ({ worker }: ServiceCore): Promise<Found[]> => {
  const byBlock = Map.groupBy(await recount(worker), ({ place, width }) => `${place}/${width}`);
  return [...byBlock].map(([subject, all]): Found => {
    const cells = all.slice(0, shown);
    return {
      ...{ kind: 'CELLS', subject, cause: 'OTHER', person: null },
      ...{ place: cells[0]?.place ?? 0, width: cells[0]?.width ?? 1 },
      kept: factsOf(cells, ({ kept }) => kept),
      counted: factsOf(cells, ({ counted }) => counted),
    };
  });
};

/** Blocks whose counts at the end of a month, or now, are not what the changes of their days add up to. */
export const wrongMonths = async ({ worker }: ServiceCore): Promise<Found[]> =>
  (await recountDays(worker)).map(({ month, place, width, cells }) => ({
    ...{ kind: 'MONTH', cause: 'OTHER', place, width, person: null },
    subject: `${month ?? 'now'}/${place}/${width}`,
    kept: { month, cells: String(cells) },
    counted: { month, cells: '0' },
  }));
