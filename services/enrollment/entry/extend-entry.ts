import { z } from 'zod';
import { EntryExtended } from '#libs/contracts/events/entry.ts';
import { Day, Uuid } from '#libs/contracts/ids.ts';
import type { Finding } from '#libs/law/finding.ts';
import { lawPlaceOfSchool } from '#libs/law/layers.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { once } from '#libs/platform/commands/idempotency.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction, versionConflict } from '#libs/platform/errors/errors.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { calendarOf } from '../calendar-of.ts';
import { termsOf } from '../law-place.ts';
import { ownSchool } from '../own-school.ts';
import { entryDates } from './dates.ts';
import { isStopped, judgeMoreTime } from './more-time.ts';
import { type EntryPlace, placeData, placesWhere, updatePlace } from './place-rows.ts';

const Input = z.object({
  idempotencyKey: z.string().min(1).max(100),
  place: Uuid,
  expectedVersion: z.int(),
  /** Last day that is asked for, included. */
  until: Day,
  /** The guardian has shown a proof of why the formalities cannot be done in time. */
  proofShown: z.boolean(),
});

export type Extended = { place: string | null; findings: Finding[] };

/** More time for the formalities of a child with a place: applied for with proof, two weeks at most (ENR-13). */
export const extendEntry = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<Extended> => {
  const caller = authorize(actor, 'registration.enter');
  const asked = parseInput(Input, input);
  const at = core.clock.now();
  const today = core.clock.today();
  const extended = await inScope(core.app, await core.directory.scopeOf(caller), (tx) =>
    once<Extended>(
      tx,
      { operation: 'extendEntry', caller: caller.subject, key: asked.idempotencyKey, request: asked, at },
      async () => {
        const [found] = await placesWhere(tx, 'place_id = $1 for update', [asked.place]);
        if (found === undefined) throw outOfJurisdiction();
        const school = await ownSchool(core, caller, found.school);
        if (found.version !== asked.expectedVersion) throw versionConflict(found.version);
        const lawPlace = lawPlaceOfSchool(school);
        const terms = await termsOf(core, lawPlace);
        const calendar = await calendarOf(core);
        const dates = entryDates(found, terms, today, lawPlace, calendar);
        const isWaiting = found.state === 'GRANTED' || found.state === 'EXTENDED';
        const findings = judgeMoreTime({ ...asked, isWaiting, dates }, today, lawPlace, calendar);
        if (isStopped(findings)) return { place: null, findings };
        const after: EntryPlace = {
          ...found,
          state: 'EXTENDED',
          extendedUntil: asked.until,
          ...entryDates({ ...found, extendedUntil: asked.until }, terms, today, lawPlace, calendar),
          datedOn: today,
          dueCalendar: calendar.version,
          version: found.version + 1,
        };
        await updatePlace(tx, after);
        const data = { ...placeData(after), until: asked.until };
        await recordEvents(tx, at, [recorded(EntryExtended, `place:${after.id}`, after.version, data)]);
        return { place: after.id, findings };
      },
    ),
  );
  core.wakeRelay();
  return extended;
};
