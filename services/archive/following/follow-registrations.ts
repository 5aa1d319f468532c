import { type Envelope, readEvent } from '#libs/contracts/envelope.ts';
import {
  EnrollmentApproved,
  EnrollmentHandedOver,
  EnrollmentRegistered,
} from '#libs/contracts/events/enrollment.ts';
import { EnrollmentCaseMoved } from '#libs/contracts/events/enrollment-case.ts';
import { EnrollmentMoved } from '#libs/contracts/events/enrollment-move.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import type { Projection } from '#libs/platform/events/projection.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { CHANGE_OF_CASE, statusTypes } from './changes.ts';
import { archiveOfDropout, dropoutTypes } from './follow-dropouts.ts';
import { fileMatter } from './matters.ts';
import {
  archiveFollows,
  archiveNotes,
  archivesSucceed,
  archiveTells,
  standingTypes,
} from './move-archive.ts';
import { archiveOpened, archivesDue } from './open-archive.ts';

type Core = Pick<ServiceCore, 'directory' | 'wakeRelay'>;

/** A case about the registration is done: its papers go in (ARC-15); the change itself is told by an event of its own. */
const papersFiled = async (tx: Tx, event: Envelope): Promise<void> => {
  const { person, case: matter, kind, state, papers } = readEvent(EnrollmentCaseMoved, event);
  if (state !== 'DONE' || papers === undefined) return;
  const change = CHANGE_OF_CASE[kind];
  await fileMatter(tx, event, { person, matter }, { change, papers, enters: false });
};

const follow = (core: Core, tx: Tx, event: Envelope): Promise<void> => {
  if (standingTypes.includes(event.type)) return archiveNotes(tx, event);
  if (dropoutTypes.includes(event.type)) return archiveOfDropout(core, tx, event);
  switch (event.type) {
    case EnrollmentApproved.type:
      return archiveOpened(tx, event);
    case EnrollmentHandedOver.type:
      return archiveFollows(core, tx, event);
    case EnrollmentCaseMoved.type:
      return papersFiled(tx, event);
    default:
      return archiveTells(core, tx, event);
  }
};

/** Whole schools are entered and moved: their events are taken together, each of another student. */
const together: readonly string[] = [EnrollmentRegistered.type, EnrollmentMoved.type];

const runsOf = (events: readonly Envelope[]): Envelope[][] => {
  const runs: Envelope[][] = [];
  for (const event of events) {
    const run = runs.at(-1);
    const goesAlong =
      run?.[0]?.type === event.type &&
      together.includes(event.type) &&
      run.every(({ subject }) => subject !== event.subject);
    if (goesAlong) run?.push(event);
    else runs.push([event]);
  }
  return runs;
};

const take = async (core: Core, tx: Tx, run: readonly Envelope[]): Promise<void> => {
  const [first] = run;
  if (first?.type === EnrollmentRegistered.type) return archivesDue(core, tx, run);
  if (first?.type === EnrollmentMoved.type) return archivesSucceed(tx, run);
  for (const event of run) await follow(core, tx, event);
};

/** An archive opens with a registration, follows it, and holds what happens to it; of specialised education nothing arrives (ARC-19). */
export const followsRegistrations = (core: Core): Projection => ({
  name: 'archive-registrations',
  sources: ['enrollment'],
  types: [
    EnrollmentRegistered.type,
    EnrollmentApproved.type,
    EnrollmentHandedOver.type,
    EnrollmentMoved.type,
    EnrollmentCaseMoved.type,
    ...statusTypes,
    ...standingTypes,
    ...dropoutTypes,
  ],
  tables: [],
  apply: async (tx, events) => {
    for (const run of runsOf(events)) await take(core, tx, run);
  },
  applied: () => core.wakeRelay(),
});
