import { lawPromotions } from '#libs/law/enrollment/grade.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { type Loop, until } from '#libs/platform/service/loop.ts';
import { clearSchool, isUnderWay } from './clear-school.ts';
import { beforeAll, movePupils } from './move-pupils.ts';
import { moveSchool } from './move-school.ts';
import { type Moment, type Passage, passagesDue } from './passage.ts';

/** One process at a time moves a school; false where another one does, or the school is clear and nothing has come since. */
const takePassage = async (tx: Tx, { merger, from, into }: Passage): Promise<boolean> => {
  await execute(
    tx,
    `insert into school_succession (school, merger_id, into_school) values ($1, $2, $3) on conflict do nothing`,
    [from.code, merger, into.code],
  );
  const [row] = await query<{ clear: boolean }>(
    tx,
    `select cleared_at is not null as clear from school_succession where school = $1 for update skip locked`,
    [from.code],
  );
  return row !== undefined && (!row.clear || (await isUnderWay(tx, from.place)));
};

/**
 * Moves the next hundred of a school, or puts away what is left of it: one transaction, whatever happens after it.
 * Returns from where to go on; undefined when there is nothing to do for now.
 */
export const moveOn = async (
  core: Pick<ServiceCore, 'worker'>,
  passage: Passage,
  moment: Moment,
  after: string,
): Promise<string | undefined> =>
  asWorker(core.worker, async (tx) => {
    if (!(await takePassage(tx, passage))) return undefined;
    if (after === beforeAll) await moveSchool(tx, passage, moment);
    const last = await movePupils(tx, passage, moment, after);
    if (last !== null) return last;
    return (await clearSchool(tx, moment.at, passage)) ? beforeAll : undefined;
  });

/** Moves the registrations of schools whose day has come, school after school; true when there may be more. */
export const passRegistrationsOn = async (
  core: ServiceCore,
  reached: Map<string, string>,
): Promise<boolean> => {
  const passages = await passagesDue(core);
  if (passages.length === 0) return false;
  const moment: Moment = {
    at: core.clock.now(),
    promotions: lawPromotions(await core.directory.promotions()),
  };
  let more = false;
  for (const passage of passages) {
    const { code } = passage.from;
    const next = await moveOn(core, passage, moment, reached.get(code) ?? beforeAll);
    if (next === undefined) reached.delete(code);
    else reached.set(code, next);
    more ||= next !== undefined;
  }
  core.wakeRelay();
  return more;
};

/**
 * Follows what authorities decide of schools: registrations go on where their schools do. How far it has come is in the
 * rows themselves; what a process remembers only spares it looking twice.
 */
export const startSuccessionWorker = (core: ServiceCore): Loop => {
  const reached = new Map<string, string>();
  return until({
    name: 'school succession',
    log: core.log,
    idle: 1_000,
    step: () => passRegistrationsOn(core, reached),
  });
};
