import { z } from 'zod';
import { Day } from '#libs/contracts/ids.ts';
import { judgeOffline, offlineFollowUpDue } from '#libs/law/transfer/offline.ts';
import { NATION } from '#libs/law/transfer/sides.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Trail } from '../cases/known-pupil.ts';
import { PupilByNumber } from '../cases/wanted.ts';
import { coveringFault } from '../faults/covering-fault.ts';
import type { Fault } from '../faults/fault.ts';
import { type Attender, prepareAttendance } from './prepare-attendance.ts';
import { type Report, type Reported, writeAttendance } from './write-attendance.ts';

const Offline = z.object({
  idempotencyKey: z.string().min(1).max(100),
  student: PupilByNumber,
  faultReference: z.string().trim().max(60),
  familyWishes: z.boolean(),
  paperDecidedOn: Day,
});

/** While the fault lasts no time runs; from its end on the case is to be entered within ten working days. */
const clockOf = (fault: Fault, { place, calendar }: Attender): Report['clock'] => {
  if (fault.endedAt === null) return null;
  const from = new Date(fault.endedAt);
  return { from, due: offlineFollowUpDue(from, place, calendar) };
};

/**
 * A school enters that a transfer was decided outside in a declared fault, on the family's wish: from that day the pupil
 * counts as one of its pupils (TRF-24). The case itself is started as any other once the system runs again, and decides.
 */
export const recordOfflineTransfer = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
  trail: Trail,
): Promise<Reported> => {
  const caller = authorize(actor, 'attendance.report');
  const { idempotencyKey: key, ...asked } = parseInput(Offline, input);
  const { faultReference, familyWishes, paperDecidedOn: since } = asked;
  const prepared = await prepareAttendance(core, { actor: caller, trail }, asked.student, since);
  if ('findings' in prepared) return { attendance: null, findings: prepared.findings };
  const { attender } = prepared;
  const handling = { mode: 'OFFLINE_FIRST' as const, faultReference, paperDecidedOn: since };
  const fault = await coveringFault(core, handling, [attender.from.place, attender.into.place]);
  const facts = { mode: 'OFFLINE_FIRST', faultReference: fault?.reference ?? null, familyWishes } as const;
  const findings = judgeOffline(facts, core.clock.today(), NATION);
  if (fault === undefined || findings.length > 0) return { attendance: null, findings };
  return writeAttendance({ core, caller, operation: 'recordOfflineTransfer' }, { key, asked }, attender, {
    ...{ basis: 'OFFLINE_DECISION', since, exempt: true, inCompliance: true, fault: fault.reference },
    clock: clockOf(fault, attender),
  });
};
