import { readEvent } from '#libs/contracts/envelope.ts';
import { DuplicateEnrollmentEnded } from '#libs/contracts/events/enrollment-status.ts';
import { RecordsMerged } from '#libs/contracts/events/problem-record.ts';
import { enforces } from '#libs/law/enforces.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import type { Projection } from '#libs/platform/events/projection.ts';
import { casesOfPersons, saveCase } from '../cases/case-rows.ts';
import { lockRegistration } from '../cases/situation.ts';
import { changeStatus } from '../cases/status-change.ts';

/** What still runs about a registration that ends has nothing to run about. */
const endCases = async (tx: Tx, person: string, at: string): Promise<void> => {
  const running = (await casesOfPersons(tx, [person])).filter(({ state }) => state === 'RUNNING');
  for (const before of running)
    await saveCase(tx, at, before, {
      ...before,
      ...{ state: 'WITHDRAWN' as const, endedAt: at, version: before.version + 1 },
    });
};

const endRegistration = async (tx: Tx, person: string, at: string): Promise<void> => {
  const [active] = await query<{ enrollment: string }>(
    tx,
    'select enrollment_id as enrollment from enrollment where person_id = $1 and active',
    [person],
  );
  const registration = active && (await lockRegistration(tx, person, active.enrollment));
  if (!registration?.active) return;
  await endCases(tx, person, at);
  const effect = {
    ...{ event: DuplicateEnrollmentEnded, status: 'CANCELLED' as const, active: false },
    ...{ suspendedUntil: null, dropoutMark: false },
  };
  await changeStatus(tx, at, registration, effect, null);
};

/**
 * Two records of a child became one by a decision that also ended the registration of the one that fell (ID-18): it ends
 * here, with the cases about it and its seat; the registration of the one that stands is untouched.
 */
export const endedDuplicates: Projection = {
  name: 'enrollment-ended-duplicates',
  sources: ['identity'],
  types: [RecordsMerged.type],
  tables: [],
  apply: async (tx, events) => {
    enforces('ID-18');
    for (const event of events) {
      const { fell, endsRegistration } = readEvent(RecordsMerged, event);
      if (endsRegistration === true) await endRegistration(tx, fell, event.time);
    }
  },
};
