import { TransferApplicationMoved, TransferApplied } from '#libs/contracts/events/transfer-application.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import type { ApplicationRecord } from './application-record.ts';
import { insertApplication, updateApplication } from './application-rows.ts';

const aggregate = (id: string): string => `transfer-application:${id}`;

const factsOf = ({ id, person, kind, school, place, province, authority }: ApplicationRecord) => ({
  application: id,
  ...{ person, kind, school, place, province, authority },
});

/** Writes a new application and tells of it; false where one to the same school, or to the county, is open. */
export const saveNewApplication = async (tx: Tx, at: string, made: ApplicationRecord): Promise<boolean> => {
  const record = { ...made, version: 1, events: 1 };
  if (!(await insertApplication(tx, record))) return false;
  const { appliedOn, dueOn, provisional } = record;
  const data = { ...factsOf(record), appliedOn, dueOn, provisional };
  await recordEvents(tx, at, [recorded(TransferApplied, aggregate(record.id), 1, data)]);
  return true;
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
