import type { Envelope } from '#libs/contracts/envelope.ts';
import type { UnitFact } from '#libs/contracts/events/organization.ts';
import type { Stop } from '#libs/platform/bus/bus.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { describe } from '#libs/platform/service/loop.ts';
import { type Block, blocksOfPlace, blocksOfRange } from './blocks.ts';
import { readStockEvent } from './pupil.ts';

/** The signal by which those who watch counts hear that the counts of a unit or school have changed. */
export const STOCK_SIGNAL = 'statistics.stock';

/** Between two signals of a scope, milliseconds. */
const pause = 1_000;
/** More units and schools than these at once are not told one by one: who watches them looks again by itself. */
const mostTold = 2_000;

/** Where something was counted: a place of the tree, and the school that stands there, where it was told. */
type Touched = { place: number; school: string | undefined };

const schoolIn = (data: Envelope['data']): string | undefined => {
  const { school } = data as { school?: unknown };
  return typeof school === 'string' ? school : undefined;
};

/** Places whose counts an event may have changed: where the pupil is, and where it was before. */
const touchedBy = ({ type, data, ...event }: Envelope): Touched[] => {
  const read = readStockEvent({ type, data, ...event });
  if (read === undefined) return [];
  const { from } = data as { from?: { place?: unknown; school?: unknown } };
  const here = { place: read.place, school: schoolIn(data) };
  return typeof from?.place === 'number'
    ? [here, { place: from.place, school: typeof from.school === 'string' ? from.school : undefined }]
    : [here];
};

/** Codes of the schools touched and of every unit that they stand under. */
const scopesOf = (touched: readonly Touched[], units: Iterable<UnitFact>): Set<string> => {
  const nameOf = ({ place, width }: Block): string => `${place} ${width}`;
  const blocks = new Set(touched.flatMap(({ place }) => blocksOfPlace(place).map(nameOf)));
  const codes = new Set<string>();
  for (const unit of units)
    if (blocksOfRange(unit).some((block) => blocks.has(nameOf(block)))) codes.add(unit.code);
  for (const { school } of touched) if (school !== undefined) codes.add(school);
  return codes;
};

export type ChangeTeller = { applied(events: readonly Envelope[]): void; stop: Stop };

/** Tells on the bus whose counts have changed, each unit and school once a second at most, whatever happens in it. */
export const tellChanges = ({
  bus,
  directory,
  log,
}: Pick<ServiceCore, 'bus' | 'directory' | 'log'>): ChangeTeller => {
  let touched: Touched[] = [];
  let timer: NodeJS.Timeout | undefined;
  let toldAt = Number.NEGATIVE_INFINITY;

  const tell = async (): Promise<void> => {
    const [now, all] = [touched, await directory.units()];
    touched = [];
    const scopes = [...scopesOf(now, all.values())].slice(0, mostTold);
    for (const scope of scopes) bus.signal(STOCK_SIGNAL, { scope });
  };

  const due = (): void => {
    timer = undefined;
    toldAt = performance.now();
    tell().catch((error: unknown) => log.warn({ error: describe(error) }, 'changes of counts not told'));
  };

  return {
    applied: (events) => {
      for (const event of events) touched.push(...touchedBy(event));
      if (touched.length === 0) return;
      timer ??= setTimeout(due, Math.max(0, toldAt + pause - performance.now())).unref();
    },
    stop: async () => clearTimeout(timer),
  };
};
