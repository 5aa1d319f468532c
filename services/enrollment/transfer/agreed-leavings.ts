import { type Envelope, readEvent } from '#libs/contracts/envelope.ts';
import {
  SourceSchoolDecided,
  TransferAutoCancelled,
  TransferCompleted,
  TransferPurged,
  TransferRejected,
  TransferWithdrawn,
} from '#libs/contracts/events/transfer.ts';
import { enforces } from '#libs/law/enforces.ts';
import { currentStep } from '#libs/law/procedure/course.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import type { Projection } from '#libs/platform/events/projection.ts';
import { casesOfPersons, saveCase } from '../cases/case-rows.ts';

const ends = [
  TransferAutoCancelled,
  TransferCompleted,
  TransferPurged,
  TransferRejected,
  TransferWithdrawn,
] as const;

const lapsed = '本校已同意该生转出，尚未由本校核办的事项随之终止。';

/** What the school itself has yet to decide lapses with its consent, but for a death. */
const endUndecided = async (tx: Tx, person: string, school: string, at: string): Promise<void> => {
  for (const before of await casesOfPersons(tx, [person])) {
    const step = currentStep(before);
    if (step?.party !== 'SCHOOL' || before.school !== school || before.kind === 'DEATH') continue;
    await saveCase(tx, at, before, {
      ...before,
      ...{ state: 'WITHDRAWN' as const, endedAt: at, version: before.version + 1 },
      steps: before.steps.map((each) => (each === step ? { ...each, reason: lapsed } : each)),
    });
  }
};

const agree = async (tx: Tx, transfer: string, person: string, school: string, at: string): Promise<void> => {
  // A request about the registration that is under way is ended before, or finds the consent.
  await query(tx, 'select 1 from pupil where person_id = $1 for update', [person]);
  await execute(tx, 'update enrollment set leaves_by = $2 where person_id = $1 and active and school = $3', [
    person,
    transfer,
    school,
  ]);
  await endUndecided(tx, person, school, at);
};

const follow = async (tx: Tx, event: Envelope): Promise<void> => {
  if (event.type === SourceSchoolDecided.type) {
    const { transfer, person, decision, unit } = readEvent(SourceSchoolDecided, event);
    if (decision === 'APPROVE') await agree(tx, transfer, person, unit, event.time);
    return;
  }
  const end = ends.find(({ type }) => type === event.type);
  if (end === undefined) return;
  const { transfer, person } = readEvent(end, event);
  await execute(tx, 'update enrollment set leaves_by = null where person_id = $1 and leaves_by = $2', [
    person,
    transfer,
  ]);
};

/**
 * Pupils whose school has agreed to their transfer: until the transfer has ended it opens nothing else about them, so that
 * it cannot hold up what it has agreed to (TRF-01, TRF-52).
 */
export const agreedLeavings: Projection = {
  name: 'enrollment-agreed-leavings',
  sources: ['transfer'],
  types: [SourceSchoolDecided, ...ends].map(({ type }) => type),
  tables: [],
  apply: async (tx, events) => {
    enforces('TRF-01', 'TRF-52');
    for (const event of events) await follow(tx, event);
  },
};
