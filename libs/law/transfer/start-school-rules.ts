import { judgeSpecializedSchoolTransfer } from '../enrollment/specialized-school.ts';
import { judgeTransferGrade } from './grade-match.ts';
import { judgeClosedGrade, judgeExamRegistration, judgeVocationalWindow } from './grade-windows.ts';
import { judgeCompulsoryGround, judgeIntraCounty } from './grounds.ts';
import { judgePlaces } from './places.ts';
import { judgePrivateSchoolReview, privateSchoolPoints } from './private-school.ts';
import {
  isOrdinarySenior,
  judgeAdmissionArea,
  judgeSeniorGround,
  judgeVocationalGround,
} from './senior-grounds.ts';
import { NATION, ofSide } from './sides.ts';
import { eachSide, type StartRule } from './start-situation.ts';
import { judgeAcceptance, judgeStudyWindow, judgeSummerStop } from './windows.ts';

/** When a case may start at all (TRF-08, TRF-38). */
export const startWindows: StartRule = ({ facts, at }) =>
  ofSide('NATION', [...judgeSummerStop(facts.kind, at, NATION), ...judgeStudyWindow(facts.kind, at, NATION)]);

/** When the receiving school takes applications (TRF-06, TRF-07). */
export const acceptance: StartRule = ({ facts, on, places, acrossProvinces }) => {
  const { stage, terms, vocational } = facts.target;
  const { kind, appliedOn } = facts;
  return ofSide(
    'TARGET',
    judgeAcceptance(
      { kind, acrossProvinces, appliedOn, startsOn: on, stage, terms, toVocational: vocational },
      places.target,
    ),
  );
};

/** Closed grades and terms of ordinary schools, each by its own calendar (TRF-14, TRF-16). */
export const gradeWindows: StartRule = (situation) => {
  const { on } = situation;
  return eachSide(situation, (school, place) =>
    school.vocational
      ? []
      : [...judgeClosedGrade(school, on, place), ...judgeExamRegistration(school, on, place)],
  );
};

/** Why, by the law of the receiving place (TRF-10 to TRF-12). */
export const ground: StartRule = ({ facts, on, places }) => {
  const { kind, source, target, reason } = facts;
  if (isOrdinarySenior(kind, { source: source.stage, target: target.stage })) {
    return ofSide('TARGET', judgeSeniorGround(reason, on, places.target));
  }
  return ofSide('TARGET', judgeCompulsoryGround({ ...reason, stage: target.stage }, on, places.target));
};

/** Not inside one county or admission area (TRF-13, TRF-15). */
export const area: StartRule = (situation) => {
  const { facts, on } = situation;
  const { kind, source, target, reason, prefilingApproved } = facts;
  const counties = { sourceCounty: source.county, targetCounty: target.county };
  if (isOrdinarySenior(kind, { source: source.stage, target: target.stage })) {
    const areas = { sourceArea: source.admissionArea, targetArea: target.admissionArea };
    return eachSide(situation, (_, place) => judgeAdmissionArea({ ...counties, ...areas }, on, place));
  }
  return eachSide(situation, ({ stage }, place) =>
    judgeIntraCounty({ ...reason, ...counties, stage, bureauAgrees: prefilingApproved }, on, place),
  );
};

/** Between senior and vocational schools (TRF-26 to TRF-28). */
export const vocational: StartRule = (situation) => {
  const { facts, on } = situation;
  const { source, target, reason, appliedOn } = facts;
  const toVocational = target.vocational;
  const { threeYearMajor } = target;
  return eachSide(situation, ({ terms }, place) => [
    ...judgeVocationalGround({ ...reason, toVocational }, on, place),
    ...(toVocational
      ? judgeVocationalWindow({ from: source, appliedOn, startsOn: on, terms, threeYearMajor }, place)
      : []),
  ]);
};

/** Into a private school its authorities decide together, and weigh it before (TRF-25). */
export const privateSchool: StartRule = ({ facts, on, places }) => {
  const { privateSchoolReviewed: reviewed, target } = facts;
  const { ownership, stage } = target;
  const approved = { competentAuthorityApproved: reviewed, registryAuthorityApproved: reviewed };
  const weighed = reviewed ? privateSchoolPoints(stage) : [];
  return ofSide(
    'TARGET',
    judgePrivateSchoolReview({ ownership, stage, ...approved, weighed }, on, places.target),
  );
};

/** A place is free (TRF-09). */
export const seats: StartRule = ({ facts, on, places }) =>
  ofSide(
    'TARGET',
    judgePlaces({ ...facts.target.seats, kind: facts.kind, stage: facts.target.stage }, on, places.target),
  );

/** The grade stays what it is (TRF-17, TRF-18). */
export const grade: StartRule = ({ facts, on, places, acrossProvinces }) => {
  const { kind, source, target, gradeChange } = facts;
  return ofSide(
    'TARGET',
    judgeTransferGrade(
      { kind, acrossProvinces, from: source, to: target, ...gradeChange },
      on,
      places.target,
    ),
  );
};

/** No registration moves to a specialised school (ENR-22). */
export const specialized: StartRule = (situation) => {
  const { facts, on } = situation;
  return eachSide(situation, ({ stage }, place) =>
    judgeSpecializedSchoolTransfer({ stage, targetIsSpecialized: facts.target.specialized }, on, place),
  );
};
