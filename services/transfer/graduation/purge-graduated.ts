import { type Envelope, readEvent } from '#libs/contracts/envelope.ts';
import { StudentCompleted, StudentGraduated } from '#libs/contracts/events/enrollment-status.ts';
import { TransferPurged } from '#libs/contracts/events/transfer.ts';
import { enforces } from '#libs/law/enforces.ts';
import { judgeOpenTransfer } from '#libs/law/enrollment/graduation.ts';
import { stateAfter } from '#libs/law/transfer/acts.ts';
import { NATION } from '#libs/law/transfer/sides.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import type { Projection } from '#libs/platform/events/projection.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { lockOpenOf } from '../cases/case-rows.ts';
import { following } from '../cases/follow.ts';
import { caseFacts, saveCase } from '../cases/save-case.ts';

const kinds = [StudentGraduated, StudentCompleted] as const;

const personOf = (event: Envelope): string | undefined => {
  const kind = kinds.find(({ type }) => type === event.type);
  return kind && readEvent(kind, event).person;
};

/** Purges what of a pupil's transfers had begun before the graduation operation and was not finished by then (ENR-31). */
const purgeOf = async (tx: Tx, person: string, graduatedAt: string): Promise<string[]> => {
  const changed: string[] = [];
  for (const record of await lockOpenOf(tx, person)) {
    const state = stateAfter(record, 'PURGE_BY_GRADUATION');
    const startedAt = new Date(record.startedAt ?? record.openedAt);
    const findings = judgeOpenTransfer({ startedAt, graduatedAt: new Date(graduatedAt) }, NATION);
    if (state === undefined || findings.length === 0) continue;
    const purged = { ...record, state, endedAt: graduatedAt, findings, releasePlace: true };
    await saveCase(tx, graduatedAt, record, purged, [
      { kind: TransferPurged, data: { ...caseFacts(record), cause: 'GRADUATION' } },
    ]);
    changed.push(record.id);
  }
  return changed;
};

/**
 * Enrollment has graduated a pupil, or let the pupil complete: transfers that were not finished before are purged and start
 * anew (ENR-31). A study that starts afterwards is none of it.
 */
export const purgedByGraduation = (core: Pick<ServiceCore, 'bus' | 'wakeRelay'>): Projection =>
  following(core, {
    name: 'transfer-graduations',
    sources: ['enrollment'],
    types: kinds.map(({ type }) => type),
    follow: async (tx, event) => {
      enforces('ENR-31');
      const person = personOf(event);
      return person === undefined ? [] : purgeOf(tx, person, event.time);
    },
  });
