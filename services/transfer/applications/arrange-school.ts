import { isUuid } from '#libs/contracts/ids.ts';
import { isRejected } from '#libs/law/own-finding.ts';
import { arrangedPlaceKeptUntil, judgeArranging } from '#libs/law/transfer/arrangement.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { CaseFinding } from '../cases/own-finding.ts';
import type { Situation } from '../cases/situation.ts';
import { answerDue } from './application-due.ts';
import { lockApplicationsOf } from './application-limits.ts';
import type { ApplicationRecord } from './application-record.ts';
import { applicationsWhere } from './application-rows.ts';
import type { Answered } from './apply-for-transfer.ts';
import { giveBackUnarranged, holdArranged, noteArranging } from './arranged-place.ts';
import { judgeNamed, lookAtSchool } from './arranged-school.ts';
import { inFamilyWords } from './family-words.ts';
import { ApplicationOrder, type ApplicationWork, isAsked, onApplication } from './on-application.ts';
import { alreadyApplied, schoolNotProposed } from './own-application-finding.ts';
import { saveApplication } from './save-application.ts';

/** The application as it waits for the school that was named; the day of the family's application stays. */
const arrangedAt = (
  record: ApplicationRecord,
  by: string,
  findings: readonly CaseFinding[],
  { now, today, calendar, target }: Situation,
): ApplicationRecord => {
  const { code, place, authority } = target.school;
  return {
    ...record,
    ...{ state: 'APPLIED', school: code, place, authority, arranged: true },
    ...{ findings: inFamilyWords(findings), answeredBy: by, answeredAt: now },
    ...answerDue(now, target.place, calendar),
    placeKeptUntil: arrangedPlaceKeptUntil(today),
  };
};

const isThere = async ({ tx, record }: ApplicationWork, school: string): Promise<boolean> => {
  // The family may be applying there itself at this moment.
  await lockApplicationsOf(tx, record.person);
  const there = 'person_id = $1 and school = $2 and ended_at is null';
  return (await applicationsWhere(tx, there, [record.person, school])).length > 0;
};

/**
 * The head of the receiving county arranges the school that its registrar has proposed, for a family whose school of choice
 * was full (TRF-10, TRF-43). A place is held there from now on (TRF-09), until the school's case holds it in its stead, the
 * application has ended, or it was kept for long enough.
 */
export const arrangeSchool = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<Answered> => {
  const caller = authorize(actor, 'transfer.arrange');
  const order = parseInput(ApplicationOrder, input);
  const prepare = async (seen: ApplicationRecord): Promise<Situation | undefined> => {
    if (seen.proposal === null) return undefined;
    if (isAsked(caller, seen)) await noteArranging(core, seen.id);
    return lookAtSchool(core, seen, seen.proposal.school);
  };
  return onApplication(
    { core, caller, operation: 'arrangeSchool' },
    order,
    prepare,
    async (work, situation) => {
      const { tx, record } = work;
      if (situation === undefined) {
        if (!isAsked(caller, record)) throw outOfJurisdiction();
        return { findings: [schoolNotProposed] };
      }
      const { today, target } = situation;
      const hands = { handledBy: record.proposal?.by ?? null, decidedBy: caller.subject };
      const named = await judgeNamed(core, caller, record, situation);
      const findings = [...judgeArranging(hands, today, target.place), ...named];
      if (isRejected(findings)) return { findings };
      if (await isThere(work, target.school.code)) return { findings: [alreadyApplied] };
      const noPlace = await holdArranged(work, situation);
      if (noPlace.length > 0) return { findings: noPlace };
      await saveApplication(
        tx,
        situation.now,
        record,
        arrangedAt(record, caller.subject, findings, situation),
      );
      return { findings };
    },
  ).catch(async (error: unknown) => {
    if (isUuid(order.application)) await giveBackUnarranged(core, order.application).catch(() => undefined);
    throw error;
  });
};
