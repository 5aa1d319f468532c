import { v7 as uuidv7 } from 'uuid';
import { ComplaintReceived, TicketLinkedToCase } from '#libs/contracts/events/ticket.ts';
import type { WorkingDayCalendar } from '#libs/law/calendar/working-day-calendar.ts';
import { shanghaiDate } from '#libs/law/dates.ts';
import { workingDaysLate } from '#libs/law/ticket/case-steps.ts';
import { type LateStepLevel, lateStepAuthority } from '#libs/law/ticket/late-policy.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { caseName, caseText } from '../cases/case-text.ts';
import type { StepRow } from '../cases/course.ts';
import { CASE_PARTIES } from '../cases/parties.ts';
import { type SeenCase, timed } from '../cases/seen-case.ts';
import { startClock } from '../clocks/clock-rows.ts';
import { dueFrom } from '../clocks/due.ts';
import { concernedBy } from '../intake/competent.ts';
import { nameOfWorkplace } from '../standing/names.ts';
import { type Workplace, workplaceBy } from '../standing/places.ts';
import { saveNewTicket } from '../tickets/save-ticket.ts';
import { FRESH, type Ticket } from '../tickets/ticket.ts';
import { sealWords } from '../tickets/words.ts';

/** Who files what nobody has complained of. */
const SYSTEM = 'system';

/** The unit that takes a late step up; undefined where nobody stands above who is late. */
export const takerOf = async (
  core: ServiceCore,
  { unit }: Pick<StepRow, 'unit'>,
  level: LateStepLevel,
): Promise<Workplace | undefined> => {
  const late = await concernedBy(core, unit);
  const authority = late && lateStepAuthority(late, level);
  return authority && workplaceBy(core, authority.unit);
};

/** What the system has found, with the course of the case. */
const matterOf = async (
  core: ServiceCore,
  seen: SeenCase,
  step: StepRow,
  calendar: WorkingDayCalendar,
): Promise<string> => {
  const today = core.clock.today();
  const late = workingDaysLate(timed(step), today, calendar);
  const who = `${CASE_PARTIES[step.party]}（${await nameOfWorkplace(core, step.unit)}）`;
  const found = `系统发现：${who}未在期限内办结${caseName(seen)}业务的本环节，已逾期${late}个工作日。`;
  return [found, await caseText(core, seen, today, calendar)].join('\n');
};

const ticketOf = (
  core: ServiceCore,
  { steps }: SeenCase,
  step: StepRow,
  taker: Workplace,
  matter: string,
): Ticket => {
  const [id, party, now] = [uuidv7(), { code: taker.code, place: taker.place }, core.clock.now()];
  const isAcross = new Set(steps.map(({ province }) => province)).size > 1;
  return {
    ...{ id, kind: 'COMPLAINT', state: 'RECEIVED', root: id, student: step.person, school: null },
    ...{ family: null, source: party, target: party, toldPlace: null, province: taker.province },
    ...{ origin: 'SYSTEM', channel: 'SYSTEM', against: [step.unit], filedBy: SYSTEM, openedAt: now },
    scope: isAcross ? 'CROSS_PROVINCE' : 'IN_PROVINCE_MANAGEMENT',
    sealed: sealWords(core.sealing, id, { matter }),
    ...FRESH,
    ...{ acknowledgedAt: now, case: step.case, lateUnit: step.unit },
  };
};

/** Opens the ticket of a late step at the unit that takes it up, with the course of the case as its matter; its id. */
export const openLateTicket = async (
  core: ServiceCore,
  tx: Tx,
  {
    seen,
    step,
    taker,
    calendar,
  }: { seen: SeenCase; step: StepRow; taker: Workplace; calendar: WorkingDayCalendar },
): Promise<string> => {
  const ticket = ticketOf(core, seen, step, taker, await matterOf(core, seen, step, calendar));
  const { openedAt: now, origin, scope } = ticket;
  const due = dueFrom('HANDLE', now, calendar);
  await startClock(tx, ticket, due, now);
  await saveNewTicket(tx, core.sealing, now, {
    after: ticket,
    lines: [{ act: 'RECEIVED', unit: taker.code, by: null }],
    told: [
      {
        kind: ComplaintReceived,
        data: { origin, scope, dueOn: due.dueOn, provisional: due.provisional },
      },
      { kind: TicketLinkedToCase, data: { case: step.case, lateUnit: step.unit } },
    ],
  });
  return ticket.id;
};

/** What is said of a step that is over after it had opened a ticket: the result with which the ticket may be closed. */
export const endText = (step: StepRow, calendar: WorkingDayCalendar, today: string): string => {
  const on = step.doneAt === null ? today : shanghaiDate(new Date(step.doneAt));
  const late = workingDaysLate(timed(step), today, calendar);
  return step.lapsed
    ? `该业务已于${on}终止，逾期环节未办结，至终止时逾期${late}个工作日。`
    : `逾期环节已于${on}办结，逾期${late}个工作日。`;
};
