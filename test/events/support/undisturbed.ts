import { rebuild } from '#libs/platform/events/rebuild.ts';
import { relayState } from '#libs/platform/events/relay.ts';
import { silentLog } from '#libs/platform/log/log.ts';
import type { Bed } from './bed.ts';
import { faultsOfLog, parkedCount, timesApplied } from './checks.ts';
import { ledgerNamed } from './ledger.ts';

/**
 * The state of a consumer is that of a run without any disturbance: numbers and versions without a gap, every event
 * of the log in effect exactly once, nothing parked, and a rebuild from the log comes out the same.
 */
export const expectUndisturbed = async (bed: Bed, consumer: string): Promise<void> => {
  expect(await faultsOfLog(bed)).toEqual([]);
  expect(await parkedCount(bed, consumer)).toBe(0);
  const { head } = await relayState(bed.source);
  expect(await timesApplied(bed, consumer)).toEqual(head.seq === 0 ? {} : { 1: head.seq });
  expect(await compareWithRebuild(bed, consumer)).toMatchObject({ different: [], read: head.seq, parked: 0 });
};

export const compareWithRebuild = (bed: Bed, consumer: string) =>
  rebuild({
    worker: bed.reader,
    workerUrl: bed.address.reader,
    bus: bed.bus,
    projection: ledgerNamed(consumer),
    log: silentLog,
    compareOnly: true,
  });
