import { enforces } from '#libs/law/enforces.ts';
import { lateSinceDue } from '#libs/law/ticket/case-steps.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { nameOfCase } from '../cases/case-ref.ts';
import type { StepRow } from '../cases/course.ts';
import { stepsOfCases, stepsWhere } from '../cases/step-rows.ts';
import { calendarOf } from '../standing/places.ts';
import { tellTicket } from '../tickets/ticket-signal.ts';
import { openLateTicket, takerOf } from './late-ticket.ts';
import { type LatePolicy, type PolicyClock, policiesWhere } from './policy.ts';

/** Steps of one transaction. */
const AT_ONCE = 50;

/** Steps of a province that are late by so much that they open tickets, and have opened none; `due`: the last day that is late enough. */
const lateSteps = (
  tx: Tx,
  province: string,
  { clock, since }: PolicyClock,
  due: string,
): Promise<StepRow[]> =>
  stepsWhere(
    tx,
    `province = $1 and case_kind = $2 and due_on between $3::date and $4::date and done_at is null and not provisional
       and not exists (select 1 from late_step_ticket t where t.case_kind = case_step.case_kind
         and t.case_id = case_step.case_id and t.step = case_step.step)
     order by due_on, case_id, step limit ${AT_ONCE}`,
    [province, clock, since, due],
  );

/** True for whoever comes first: the key of the table lets nobody open a second ticket of a step. */
const takeStep = async (tx: Tx, { case: { kind, id }, step }: StepRow): Promise<boolean> => {
  const taken = await execute(
    tx,
    `insert into late_step_ticket (case_kind, case_id, step) values ($1, $2, $3)
     on conflict (case_kind, case_id, step) do nothing`,
    [kind, id, step],
  );
  return taken > 0;
};

const nameTicket = (tx: Tx, { case: { kind, id }, step }: StepRow, ticket: string): Promise<number> =>
  execute(
    tx,
    'update late_step_ticket set ticket_id = $4 where case_kind = $1 and case_id = $2 and step = $3',
    [kind, id, step, ticket],
  );

const openAll = async (
  core: ServiceCore,
  { province }: LatePolicy,
  clock: PolicyClock,
): Promise<{ count: number; opened: string[] }> => {
  const calendar = await calendarOf(core);
  const due = lateSinceDue(clock.afterWorkingDays, core.clock.today(), calendar);
  if (due === undefined || due < clock.since) return { count: 0, opened: [] };
  return asWorker(core.worker, async (tx) => {
    const late = await lateSteps(tx, province, clock, due);
    const all = await stepsOfCases(
      tx,
      late.map((step) => step.case),
    );
    const byCase = Map.groupBy(all, (step) => nameOfCase(step.case));
    const opened: string[] = [];
    for (const step of late) {
      if (!(await takeStep(tx, step))) continue;
      const taker = await takerOf(core, step, clock.level);
      if (taker === undefined) continue;
      const steps = byCase.get(nameOfCase(step.case)) ?? [];
      const seen = { ref: step.case, person: step.person, matter: step.matter, steps };
      const ticket = await openLateTicket(core, tx, { seen, step, taker, calendar });
      await nameTicket(tx, step, ticket);
      opened.push(ticket);
    }
    return { count: late.length, opened };
  });
};

/**
 * Opens the tickets of steps that have become late enough under the policy of their province: one for each step, whoever looks and how
 * often; by the days as they are known now, and never by a day that rests on an unpublished year. True when there may be more.
 */
export const openLateNext = async (core: ServiceCore): Promise<boolean> => {
  enforces('TKT-01', 'ORG-28');
  const policies = await asWorker(core.worker, (tx) => policiesWhere(tx, 'true order by province', []));
  let isMore = false;
  for (const policy of policies) {
    for (const clock of policy.clocks) {
      const { count, opened } = await openAll(core, policy, clock);
      for (const ticket of opened) tellTicket(core, ticket);
      isMore ||= count === AT_ONCE;
    }
  }
  return isMore;
};
