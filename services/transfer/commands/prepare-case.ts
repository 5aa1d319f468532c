import { v7 as uuidv7 } from 'uuid';
import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import { addYears } from '#libs/law/dates.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { applicationAt } from '../applications/application-at.ts';
import { judgeCase } from '../cases/judge.ts';
import { findKnownPupil, type Trail } from '../cases/known-pupil.ts';
import { type FoundPupil, findPupil } from '../cases/lookup.ts';
import { appliedLongAgo, type CaseFinding, pupilNotFound } from '../cases/own-finding.ts';
import type { CaseRequest } from '../cases/request.ts';
import { type Situation, situationOf } from '../cases/situation.ts';
import type { Known } from '../cases/start-facts.ts';
import { nothingStated } from '../cases/stated.ts';
import type { Wanted } from '../cases/wanted.ts';
import type { ShownPupil } from '../filing/filed-pupil.ts';

/** A case that a school wants to start, with everything that was asked about it. */
export type Prepared = {
  id: string;
  pupil: FoundPupil;
  /** As the receiving school knows it; null where it knows of a found record alone. */
  shown: ShownPupil | null;
  known: Known;
  situation: Situation;
  findings: CaseFinding[];
};

/** Who asks, and where it is written down about whom. */
export type Asker = { actor: Actor; trail: Trail };

type Named = { pupil: FoundPupil | undefined; shown: ShownPupil | null; request: CaseRequest };

/** Who the pupil is and what is asked for, by whichever way the school names both. */
const named = async (
  core: ServiceCore,
  { actor: caller, trail }: Asker,
  school: SchoolFact,
  wanted: Wanted,
): Promise<Named | { findings: CaseFinding[] }> => {
  const typedOn = core.clock.today();
  switch (wanted.by) {
    case 'SCHOOL': {
      const pupil = await findKnownPupil(core, { actor: caller, trail }, wanted.pupil);
      if ('findings' in pupil) return pupil;
      return { pupil, shown: wanted.pupil, request: { ...wanted.request, typedOn } };
    }
    case 'CHECK':
      return {
        pupil: await findPupil(core, { found: wanted.found, school: school.code }),
        shown: null,
        request: { ...wanted.request, typedOn },
      };
    case 'GUARDIAN':
      return applicationAt(core, caller, school, wanted);
  }
};

const isLongAgo = (day: string, today: string): boolean => day < addYears(today, -1);

/** Finds the pupil, asks the owners and judges; findings alone where nobody is found. */
export const prepareCase = async (
  core: ServiceCore,
  asker: Asker,
  wanted: Wanted,
): Promise<Prepared | { findings: CaseFinding[] }> => {
  const { school: code } = asker.actor;
  const school = code === undefined ? undefined : await core.directory.school(code);
  if (school === undefined) throw outOfJurisdiction();
  if (wanted.by !== 'GUARDIAN' && isLongAgo(wanted.request.appliedOn, core.clock.today())) {
    return { findings: [appliedLongAgo] };
  }
  const found = await named(core, asker, school, wanted);
  if ('findings' in found) return found;
  const { pupil, shown, request } = found;
  if (pupil === undefined) return { findings: [pupilNotFound] };
  asker.trail.read(pupil.person);
  const id = uuidv7();
  const goal = { ...request, school: school.code, schoolClass: request.schoolClass ?? null };
  const { application, handling } = request;
  const about = { person: pupil.person, transfer: id, application, goal, startedAt: null, handling };
  const situation = await situationOf(core, about);
  const known: Known = {
    request,
    papers: wanted.evidence.map(({ kind }) => kind),
    birthDate: pupil.birthDate,
    holdsPlace: false,
    prefilingApproved: false,
    gradeConsent: false,
    stated: nothingStated,
  };
  const findings = judgeCase(known, new Date(situation.now), situation);
  return { id, pupil, shown, known, situation, findings };
};
