import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { judgeCase } from '../cases/judge.ts';
import { type FoundPupil, findPupil } from '../cases/lookup.ts';
import { type CaseFinding, pupilNotFound } from '../cases/own-finding.ts';
import { CaseRequest, type Wanted } from '../cases/request.ts';
import { type Situation, situationOf } from '../cases/situation.ts';
import type { Known } from '../cases/start-facts.ts';

/** A case that a school wants to start, with everything that was asked about it. */
export type Prepared = {
  id: string;
  pupil: FoundPupil;
  known: Known;
  situation: Situation;
  findings: CaseFinding[];
};

/** Finds the pupil, asks the owners and judges; findings alone where nobody is found. */
export const prepareCase = async (
  core: ServiceCore,
  caller: Actor,
  wanted: Wanted,
): Promise<Prepared | { findings: CaseFinding[] }> => {
  const school = caller.school === undefined ? undefined : await core.directory.school(caller.school);
  if (school === undefined) throw outOfJurisdiction();
  const pupil = await findPupil(core, wanted.student);
  if (pupil === undefined) return { findings: [pupilNotFound] };
  const id = uuidv7();
  const goal = { ...wanted, school: school.code, schoolClass: wanted.schoolClass ?? null };
  const about = { person: pupil.person, transfer: id, goal, startedAt: null, handling: wanted.handling };
  const situation = await situationOf(core, about);
  const known: Known = {
    request: CaseRequest.parse(wanted),
    papers: (wanted.evidence ?? []).map(({ kind }) => kind),
    birthDate: pupil.birthDate,
    holdsPlace: false,
    prefilingApproved: false,
    gradeConsent: false,
  };
  const findings = judgeCase(known, new Date(situation.now), situation);
  return { id, pupil, known, situation, findings };
};
