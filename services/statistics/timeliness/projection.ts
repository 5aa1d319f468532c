import type { Envelope } from '#libs/contracts/envelope.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import type { Projection } from '#libs/platform/events/projection.ts';
import { addToDayCells, saveUnits } from './cell-rows.ts';
import { readTimelinessEvent, TIMELINESS_TYPES } from './read-event.ts';
import { loadOpenSteps, replaceOpenSteps } from './step-rows.ts';
import {
  blockedDeltas,
  type Delta,
  omittedDelta,
  type StepRow,
  stepsAfter,
  type TimelinessEvent,
} from './steps.ts';

/** One batch at a time, whichever source it comes from: the widest cells would make them wait in any case. */
const takeTurn = (tx: Tx) => query(tx, 'select id from timeliness_turn where id = 1 for update');

const transferOf = (event: TimelinessEvent): string | undefined => {
  if (event.kind === 'BLOCKED' || event.kind === 'OMITTED') return undefined;
  return event.kind === 'OPENED' ? event.step.transfer : event.transfer;
};

const unitsIn = (events: readonly TimelinessEvent[]): Map<number, string> =>
  new Map(
    events.flatMap((event): [number, string][] => {
      if (event.kind === 'BLOCKED' || event.kind === 'OMITTED') return [[event.place, event.unit]];
      if (event.kind === 'SUCCEEDED') return event.taken.map(({ place, unit }) => [place, unit]);
      return event.kind === 'OPENED' ? [[event.step.place, event.step.unit]] : [];
    }),
  );

const apply = async (tx: Tx, envelopes: readonly Envelope[]): Promise<void> => {
  const events = envelopes.flatMap((envelope) => readTimelinessEvent(envelope) ?? []);
  if (events.length === 0) return;
  await takeTurn(tx);
  const transfers = [...new Set(events.flatMap((event) => transferOf(event) ?? []))];
  const known = await loadOpenSteps(tx, transfers);
  const deltas: Delta[] = [];
  for (const event of events) {
    const transfer = transferOf(event);
    if (event.kind === 'BLOCKED') deltas.push(...blockedDeltas(event));
    if (event.kind === 'OMITTED') deltas.push(omittedDelta(event));
    if (transfer === undefined) continue;
    const after = stepsAfter(known.get(transfer) ?? [], event);
    known.set(transfer, after.steps);
    deltas.push(...after.deltas);
  }
  const steps: StepRow[] = [...known.values()].flat();
  await replaceOpenSteps(tx, transfers, steps);
  await saveUnits(tx, 'timeliness_unit', unitsIn(events));
  await addToDayCells(tx, 'timeliness_cell', deltas);
};

/** Steps of cases that are open or late, and the counts of them and of blocked refusals in every block of the tree. */
export const timelinessProjection: Projection = {
  name: 'timeliness',
  sources: ['transfer', 'enrollment', 'archive'],
  tables: ['timeliness_step', 'timeliness_cell', 'timeliness_unit'],
  types: TIMELINESS_TYPES,
  apply,
};
