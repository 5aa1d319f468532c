import { Stage } from '#libs/contracts/vocabulary.ts';
import type { WorkingDayCalendar } from '#libs/law/calendar/working-day-calendar.ts';
import { basicInfoUpdateDue, judgeBasicInfoUpdate } from '#libs/law/enrollment/information-update.ts';
import type { Finding, LawPlace } from '#libs/law/finding.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Enrollment } from '../entities.ts';
import { type Done, onRegistration, RegistrationOrder } from './on-registration.ts';

type Changed = { person: string; enrollment: string; changedOn: string };

/** After going on, or coming back to school, the basic information is to be looked through within a month (ENR-68). */
export const askBasicInfo = async (
  tx: Tx,
  { person, enrollment, changedOn }: Changed,
  place: LawPlace,
  calendar: WorkingDayCalendar,
): Promise<void> => {
  const due = basicInfoUpdateDue(changedOn, place, calendar);
  if (due === undefined) return;
  await execute(
    tx,
    `update enrollment set info_due_on = $3, info_confirmed_on = null where person_id = $1 and enrollment_id = $2`,
    [person, enrollment, due.dueDate],
  );
};

type InfoRow = Pick<Enrollment, 'infoDueOn' | 'infoConfirmedOn' | 'stage'>;

/** Whose basic information was not looked through in time; what was done late stays on record. */
export const lateBasicInfo = (
  { infoDueOn, infoConfirmedOn, stage }: InfoRow,
  today: string,
  place: LawPlace,
): Finding[] => {
  const known = Stage.safeParse(stage);
  if (!infoDueOn || !known.success) return [];
  return judgeBasicInfoUpdate(
    {
      dueDate: infoDueOn,
      provisional: false,
      ...(infoConfirmedOn ? { doneOn: infoConfirmedOn } : {}),
      today,
      stage: known.data,
    },
    today,
    place,
  );
};

/** The school has looked through the basic information of a pupil and found or made it right (ENR-68). */
export const confirmBasicInfo = (core: ServiceCore, actor: Actor | null, input: unknown): Promise<Done> => {
  const caller = authorize(actor, 'case.enter');
  const asked = parseInput(RegistrationOrder, input);
  return onRegistration(
    { core, caller, operation: 'confirmBasicInfo', by: 'SCHOOL' },
    asked,
    async ({ tx, situation }) => {
      const { registration, today, lawPlace } = situation;
      const { person, enrollment, stage } = registration;
      const [row] = await query<{ due: string | null }>(
        tx,
        `update enrollment set info_confirmed_on = coalesce(info_confirmed_on, $3)
       where person_id = $1 and enrollment_id = $2 returning info_due_on::text as due`,
        [person, enrollment, today],
      );
      const facts = { infoDueOn: row?.due ?? null, infoConfirmedOn: today, stage };
      return { done: true, findings: lateBasicInfo(facts, today, lawPlace) };
    },
  );
};
