import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { judgeCase } from '../cases/judge.ts';
import type { CaseFinding } from '../cases/own-finding.ts';
import { situationOf } from '../cases/situation.ts';
import { standingReasons } from '../cases/standing-reasons.ts';
import { openApplicant } from './applicant.ts';
import type { ApplicationRecord } from './application-record.ts';
import { requestFrom, uncheckedYet } from './family-request.ts';
import { nothingDoneYet } from './judge-application.ts';

/** What stands against a family's application now, by its own day: no paper lies with it yet, and no place is held. */
export const foundNow = async (
  core: ServiceCore,
  school: string,
  record: ApplicationRecord,
): Promise<readonly CaseFinding[]> => {
  const { id, person, stage, grade, reason } = record;
  const { birthDate } = openApplicant(core, record);
  const goal = { school, stage, grade, schoolClass: null };
  const situation = await situationOf(core, { person, transfer: id, goal, startedAt: null, handling: null });
  const known = {
    request: requestFrom(record, reason, uncheckedYet),
    papers: [],
    birthDate,
    ...nothingDoneYet,
  };
  return standingReasons(known, judgeCase(known, new Date(situation.now), situation), situation);
};
