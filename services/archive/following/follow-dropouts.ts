import { type Envelope, readEvent } from '#libs/contracts/envelope.ts';
import {
  DropoutCaseAgedOut,
  DropoutReturned,
  MigrantDropoutNotified,
} from '#libs/contracts/events/dropout.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Archive } from '../archives/archive.ts';
import { lockArchive } from '../archives/archive-rows.ts';
import { saveArchive } from '../archives/save-archive.ts';
import { oweArchive } from '../custody/owe.ts';

type Core = Pick<ServiceCore, 'directory'>;

/** The types of events about dropouts that an archive follows. */
export const dropoutTypes: readonly string[] = [
  MigrantDropoutNotified,
  DropoutReturned,
  DropoutCaseAgedOut,
].map(({ type }) => type);

/** It lies with the county of the household, or is on its way there. */
const wasCalled = ({ custody, handOver, household }: Archive): boolean =>
  handOver?.reason === 'CALLED_FOR' || (household !== null && custody.custodian.code === household.county);

/** The county of the household has been told of a dropout: from here on it may call for the archive (ARC-22, CF-19). */
const householdTold = async ({ directory }: Core, tx: Tx, event: Envelope): Promise<void> => {
  const { person, household: county } = readEvent(MigrantDropoutNotified, event);
  const place = county == null ? undefined : (await directory.rangeOf(county))?.lo;
  const before = person === null ? undefined : await lockArchive(tx, person);
  if (before === undefined || county == null || place === undefined) return;
  if (before.household?.county === county) return;
  await saveArchive(tx, event.time, before, { ...before, household: { county, place, calledAt: null } });
};

/** The student is back in school, or the compulsory years are over: nobody calls any more, and what was called for comes back. */
const dropoutEnded = async (
  core: Core,
  tx: Tx,
  event: Envelope,
  { person, isBack }: { person: string | null; isBack: boolean },
): Promise<void> => {
  const before = person === null ? undefined : await lockArchive(tx, person);
  if (before === undefined || before.household === null) return;
  const free = { ...before, household: null };
  if (!isBack || !wasCalled(before)) return saveArchive(tx, event.time, before, free);
  const to = { kind: 'SCHOOL' as const, code: before.school };
  const owed = { to, place: before.place, reason: 'DROPOUT_RETURN' as const, at: event.time };
  const { archive, told } = await oweArchive(core, free, owed);
  return saveArchive(tx, event.time, before, archive, told);
};

/** What the ledger of dropouts tells means for the archive. */
export const archiveOfDropout = async (core: Core, tx: Tx, event: Envelope): Promise<void> => {
  switch (event.type) {
    case MigrantDropoutNotified.type:
      return householdTold(core, tx, event);
    case DropoutReturned.type: {
      const { person } = readEvent(DropoutReturned, event);
      return dropoutEnded(core, tx, event, { person, isBack: true });
    }
    case DropoutCaseAgedOut.type: {
      const { person } = readEvent(DropoutCaseAgedOut, event);
      return dropoutEnded(core, tx, event, { person, isBack: false });
    }
  }
};
