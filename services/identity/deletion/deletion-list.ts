import type { NumberDeletionState } from '#libs/contracts/vocabulary.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { query } from '#libs/platform/database/query.ts';
import { asWorker, emptyScope, inScope, type Scope } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import {
  type Connection,
  connectionOf,
  type PageArguments,
  pageSize,
  readCursor,
} from '#libs/platform/subgraph/connection.ts';
import type { ChangeKey } from '../key-change/change-id.ts';
import { type DeletionRecord, readDeletions } from './deletion-rows.ts';

type Core = Pick<ServiceCore, 'app' | 'worker' | 'directory'>;
type Page = {
  state: NumberDeletionState | null;
  after: readonly (string | number)[] | undefined;
  most: number;
};

const pageOf = `($1::text is null or d.state = $1)
  and ($2::timestamptz is null or (d.requested_at, d.deletion_id) > ($2::timestamptz, $3::uuid))
  order by d.requested_at, d.deletion_id limit $4`;

const valuesOf = ({ state, after, most }: Page): unknown[] => [
  state,
  after?.[0] ?? null,
  after?.[1] ?? null,
  most,
];

/** The ministry sees single pupils inside a deletion only: the persons of those that it looks at (PRV-12). */
const personsAsked = async ({ worker }: Core, page: Page): Promise<Scope> => {
  const rows = await asWorker(worker, (tx) =>
    query<{ person: string }>(
      tx,
      `select d.person_id as person from number_deletion d where ${pageOf}`,
      valuesOf(page),
    ),
  );
  return { ...emptyScope, persons: rows.map(({ person }) => person) };
};

/** What an actor sees of deletions: a province its range, the ministry the persons that they are about. */
export const deletionScope = async (
  core: Core,
  actor: Actor,
  { person }: Pick<ChangeKey, 'person'>,
): Promise<Scope> => {
  if (actor.level !== 'MINISTRY') return core.directory.scopeOf(actor);
  const [known] = await asWorker(core.worker, (tx) =>
    query(tx, 'select 1 from number_deletion where person_id = $1 limit 1', [person]),
  );
  return { ...emptyScope, persons: known === undefined ? [] : [person] };
};

/** Deletions that were asked for, oldest first. */
export const listDeletions = async (
  core: Core,
  actor: Actor,
  state: NumberDeletionState | null,
  arguments_: PageArguments,
): Promise<Connection<DeletionRecord>> => {
  const size = pageSize(arguments_.first);
  const page = { state, after: readCursor(arguments_.after, ['INSTANT', 'UUID']), most: size + 1 };
  const scope =
    actor.level === 'MINISTRY' ? await personsAsked(core, page) : await core.directory.scopeOf(actor);
  const found = await inScope(core.app, scope, (tx) =>
    readDeletions(tx, `where ((d.place between $5 and $6) or d.person_id = any($7::uuid[])) and ${pageOf}`, [
      ...valuesOf(page),
      scope.lo,
      scope.hi,
      [...scope.persons],
    ]),
  );
  return connectionOf(
    found,
    size,
    arguments_.after,
    (record) => [record.requestedAt, record.id],
    (record) => record,
  );
};
