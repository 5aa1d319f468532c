import type { Envelope } from '#libs/contracts/envelope.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import type { Projection } from '#libs/platform/events/projection.ts';
import { type Flow, flowAfter, type Registered, readFlowEvent } from './flow.ts';
import { loadRegistered, saveFlows, saveRegistered } from './flow-rows.ts';

const apply = async (tx: Tx, envelopes: readonly Envelope[]): Promise<void> => {
  const events = envelopes.flatMap((envelope) => readFlowEvent(envelope) ?? []);
  if (events.length === 0) return;
  const pupils = await loadRegistered(tx, [...new Set(events.map(({ person }) => person))]);
  const changed = new Map<string, Registered>();
  const flows: Flow[] = [];
  for (const event of events) {
    const before = changed.get(event.person) ?? pupils.get(event.person);
    const { after, flow } = flowAfter(before, event);
    if (after !== undefined && after !== before) changed.set(event.person, after);
    if (flow !== undefined) flows.push(flow);
  }
  await saveRegistered(tx, [...changed.values()]);
  if (flows.length > 0) await saveFlows(tx, flows);
};

/**
 * Who came into the count of pupils, who left it and who moved in it, one by one, and how many in every block of the tree
 * on each day. It is kept apart from the stock, so that one can be held against the other.
 */
export const flowProjection: Projection = {
  name: 'flows',
  sources: ['enrollment'],
  tables: ['flow_pupil', 'flow_case', 'flow_cell', 'flow_pair'],
  apply,
};
