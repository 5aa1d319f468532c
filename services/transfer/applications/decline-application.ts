import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { IllegalRejectionBlocked } from '#libs/contracts/events/transfer.ts';
import type { LawPlace } from '#libs/law/finding.ts';
import { lawPlaceOfSchool } from '#libs/law/layers.ts';
import { judgeTransferRefusal } from '#libs/law/transfer/refusal.ts';
import { REJECTION_REASONS } from '#libs/law/transfer/refusal-reasons.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { CaseFinding } from '../cases/own-finding.ts';
import type { ApplicationRecord } from './application-record.ts';
import type { Answered } from './apply-for-transfer.ts';
import { foundNow } from './found-now.ts';
import { ApplicationOrder, type ApplicationWork, isAsked, onApplication } from './on-application.ts';
import { applicationNotOpen } from './own-application-finding.ts';
import { saveApplication } from './save-application.ts';

const Declining = ApplicationOrder.extend({
  reasons: z.array(z.enum(REJECTION_REASONS)).max(REJECTION_REASONS.length),
  note: z.string().trim().max(1000).nullish(),
});

type Asked = { place: LawPlace; found: readonly CaseFinding[] };

/** Of what the family says of its reason nothing is taken for untrue: whoever finds it so has a reason of its own for that. */
const refusalOf = (
  { kind, stage, reason }: ApplicationRecord,
  reasons: readonly string[],
  { place, found }: Asked,
) => {
  const household = reason.household ? { household: reason.household } : {};
  const ground = { ground: reason.ground, proven: true, ...household };
  return {
    ...{ kind, party: 'TARGET_SCHOOL' as const, stage, reasons, ground, found },
    ...{ target: { place, stage }, guardianApplied: true },
  };
};

/** It is on record that a school wanted to turn a family away for no lawful reason (ORG-22); the application stays open. */
const recordIllegal = (
  { core, tx, record }: ApplicationWork,
  school: string,
  reasons: readonly string[],
): Promise<void> => {
  const { id, person, kind, source, place, province, authority } = record;
  return recordEvents(tx, core.clock.now(), [
    recorded(IllegalRejectionBlocked, `transfer-refusal:${uuidv7()}`, 1, {
      ...{ transfer: id, person, kind, source, target: { school, place, province, authority } },
      ...{ party: 'TARGET_SCHOOL', unit: school, reasons: [...reasons] },
    }),
  ]);
};

/**
 * The head of the receiving school turns a family's application down, for a lawful reason that is the receiving side's to
 * give (TRF-52, TRF-02); a forbidden one is blocked and on record.
 */
export const declineApplication = (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<Answered> => {
  const caller = authorize(actor, 'transfer.answer-application');
  const asked = parseInput(Declining, input);
  const look = async (seen: ApplicationRecord): Promise<Asked | undefined> => {
    const fact = seen.school === null ? undefined : await core.directory.school(seen.school);
    return fact && { place: lawPlaceOfSchool(fact), found: await foundNow(core, fact.code, seen) };
  };
  return onApplication(
    { core, caller, operation: 'declineApplication' },
    asked,
    look,
    async (work, known) => {
      const { tx, record } = work;
      const { school } = record;
      if (!isAsked(caller, record) || school === null || known === undefined) throw outOfJurisdiction();
      if (record.state !== 'APPLIED') return { findings: [applicationNotOpen] };
      const at = core.clock.now();
      const findings = judgeTransferRefusal(
        refusalOf(record, asked.reasons, known),
        core.clock.today(),
        known.place,
      );
      if (findings.length > 0) {
        if (asked.reasons.length > 0) await recordIllegal(work, school, asked.reasons);
        return { findings };
      }
      await saveApplication(tx, at, record, {
        ...record,
        ...{ state: 'DECLINED', endedAt: at, answeredBy: caller.subject, answeredAt: at },
        ...{ reasons: asked.reasons, note: asked.note ?? null },
      });
      return { findings: [] };
    },
  );
};
