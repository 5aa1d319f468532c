import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { inTurn } from '#libs/platform/service/in-turn.ts';
import { type Loop, sideBySide, until } from '#libs/platform/service/loop.ts';
import { releaseNextArranged } from '../applications/arranged-place.ts';
import { followNextApplied } from '../applications/follow-school.ts';
import { recountNextAnswer } from '../applications/recount-answers.ts';
import { settleNext } from '../applications/settle-applications.ts';
import { followNextAttended } from '../attending/follow-school.ts';
import { beginOfflineTime, recordLateAttendance } from '../attending/late-attendance.ts';
import { cancelNext } from '../call-up/cancel-expired.ts';
import { recountNextCallUp } from '../call-up/recount-call-ups.ts';
import { remapNext } from '../promotion/remap-grades.ts';
import { endNextClosed } from '../succession/end-closed.ts';
import { handOverNext, type Reached } from './hand-over.ts';
import { recordLateNext } from './late-steps.ts';
import { purgeNext } from './purge.ts';
import { recountNext } from './recount-days.ts';
import { releaseNext } from './release.ts';
import { recordForReportNext } from './report-days.ts';

/** Registrations that are moved at the same time, each waiting for its owner. */
const handOverLanes = 4;

/**
 * Moves the registrations of cases that everybody has approved. What is left to do stands in the rows: whoever starts after a
 * death goes on with it, and several processes share the work.
 */
export const startHandOverWorker = (core: ServiceCore): Loop =>
  sideBySide(handOverLanes, () => {
    let reached: Reached;
    return until({
      name: 'transfer hand-over',
      log: core.log,
      idle: 1_000,
      step: () =>
        handOverNext(core, reached, (at) => {
          reached = at;
        }),
    });
  });

/** What follows from the business clock, and places of cases that ended; work that fails holds up no other. */
export const startClockWorker = (core: ServiceCore): Loop =>
  until({
    name: 'transfer clocks',
    log: core.log,
    idle: 1_000,
    busy: () => 250,
    step: inTurn(core.log, {
      recountSteps: () => recountNext(core),
      recountCallUps: () => recountNextCallUp(core),
      cancelExpired: () => cancelNext(core),
      endClosed: () => endNextClosed(core),
      remapGrades: () => remapNext(core),
      releasePlaces: () => releaseNext(core),
      recordForReport: () => recordForReportNext(core),
      purge: () => purgeNext(core),
      recordLate: () => recordLateNext(core),
      beginOfflineTime: () => beginOfflineTime(core),
      followAttended: () => followNextAttended(core),
      recordLateAttendance: () => recordLateAttendance(core),
      followApplied: () => followNextApplied(core),
      settleApplications: () => settleNext(core),
      releaseArranged: () => releaseNextArranged(core),
      recountAnswers: () => recountNextAnswer(core),
    }),
  });
