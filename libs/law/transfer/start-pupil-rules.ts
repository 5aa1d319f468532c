import { judgeAssessedProgress } from '../enrollment/assessed-progress.ts';
import { schoolYearOn } from '../enrollment/grade.ts';
import { localTextWarnings } from '../enrollment/local-text.ts';
import { judgePreschool } from '../enrollment/preschool.ts';
import { requireValue } from '../resolve.ts';
import { judgeApplication } from './application.ts';
import { judgeCaseKind } from './kinds.ts';
import { judgeOffline } from './offline.ts';
import { judgeAcademicTestProof, judgeFiledPapers, judgeUnderAge } from './papers.ts';
import { judgePrefiled } from './prefiling.ts';
import { NATION, ofBothSides, ofSide } from './sides.ts';
import { eachSide, type StartRule } from './start-situation.ts';
import { judgeRunning, judgeTransferStatus } from './status.ts';

/** Texts of a side that are in force and not at hand, or have lapsed. */
export const localTexts: StartRule = ({ facts, on, places }) =>
  ofBothSides(
    localTextWarnings(on, places.source, facts.source.stage),
    localTextWarnings(on, places.target, facts.target.stage),
  );

/** The receiving school has chosen the right function (TRF-35, TRF-47). */
export const kind: StartRule = ({ facts, on, places }) =>
  ofSide(
    'TARGET',
    judgeCaseKind(
      {
        chosen: facts.kind,
        status: facts.pupil.status,
        source: { ...facts.source, province: places.source.province },
        target: { ...facts.target, province: places.target.province },
      },
      on,
      places.target,
    ),
  );

/** One running case, one registration (TRF-01). */
export const running: StartRule = ({ facts, on }) => ofSide('NATION', judgeRunning(facts.pupil, on, NATION));

/** Where the registration stands (TRF-19 to TRF-21, ENR-27). */
export const status: StartRule = (situation) => {
  const { facts, on } = situation;
  const { kind, pupil } = facts;
  return eachSide(situation, ({ stage }, place) =>
    judgeTransferStatus(
      { kind, status: pupil.status, underDiscipline: pupil.underDiscipline, stage },
      on,
      place,
    ),
  );
};

/** A disabled graduate goes on in another province as the expert committee has assessed; of others nothing is told (ENR-24). */
export const assessedGoingOn: StartRule = ({ facts, on, places }) => {
  const { status, goingOn } = facts.pupil;
  if (facts.kind !== 'CROSS_PROVINCE_STUDY' || status !== 'GRADUATED' || goingOn === undefined) return [];
  const judged = { isDisabled: true, step: 'GOING_ON', assessment: goingOn } as const;
  return ofSide('SOURCE', judgeAssessedProgress(judged, on, places.source));
};

/** A guardian applies, no school orders (TRF-05, TRF-44). */
export const application: StartRule = (situation) => {
  const { facts, on } = situation;
  return eachSide(situation, ({ stage }, place) =>
    judgeApplication({ ...facts.application, stage }, on, place),
  );
};

/** Young children across provinces (ENR-04). */
export const underAge: StartRule = ({ facts, at, on, places, acrossProvinces }) => {
  const { stage } = facts.target;
  const { birthDate } = facts.pupil;
  const schoolYear = schoolYearOn(at);
  return ofSide(
    'TARGET',
    judgeUnderAge({ acrossProvinces, stage, birthDate, schoolYear }, on, places.target),
  );
};

/** What lies with the case (TRF-22, TRF-23, TRF-30). */
export const papers: StartRule = ({ facts, on, places, acrossProvinces }) => {
  const { stage } = facts.target;
  const { academicTest, ...filed } = facts.papers;
  return [
    ...ofSide('NATION', judgeFiledPapers({ ...filed, stage, mode: facts.handling.mode }, on, NATION)),
    ...ofSide(
      'TARGET',
      judgeAcademicTestProof({ ...academicTest, stage, acrossProvinces }, on, places.target),
    ),
  ];
};

/** Filed with the bureau before the start (TRF-46). */
export const filing: StartRule = ({ facts, on, places }) => {
  const { prefilingApproved, target } = facts;
  return ofSide('TARGET', judgePrefiled({ stage: target.stage, prefilingApproved }, on, places.target));
};

/** In the system, or outside first in a fault (TRF-24). */
export const handling: StartRule = ({ facts, on }) =>
  ofSide('NATION', judgeOffline(facts.handling, on, NATION));

/** W-09 for children of kindergartens, without the rules of schools. */
export const kindergarten: StartRule = ({ facts, on }) =>
  ofSide(
    'NATION',
    judgePreschool(
      {
        change: 'CHANGE_OF_KINDERGARTEN',
        birthDate: facts.pupil.birthDate,
        inSchool: false,
        activeElsewhere: false,
        hasNumber: true,
        asksForNumber: false,
      },
      { preschoolEnabled: requireValue('preschoolEnabled', NATION, on) },
      on,
      NATION,
    ),
  );
