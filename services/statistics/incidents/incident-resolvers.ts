import type { Actor } from '#libs/platform/actor/actor.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import type { Measure } from '#libs/platform/metrics/measures.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { connectionOf, pageSize, readCursor } from '#libs/platform/subgraph/connection.ts';
import { coveredScope } from '../table/covered-scope.ts';
import { type Facts, type Incident, incidentsIn } from './incident-rows.ts';

type Asked = { scope?: string | null; open?: boolean | null; first?: number | null; after?: string | null };

/** Facts as a list, in the order of their names. */
export const factsOf = (facts: Facts): { name: string; value: string | null }[] =>
  Object.entries(facts)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => ({ name, value }));

/** What the recounts found, of the caller's own unit and those below (PRV-12). */
export const countIncidents = async (core: ServiceCore, caller: Actor | null, asked: Asked) => {
  const actor = authorize(caller, 'statistics.read');
  const { range, own } = await coveredScope(core, actor, asked.scope ?? undefined);
  const size = pageSize(asked.first);
  const after = readCursor(asked.after, ['UUID'])?.[0] ?? null;
  const page = { open: asked.open ?? null, after: after === null ? null : String(after), size: size + 1 };
  const rows = await inScope(core.app, { ...own, persons: [] }, (tx) => incidentsIn(tx, range, page));
  return connectionOf(
    rows,
    size,
    asked.after,
    ({ id }: Incident) => [id],
    (incident) => incident,
  );
};

export const incidentMeasures: readonly Measure[] = [
  {
    name: 'xueji_count_incidents',
    help: 'Differences that the recount of statistics found and that are still there, by kind',
    labels: ['kind'],
    statement: `select known.kind, count(incident_id) as value from unnest($1::text[]) as known (kind)
                left join count_incident c on c.kind = known.kind and c.settled_at is null group by known.kind`,
    parameters: () => [['REGISTRATION', 'NUMBER', 'CELLS', 'MONTH']],
    goodFor: 60_000,
  },
];
