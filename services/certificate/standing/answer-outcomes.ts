import { type ReviewedOutcome, reviewedOutcomes } from '#libs/contracts/commands/reviewed-outcomes.ts';
import type { Stop } from '#libs/platform/bus/bus.ts';
import { answerTo } from '#libs/platform/commands/internal.ts';
import { single } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';

/** Answers enrollment how studies ended by what was reviewed (CRT-02, CRT-07). */
export const answersOutcomes = (core: Pick<ServiceCore, 'bus' | 'worker'>): Promise<Stop> =>
  answerTo(core.bus, reviewedOutcomes, async ({ registrations }) => ({
    outcomes: await single<ReviewedOutcome>(
      core.worker,
      `select o.person_id as person, o.enrollment_id as enrollment, o.kind as outcome
       from unnest($1::uuid[], $2::uuid[]) as r (person, enrollment)
       join outcome o on o.person_id = r.person and o.enrollment_id = r.enrollment
       where o.state in ('REVIEWED', 'ISSUED')`,
      [registrations.map(({ person }) => person), registrations.map(({ enrollment }) => enrollment)],
    ),
  }));
