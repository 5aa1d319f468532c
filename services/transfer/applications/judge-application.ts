import { v7 as uuidv7 } from 'uuid';
import type { Applicant } from '#libs/contracts/commands/tell-applicant.ts';
import { againstApplication } from '#libs/law/transfer/family-application.ts';
import { type CaseKind, kindOf } from '#libs/law/transfer/kinds.ts';
import { badInput } from '#libs/platform/errors/errors.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { judgeCase } from '../cases/judge.ts';
import type { CaseFinding } from '../cases/own-finding.ts';
import type { CaseRequest } from '../cases/request.ts';
import { type Situation, situationOf } from '../cases/situation.ts';
import { nothingStated } from '../cases/stated.ts';
import { applicantOf } from './applicant.ts';
import { type FamilyRequest, requestFrom, uncheckedYet } from './family-request.ts';
import { inFamilyWords } from './family-words.ts';

/** An application as it would be made now, with what was asked about it. */
export type JudgedApplication = {
  id: string;
  applicant: Applicant;
  request: CaseRequest;
  situation: Situation;
  findings: CaseFinding[];
};

const unknownSchool = () =>
  badInput([
    {
      path: ['school'],
      code: 'SCHOOL_UNKNOWN',
      message: '学校标识码有误。 The code names no school.',
    },
  ]);

/** What the schools and the pupil's status make of it where the family does not say; the law says no where nothing does. */
const kindFor = (asked: FamilyRequest, { registration, source, target }: Situation): CaseKind => {
  const made =
    registration !== null && source !== undefined
      ? kindOf({
          status: registration.status,
          source: {
            ...{ province: source.place.province, stage: registration.stage },
            vocational: source.school.kind === 'VOCATIONAL',
          },
          target: {
            ...{ province: target.place.province, stage: asked.stage },
            vocational: target.school.kind === 'VOCATIONAL',
          },
        })
      : undefined;
  return asked.kind ?? made ?? 'IN_PROVINCE_TRANSFER';
};

/** No place is held, and no bureau or county has been asked. */
export const nothingDoneYet = {
  ...{ holdsPlace: false, prefilingApproved: false, gradeConsent: false },
  stated: nothingStated,
};

type Applied = Parameters<typeof requestFrom>[0] & Pick<FamilyRequest, 'reason'>;

/** What an application comes to at a school, as if that had checked the family's word and started now. */
export const judgeApplied = (
  { reason, ...applied }: Applied,
  { birthDate }: Pick<Applicant, 'birthDate'>,
  situation: Situation,
): CaseFinding[] => {
  const request = requestFrom(applied, reason, uncheckedYet);
  // Whether another grade may be is for the school and its county: the family is not turned away for it (TRF-18).
  const unchecked = { ...request, nineYearsGuaranteed: true };
  const known = { request: unchecked, papers: ['REASON_PROOF' as const], birthDate, ...nothingDoneYet };
  return againstApplication(judgeCase(known, new Date(situation.now), situation));
};

/**
 * Judges what a family asks for as if the receiving school had checked its word and started now: every finding at once, in
 * words for families. The day of the application is the server's.
 */
export const judgeApplication = async (
  core: ServiceCore,
  asked: FamilyRequest,
): Promise<JudgedApplication> => {
  if ((await core.directory.school(asked.school)) === undefined) throw unknownSchool();
  const id = uuidv7();
  const { student: person, school, stage, grade } = asked;
  const applicant = await applicantOf(core, person);
  const goal = { school, stage, grade, schoolClass: null };
  const situation = await situationOf(core, { person, transfer: id, goal, startedAt: null, handling: null });
  const kind = kindFor(asked, situation);
  const applied = { id, kind, stage, grade, appliedOn: situation.today };
  const request = requestFrom(applied, asked.reason, uncheckedYet);
  const findings = judgeApplied({ ...applied, reason: asked.reason }, applicant, situation);
  return { id, applicant, request, situation, findings: inFamilyWords(findings) };
};
