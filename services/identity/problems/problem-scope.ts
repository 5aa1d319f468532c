import type { Actor } from '#libs/platform/actor/actor.ts';
import { query } from '#libs/platform/database/query.ts';
import { asWorker, emptyScope, type Scope } from '#libs/platform/database/scope.ts';
import { isGranted } from '#libs/platform/permissions/table.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { OwnKey } from '../person/own-id.ts';

type Core = Pick<ServiceCore, 'worker' | 'directory'>;

/** Most records whose persons one look covers. */
const most = 1_000;

/** The ministry's own decision-makers look at what was referred to the ministry and at nothing else. */
export const seesReferredOnly = (actor: Actor | null): actor is Actor =>
  actor !== null && actor.level === 'MINISTRY' && isGranted(actor, 'problem.merge');

/**
 * What an actor sees of problem records: its standing range; the ministry, which has none, the two persons of each
 * duplicate that was referred to it, as nobody below stands above both (PRV-12). `key` narrows it to one record.
 */
export const problemScope = async (core: Core, actor: Actor, key?: OwnKey): Promise<Scope> => {
  if (!seesReferredOnly(actor)) return core.directory.scopeOf(actor);
  const rows = await asWorker(core.worker, (tx) =>
    query<{ person: string; other: string | null }>(
      tx,
      `select person_id as person, other_person as other from problem_record
       where turn = $1 and kind = 'DUPLICATE' and ($2::uuid is null or (person_id = $2 and problem_id = $3))
       order by opened_at desc limit ${most}`,
      [actor.unit ?? '', key?.person ?? null, key?.id ?? null],
    ),
  );
  return { ...emptyScope, persons: rows.flatMap(({ person, other }) => [person, ...(other ? [other] : [])]) };
};
