import { type Envelope, readEvent } from '#libs/contracts/envelope.ts';
import { SchoolArchivesSettled } from '#libs/contracts/events/archive-closure.ts';
import { shanghaiDate } from '#libs/law/dates.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import type { Projection } from '#libs/platform/events/projection.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { type Loop, until } from '#libs/platform/service/loop.ts';
import { pupilsOf, rollsOf } from '../merger/rolls.ts';
import { endPostsAt } from '../registrar/end-posts.ts';
import { recordSystemChange } from '../store/change-record.ts';
import { lockSchool, saveSchools } from '../store/schools.ts';
import { treeAround } from '../store/units.ts';
import { type Closure, endClosure, lockSettled, settle } from './closure-rows.ts';

const atOnce = 20;

/** Hears that the archives of a closing school are with their custodian (ARC-14). */
export const archivesSettled: Projection = {
  name: 'organization-archives-settled',
  sources: ['archive'],
  types: [SchoolArchivesSettled.type],
  tables: [],
  apply: async (tx: Tx, events: readonly Envelope[]) => {
    for (const event of events) await settle(tx, readEvent(SchoolArchivesSettled, event).closure, event.time);
  },
};

/** A school ends with the posts of its staff; one that a merger has ended meanwhile has ended already. */
const endSchool = async (tx: Tx, { id, school: code }: Closure, at: string): Promise<void> => {
  const found = await lockSchool(tx, code);
  await endClosure(tx, id, at);
  if (found === undefined || found.school.state !== 'ACTIVE') return;
  const version = found.version + 1;
  const closed = { ...found.school, state: 'CLOSED' as const, endedOn: shanghaiDate(new Date(at)) };
  const tree = await treeAround(tx, [closed.unit, closed.authority]);
  await saveSchools(tx, tree, [{ school: closed, version }], at);
  await endPostsAt(tx, code, at);
  await recordSystemChange(tx, { aggregate: `school:${code}`, version, action: 'CLOSED', at });
};

/**
 * Ends schools whose closure was decided, whose archives are with their custodian and in which no pupil is left: once each,
 * without anybody's asking again. Goes through those that still have pupils and begins anew; true when there may be more.
 */
const endNext = async (core: ServiceCore, reached: { school: string }): Promise<boolean> => {
  const looked = await asWorker(core.worker, async (tx) => {
    const closures = await lockSettled(tx, reached.school, atOnce);
    const rollOf = await rollsOf(
      tx,
      closures.map(({ school }) => school),
    );
    const at = core.clock.now();
    for (const closure of closures) {
      if (pupilsOf(rollOf(closure.school)) === 0) await endSchool(tx, closure, at);
    }
    return closures.map(({ school }) => school);
  });
  reached.school = looked.at(-1) ?? '';
  if (looked.length > 0) core.wakeRelay();
  return looked.length === atOnce;
};

/** Follows closures that wait. */
export const startClosureWorker = (core: ServiceCore): Loop => {
  const reached = { school: '' };
  return until({
    name: 'school closures',
    log: core.log,
    idle: 1_000,
    step: async () => {
      const more = await endNext(core, reached);
      if (!more) reached.school = '';
      return more;
    },
  });
};
