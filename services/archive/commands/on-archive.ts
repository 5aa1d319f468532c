import { z } from 'zod';
import { isUuid } from '#libs/contracts/ids.ts';
import type { LawPlace } from '#libs/law/layers.ts';
import { isStopped, type OwnFinding } from '#libs/law/own-finding.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { type Command, once } from '#libs/platform/commands/idempotency.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction, versionConflict } from '#libs/platform/errors/errors.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Archive } from '../archives/archive.ts';
import { lockArchive } from '../archives/archive-rows.ts';
import { saveArchive } from '../archives/save-archive.ts';
import { lawPlaceOf } from '../archives/surroundings.ts';
import type { Told } from '../archives/told.ts';
import { archiveNotOpen } from './own-finding.ts';

/** What every order about an archive says. */
export const Order = z.object({ idempotencyKey: z.string().min(1).max(100), student: z.string().max(100) });

/** What came of an order: whose archive changed, or why none did. */
export type Done = { student: string | null; findings: readonly OwnFinding[] };

/** An archive with its lock, and the law of its school. */
export type Work = {
  core: ServiceCore;
  tx: Tx;
  caller: Actor;
  archive: Archive;
  place: LawPlace;
  today: string;
  now: string;
};

/** What an order makes of an archive: the archive after it with what is told, or findings against it. */
export type Change = { archive?: Archive; told?: readonly Told[]; findings: readonly OwnFinding[] };

/** The school or unit for which somebody acts. */
export const unitOf = ({ school, unit }: Actor): string => school ?? unit ?? '';

type On = Pick<Work, 'core' | 'tx' | 'caller'>;

/** The locked archive of a student with what an order on it needs; throws OUT_OF_JURISDICTION for one that the scope does not cover. */
const workOn = async ({ core, tx, caller }: On, student: string): Promise<Work> => {
  const archive = await lockArchive(tx, student);
  if (archive === undefined) throw outOfJurisdiction();
  const place = await lawPlaceOf(core, archive);
  return { core, tx, caller, archive, place, today: core.clock.today(), now: core.clock.now() };
};

/** What would be said against an order, with no effect. */
export const rehearse = async (
  on: On,
  { student }: z.infer<typeof Order>,
  judge: (work: Work) => Promise<readonly OwnFinding[]>,
): Promise<readonly OwnFinding[]> => {
  if (!isUuid(student)) throw outOfJurisdiction();
  const work = await workOn(on, student);
  return work.archive.openedOn === null ? [archiveNotOpen] : judge(work);
};

/**
 * Runs one order on an archive once for each key; OUT_OF_JURISDICTION for what the caller's scope does not cover, and
 * VERSION_CONFLICT where the order names an older version.
 */
export const onArchive = async (
  { core, caller, operation }: Command,
  order: z.infer<typeof Order> & { expectedVersion?: number },
  act: (work: Work) => Promise<Change>,
): Promise<Done> => {
  const { idempotencyKey: key, student, expectedVersion } = order;
  if (!isUuid(student)) throw outOfJurisdiction();
  const asked = { operation, caller: caller.subject, key, request: order, at: core.clock.now() };
  const done = await inScope(core.app, await core.directory.scopeOf(caller), (tx) =>
    once<Done>(tx, asked, async () => {
      const work = await workOn({ core, tx, caller }, student);
      const { archive, now } = work;
      if (expectedVersion !== undefined && archive.version !== expectedVersion)
        throw versionConflict(archive.version);
      if (archive.openedOn === null) return { student: null, findings: [archiveNotOpen] };
      const change = await act(work);
      const { findings } = change;
      if (change.archive === undefined || isStopped(findings)) return { student: null, findings };
      await saveArchive(tx, now, archive, change.archive, change.told ?? []);
      return { student, findings };
    }),
  );
  core.wakeRelay();
  return done;
};
