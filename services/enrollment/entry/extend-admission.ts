import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { EntryExtended } from '#libs/contracts/events/entry.ts';
import { Day, Uuid } from '#libs/contracts/ids.ts';
import { lawPlaceOfSchool } from '#libs/law/layers.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { once } from '#libs/platform/commands/idempotency.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { execute } from '#libs/platform/database/query.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { calendarOf } from '../calendar-of.ts';
import { termsOf } from '../law-place.ts';
import { ownSchool } from '../own-school.ts';
import { coursesOf } from './admission-course.ts';
import { entryDates } from './dates.ts';
import type { Ended } from './end-admission.ts';
import { isStopped, judgeMoreTime } from './more-time.ts';

const Input = z.object({
  idempotencyKey: z.string().min(1).max(100),
  admission: Uuid,
  until: Day,
  proofShown: z.boolean(),
});

/** More time for an admitted pupil to report: applied for with proof, two weeks at most (ENR-13). */
export const extendAdmission = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<Ended> => {
  const caller = authorize(actor, 'admission.enter');
  const asked = parseInput(Input, input);
  const at = core.clock.now();
  const today = core.clock.today();
  const extended = await inScope(core.app, await core.directory.scopeOf(caller), (tx) =>
    once<Ended>(
      tx,
      { operation: 'extendAdmission', caller: caller.subject, key: asked.idempotencyKey, request: asked, at },
      async () => {
        const [admission] = await coursesOf(tx, [asked.admission], true);
        if (admission === undefined) throw outOfJurisdiction();
        const school = await ownSchool(core, caller, admission.school);
        const lawPlace = lawPlaceOfSchool(school);
        const { id, person, state, stage, entryYear: schoolYear, course } = admission;
        const terms = await termsOf(core, lawPlace);
        const isWaiting = state === 'ADMITTED' && course.noShowOn === null;
        const calendar = await calendarOf(core);
        const before = entryDates({ schoolYear, extendedUntil: null }, terms, today, lawPlace, calendar);
        const findings = judgeMoreTime({ ...asked, isWaiting, dates: before }, today, lawPlace, calendar);
        if (isStopped(findings)) return { done: false, findings };
        const { until } = asked;
        const dates = entryDates({ schoolYear, extendedUntil: until }, terms, today, lawPlace, calendar);
        await execute(
          tx,
          `update admission set extended_until = $3, opens_on = $4, no_show_after = $5, no_show_provisional = $6,
           dated_on = $7, no_show_calendar = $8 where person_id = $1 and admission_id = $2`,
          [person, id, until, dates.opensOn, dates.dueOn, dates.provisional, today, calendar.version],
        );
        await recordEvents(tx, at, [
          recorded(EntryExtended, `extension:${uuidv7()}`, 1, {
            entryPlace: id,
            school: school.code,
            ...{ place: admission.place, province: admission.province, stage, schoolYear, until },
          }),
        ]);
        return { done: true, findings };
      },
    ),
  );
  core.wakeRelay();
  return extended;
};
