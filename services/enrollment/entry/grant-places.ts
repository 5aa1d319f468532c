import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { PlaceGranted } from '#libs/contracts/events/entry.ts';
import { SchoolCode } from '#libs/contracts/ids.ts';
import type { Finding } from '#libs/law/finding.ts';
import { lawPlaceOfSchool } from '#libs/law/layers.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { once } from '#libs/platform/commands/idempotency.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import { badInput } from '#libs/platform/errors/errors.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { calendarOf } from '../calendar-of.ts';
import { Child } from '../dropout/child.ts';
import { termsOf } from '../law-place.ts';
import { receivingSchool } from '../own-school.ts';
import { childKeysOf } from './child-keys.ts';
import { entryDates } from './dates.ts';
import { type EntryPlace, insertPlace, placeContext, placeData } from './place-rows.ts';

const Input = z.object({
  idempotencyKey: z.string().min(1).max(100),
  school: SchoolCode,
  stage: z.enum(['PRIMARY', 'JUNIOR', 'SENIOR']),
  schoolYear: z.int().min(2000).max(2100),
  children: z.array(Child).min(1).max(200),
});

export type Granting = { granted: number; already: number; findings: Finding[] };

const noSuchStage = () =>
  badInput([
    {
      path: ['stage'],
      code: 'STAGE_NOT_IN_SCHOOL',
      message: '本校没有该学段。 This school has no such stage.',
    },
  ]);

/**
 * A school puts down whom it has granted a place, before anybody is registered: who does not come is then known (ENR-14).
 * A child that has a place here for the year already keeps it.
 */
export const grantPlaces = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<Granting> => {
  const caller = authorize(actor, 'registration.enter');
  const asked = parseInput(Input, input);
  const school = await receivingSchool(core, caller, asked.school);
  if (!school.stages.some(({ stage }) => stage === asked.stage)) throw noSuchStage();
  const at = core.clock.now();
  const today = core.clock.today();
  const lawPlace = lawPlaceOfSchool(school);
  const calendar = await calendarOf(core);
  const request = core.sealing.hash('order', JSON.stringify(asked)).toString('hex');
  const granting = await inScope(core.app, await core.directory.scopeOf(caller), (tx) =>
    once<Granting>(
      tx,
      { operation: 'grantPlaces', caller: caller.subject, key: asked.idempotencyKey, request, at },
      async () => {
        const { schoolYear, stage } = asked;
        const terms = await termsOf(core, lawPlace);
        const dates = entryDates({ schoolYear, extendedUntil: null }, terms, today, lawPlace, calendar);
        let granted = 0;
        for (const child of asked.children) {
          const id = uuidv7();
          const made: EntryPlace = {
            id,
            ...{ place: school.place, school: school.code, province: school.province, stage, schoolYear },
            ...childKeysOf(core.sealing, child),
            sealed: core.sealing.seal(JSON.stringify(child), placeContext(id)),
            state: 'GRANTED',
            ...{ opensOn: dates.opensOn, dueOn: dates.dueOn, provisional: dates.provisional },
            ...{ datedOn: today, dueCalendar: calendar.version },
            ...{ extendedUntil: null, noShowOn: null, person: null, enrollment: null, entry: null },
            ...{ grantedBy: caller.subject, grantedAt: at, version: 1 },
          };
          if (!(await insertPlace(tx, made))) continue;
          await recordEvents(tx, at, [recorded(PlaceGranted, `place:${id}`, 1, placeData(made))]);
          granted++;
        }
        return { granted, already: asked.children.length - granted, findings: dates.findings };
      },
    ),
  );
  core.wakeRelay();
  return granting;
};
