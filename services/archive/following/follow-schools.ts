import { type Envelope, readEvent } from '#libs/contracts/envelope.ts';
import {
  SchoolClosureDecided,
  SchoolClosureRevoked,
  SchoolMerged,
  SchoolSet,
} from '#libs/contracts/events/organization.ts';
import { custodianAfterEnd } from '#libs/law/archive/school-end.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import type { Projection } from '#libs/platform/events/projection.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { closureOf, endClosure, noteClosure } from '../closure/closure-rows.ts';
import { takeClosureBack } from '../closure/take-back.ts';
import type { Successor } from '../custody/succeed.ts';
import { copiesSucceed, succeedNext } from '../custody/succeed-all.ts';

type Core = Pick<ServiceCore, 'directory' | 'wakeRelay'>;

/**
 * Every archive of a school that is no more goes to whoever takes its place, in one transaction: all of them or none (ARC-13,
 * ARC-14). Those of former students go along, and the copies that the school kept are its successor's to see.
 */
const succeedAll = async (tx: Tx, successor: Successor, at: string): Promise<void> => {
  await succeedNext(tx, successor, at, null);
  await copiesSucceed(tx, successor);
};

/** Who takes the place of the school that an event ends; undefined where it ends none. */
const successorOf = async ({ directory }: Core, tx: Tx, event: Envelope): Promise<Successor | undefined> => {
  if (event.type === SchoolMerged.type) {
    const { school, into } = readEvent(SchoolMerged, event);
    const place = (await directory.rangeOf(into))?.lo;
    if (place === undefined) throw new Error('A school was merged into one that nobody knows');
    return { from: school, into: { kind: 'SCHOOL', code: into }, place };
  }
  const { code, state, authority, competentAuthority } = readEvent(SchoolSet, event);
  if (state !== 'CLOSED') return undefined;
  const named = await closureOf(tx, code);
  const into =
    named?.custodian ??
    custodianAfterEnd({
      mergedInto: null,
      designatedUnit: null,
      competentAuthority: competentAuthority ?? authority,
    });
  const place = (await directory.rangeOf(into.code))?.lo;
  if (place === undefined) throw new Error('A school was closed under an authority that nobody knows');
  return { from: code, into, place };
};

/** Schools end, or are to: their archives do not stay behind. */
export const followsSchools = (core: Core): Projection => ({
  name: 'archive-schools',
  sources: ['organization'],
  types: [SchoolMerged.type, SchoolSet.type, SchoolClosureDecided.type, SchoolClosureRevoked.type],
  tables: [],
  apply: async (tx, events) => {
    for (const event of events) {
      if (event.type === SchoolClosureDecided.type) {
        await noteClosure(tx, readEvent(SchoolClosureDecided, event), event.time);
        continue;
      }
      if (event.type === SchoolClosureRevoked.type) {
        await takeClosureBack(tx, readEvent(SchoolClosureRevoked, event).closure, event.time);
        continue;
      }
      const successor = await successorOf(core, tx, event);
      if (successor === undefined) continue;
      await succeedAll(tx, successor, event.time);
      await endClosure(tx, successor.from, event.time);
    }
  },
  applied: () => core.wakeRelay(),
});
