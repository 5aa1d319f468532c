import { addMonths } from '#libs/law/dates.ts';
import { isOutOfScope, stateAfterOccurrence } from '#libs/law/identity/problem-course.ts';
import { query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { recordEvents } from '#libs/platform/events/outbox.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { type Loop, until } from '#libs/platform/service/loop.ts';
import { lawPlaceAt } from '../place-of-law.ts';
import { problemsWhere, saveProblem } from './problem-rows.ts';

/** The least time after which anybody leaves the scope: rows that are younger are not looked at. */
const monthsAtLeast = 6;

/**
 * Lets one record leave the scope whose child graduated and was never admitted (ENR-32), by the business clock and one
 * transaction at a time, so that several processes share the work; true when there may be more.
 */
const endScopes = async (core: ServiceCore): Promise<boolean> => {
  const { sealing, clock, directory } = core;
  const now = clock.now();
  const today = clock.today();
  return asWorker(core.worker, async (tx) => {
    const candidates = await query<{ person: string; id: string; school: string; province: string }>(
      tx,
      `select r.person_id as person, r.problem_id as id, p.school, p.province
       from problem_record r join person p on p.person_id = r.person_id
       join schooling s on s.person_id = r.person_id
       where r.graduated_on <= $1 and not s.admitted and r.state in ('OPEN', 'VERIFYING', 'SETTLING', 'PASSED_ON')
       order by r.graduated_on, r.person_id limit 200`,
      [addMonths(today, -monthsAtLeast)],
    );
    for (const { person, id, school, province } of candidates) {
      const place = lawPlaceAt(await directory.school(school), province);
      const [record] = await problemsWhere(tx, 'person_id = $1 and problem_id = $2 for update skip locked', [
        person,
        id,
      ]);
      const state = record && stateAfterOccurrence(record.state, 'SCOPE_ENDED');
      if (record === undefined || state === undefined) continue;
      if (!isOutOfScope({ graduatedOn: record.graduatedOn, admitted: false }, today, place)) continue;
      const after = { ...record, state, version: record.version + 1 };
      const happening = { act: 'SCOPE_ENDED', unit: 'SYSTEM', by: 'SYSTEM', at: now, note: null, papers: [] };
      await recordEvents(tx, now, [await saveProblem(tx, sealing, after, happening)]);
      return true;
    }
    return false;
  });
};

/** Follows graduates whom nobody has admitted. */
export const startProblemWorker = (core: ServiceCore): Loop =>
  until({
    name: 'problem scope',
    log: core.log,
    idle: 1_000,
    step: async () => {
      const isMore = await endScopes(core);
      if (isMore) core.wakeRelay();
      return isMore;
    },
  });
