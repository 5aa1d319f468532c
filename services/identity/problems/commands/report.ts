import { z } from 'zod';
import { Uuid } from '#libs/contracts/ids.ts';
import { ProblemRecordKind } from '#libs/contracts/vocabulary.ts';
import { workingDayCalendar } from '#libs/law/calendar/working-day-calendar.ts';
import { type Finding, finding, type LawPlace } from '#libs/law/finding.ts';
import { judgeReport } from '#libs/law/identity/problem-course.ts';
import { type Actor, unitOf } from '#libs/platform/actor/actor.ts';
import { once } from '#libs/platform/commands/idempotency.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { execute } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { badInput, outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { recordEvents } from '#libs/platform/events/outbox.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { holdPerson } from '../../person/held-person.ts';
import { lawPlaceAt } from '../../place-of-law.ts';
import type { Moved } from '../on-problem.ts';
import { openProblem } from '../problem-rows.ts';

const Input = z.object({
  idempotencyKey: z.string().min(1).max(100),
  student: Uuid,
  kind: ProblemRecordKind,
  complaint: z.boolean().nullish(),
  other: Uuid.nullish(),
  note: z.string().trim().min(1).max(1000),
});

const alreadyOpen = (on: string, place: LawPlace): Finding =>
  finding('ENR-67', {
    code: 'PROBLEM_RECORD_EXISTS',
    outcome: 'REJECT',
    message: '该学生已有同类问题学籍正在办理。',
    messageEn: 'A record of this kind is open already.',
    path: ['kind'],
    remedy: '请在已有的问题学籍中办理。',
    ownerLevel: 'SCHOOL',
    on,
    place,
  });

const otherMissing = () =>
  badInput([
    {
      path: ['other'],
      code: 'OTHER_RECORD',
      message:
        '只有重复学籍才填写另一条学籍，且不能是同一条。 Another record is named of a duplicate alone, and never itself.',
    },
  ]);

/** A check of a school or an authority has found a fault of somebody in its own scope (W-22, STA-05, ID-19). */
export const reportProblem = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<Moved> => {
  const caller = authorize(actor, 'problem.report');
  const asked = parseInput(Input, input);
  const other = asked.other ?? null;
  if (other !== null && (asked.kind !== 'DUPLICATE' || other === asked.student)) throw otherMissing();
  const scope = await core.directory.scopeOf(caller);
  const at = core.clock.now();
  const today = core.clock.today();
  const calendar = workingDayCalendar(await core.directory.workingDays());
  const request = core.sealing.hash('order', JSON.stringify(asked)).toString('hex');
  const source = caller.level === 'SCHOOL' ? 'SCHOOL_CHECK' : 'AUTHORITY_CHECK';
  const moved = await asWorker(core.worker, (tx) =>
    once<Moved>(
      tx,
      { operation: 'reportProblem', caller: caller.subject, key: asked.idempotencyKey, request, at },
      async () => {
        const { sealing } = core;
        const [held, second] = [
          await holdPerson(tx, sealing, scope, asked.student),
          other === null ? null : await holdPerson(tx, sealing, scope, other),
        ];
        if (held === undefined || second === undefined) throw outOfJurisdiction();
        const lawPlace = lawPlaceAt(await core.directory.school(held.school), held.province);
        const opened = await openProblem(
          { tx, sealing, at, lawPlace, calendar },
          {
            ...{
              person: held.person,
              personVersion: held.version,
              place: held.place,
              province: held.province,
            },
            ...{ school: held.school, kind: asked.kind, other, by: caller.subject, note: asked.note },
            source: asked.complaint === true ? 'COMPLAINT' : source,
            unit: unitOf(caller),
          },
        );
        if (opened === undefined) return { problem: null, findings: [alreadyOpen(today, lawPlace)] };
        await execute(tx, 'update person set version = version + 1 where person_id = $1', [held.person]);
        await recordEvents(tx, at, opened.events);
        return {
          problem: { person: held.person, id: opened.problem },
          findings: judgeReport({ kind: asked.kind }, today, lawPlace),
        };
      },
    ),
  );
  core.wakeRelay();
  return moved;
};
