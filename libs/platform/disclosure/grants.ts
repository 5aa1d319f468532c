import type { MikroORM } from '@mikro-orm/postgresql';
import { type Envelope, readEvent } from '#libs/contracts/envelope.ts';
import { DisclosureDecided, DisclosureRevoked, type GrantFact } from '#libs/contracts/events/disclosure.ts';
import type { SchemaStep } from '../database/migrate.ts';
import type { Tx } from '../database/orm.ts';
import { execute } from '../database/query.ts';
import { single } from '../database/scope.ts';
import { securedForWorkers } from '../database/tables.ts';
import type { Projection } from '../events/projection.ts';

/** What clients were granted, for services that tell under grants. */
export const grantStep: SchemaStep = {
  name: 'platform-grants',
  statements: (roles) => [
    `create table grant_ref (
      disclosure_id uuid primary key, client text not null, fact jsonb not null, revoked_on date)`,
    `create index grant_ref_client on grant_ref (client)`,
    ...securedForWorkers('grant_ref', roles),
  ],
};

const applyOne = async (tx: Tx, event: Envelope): Promise<void> => {
  if (event.type === DisclosureDecided.type) {
    const { grant } = readEvent(DisclosureDecided, event);
    if (grant === null) return;
    await execute(
      tx,
      `insert into grant_ref (disclosure_id, client, fact) values ($1, $2, $3::jsonb) on conflict do nothing`,
      [grant.disclosure, grant.client, JSON.stringify(grant)],
    );
  }
  if (event.type === DisclosureRevoked.type) {
    const { disclosure, revokedOn } = readEvent(DisclosureRevoked, event);
    await execute(tx, 'update grant_ref set revoked_on = $2 where disclosure_id = $1', [
      disclosure,
      revokedOn,
    ]);
  }
};

/** The copy of grants that a service keeps which tells under them. */
export const grantProjection: Projection = {
  name: 'grants',
  sources: ['complaint-ticket'],
  types: [DisclosureDecided.type, DisclosureRevoked.type],
  tables: ['grant_ref'],
  apply: async (tx, events) => {
    for (const event of events) await applyOne(tx, event);
  },
};

/** What a client was granted, as this service knows it; looked up anew for each operation. */
export const grantsOf = async (beside: MikroORM, client: string): Promise<GrantFact[]> => {
  const rows = await single<{ fact: GrantFact; revokedOn: string | null }>(
    beside,
    'select fact, revoked_on::text as "revokedOn" from grant_ref where client = $1',
    [client],
  );
  return rows.map(({ fact, revokedOn }) => ({ ...fact, revokedOn }));
};
