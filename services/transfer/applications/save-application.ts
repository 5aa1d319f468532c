import { TransferApplicationMoved, TransferApplied } from '#libs/contracts/events/transfer-application.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import type { CaseFinding } from '../cases/own-finding.ts';
import { judgeNumber, lockApplicationsOf } from './application-limits.ts';
import type { ApplicationRecord } from './application-record.ts';
import { insertApplication, updateApplication } from './application-rows.ts';

const aggregate = (id: string): string => `transfer-application:${id}`;

const factsOf = ({ id, person, kind, school, place, province, authority }: ApplicationRecord) => ({
  application: id,
  ...{ person, kind, school, place, province, authority },
});

/**
 * Writes a new application and tells of it, under the lock of the child's applications. What stands against it: one to the
 * same school, or to the county, is open (`already` says so), or there are too many.
 */
export const saveNewApplication = async (
  tx: Tx,
  at: string,
  made: ApplicationRecord,
  already: CaseFinding,
): Promise<CaseFinding[]> => {
  const record = { ...made, version: 1, events: 1 };
  await lockApplicationsOf(tx, record.person);
  const against = await judgeNumber(tx, record);
  if (against.length > 0) return against;
  if (!(await insertApplication(tx, record))) return [already];
  const { appliedOn, dueOn, provisional } = record;
  const data = { ...factsOf(record), appliedOn, dueOn, provisional };
  await recordEvents(tx, at, [recorded(TransferApplied, aggregate(record.id), 1, data)]);
  return [];
};

/** Writes an application as it has become, and tells of it where its state or its school is another one. */
export const saveApplication = async (
  tx: Tx,
  at: string,
  before: ApplicationRecord,
  after: ApplicationRecord,
): Promise<void> => {
  const moved = before.state !== after.state || before.school !== after.school;
  const record = { ...after, version: before.version + 1, events: before.events + (moved ? 1 : 0) };
  await updateApplication(tx, record);
  if (!moved) return;
  const { state, transfer, reasons } = record;
  const data = { ...factsOf(record), state, transfer, reasons: [...reasons] };
  await recordEvents(tx, at, [recorded(TransferApplicationMoved, aggregate(record.id), record.events, data)]);
};
