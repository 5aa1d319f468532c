import { type Envelope, readEvent } from '#libs/contracts/envelope.ts';
import { SchoolCleared } from '#libs/contracts/events/enrollment-move.ts';
import { SchoolMerged } from '#libs/contracts/events/organization.ts';
import { shanghaiDate } from '#libs/law/dates.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import type { Projection } from '#libs/platform/events/projection.ts';
import { endPostsAt } from '../registrar/end-posts.ts';
import { recordSystemChange } from '../store/change-record.ts';
import { lockSchool, saveSchools } from '../store/schools.ts';
import { treeAround } from '../store/units.ts';
import { endPart, mergersById } from './merger-rows.ts';

/** A school in which nobody is left ends, once, with the posts of its staff (ARC-13 waits for the archives). */
const endSchool = async (tx: Tx, event: Envelope): Promise<void> => {
  const { merger, school: code, into, moved, province } = readEvent(SchoolCleared, event);
  const found = await lockSchool(tx, code);
  const [decided] = await mergersById(tx, [merger]);
  if (found === undefined || decided === undefined) throw new Error('A merger that nobody decided');
  const on = shanghaiDate(new Date(event.time));
  if (!(await endPart(tx, { merger, school: code, moved, on, at: event.time }))) return;
  const version = found.version + 1;
  const state = decided.kind === 'MERGER' ? ('MERGED' as const) : ('CLOSED' as const);
  const ended = { ...found.school, state, endedOn: on, successor: into.school };
  const tree = await treeAround(tx, [ended.unit, ended.authority]);
  await saveSchools(tx, tree, [{ school: ended, version }], event.time);
  await recordEvents(tx, event.time, [
    recorded(SchoolMerged, `merger:${merger}:${code}`, 1, {
      ...{ merger, kind: decided.kind, school: code, into: into.school, on, moved, province },
    }),
  ]);
  await endPostsAt(tx, code, event.time);
  await recordSystemChange(tx, { aggregate: `school:${code}`, version, action: state, at: event.time });
};

/** Ends schools as enrollment tells that their last registration has gone on elsewhere. */
export const schoolEnds: Projection = {
  name: 'organization-school-ends',
  sources: ['enrollment'],
  types: [SchoolCleared.type],
  tables: [],
  apply: async (tx, events) => {
    for (const event of events) await endSchool(tx, event);
  },
};
