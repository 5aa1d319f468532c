import type { IsoDate } from '#libs/law/dates.ts';
import type { Promotion } from '#libs/law/enrollment/grade.ts';
import { type Finding, finding, findingIfInForce } from '#libs/law/finding.ts';
import { judgeYearsTaught, positionIn } from '#libs/law/organization/succession.ts';
import { pupilsOf, type Roll, seatedYears } from '../merger/rolls.ts';
import { lawPlaceOf } from '../tree/law-place.ts';
import type { OrgTree } from '../tree/org-tree.ts';
import type { OrgUnit } from '../tree/org-unit.ts';
import { judgeRegistryAuthority } from '../tree/registry-authority.ts';
import { judgeKind } from './coverage.ts';
import { problemsOfTeaching, type SchoolContext, spansOfTeaching, type Teaching } from './create-school.ts';
import { placeOf } from './place.ts';
import { decided, refused, type School, type SchoolDecision, type SchoolProblem } from './school.ts';
import { codeTypeOf, nextSchoolCode } from './school-code.ts';
import type { StageSpan } from './stages.ts';

/** What a decision about an existing school looks up. */
export type ChangeContext = Pick<SchoolContext, 'tree' | 'actor' | 'on'>;

/** Gives a school another name; its code stays, and the former name is kept with its last day. */
export function renameSchool(school: School, name: string, context: ChangeContext): SchoolDecision {
  const strangers = judgeActor(school, context);
  if (strangers.length > 0) return refused(strangers, []);
  const wanted = name.trim();
  const problems = problemsOfState(school, context.on);
  if (wanted === '') problems.push({ code: 'NAME_MISSING', path: ['name'] });
  if (wanted === school.name) problems.push({ code: 'NAME_UNCHANGED', path: ['name'] });
  if (problems.length > 0) return refused([], problems);
  const formerNames = [...school.formerNames, { name: school.name, until: context.on }];
  return decided({ ...school, name: wanted, formerNames });
}

/** What the end of a record looks up beside the rest. */
export type EndContext = ChangeContext & {
  /** Who is registered there: of whom archives have not gone to where they are kept from now on. */
  roll: Roll;
  /** A merger in which the school takes part is not done yet. */
  isMerging: boolean;
};

/** What a change of type looks up beside the rest. */
export type TypeContext = SchoolContext &
  EndContext & {
    /** Id for the passage of the registrations to the new record. */
    merger: string;
    /** The instant of the business. */
    now: Date;
    promotions: readonly Promotion[];
  };

const yearsOf = (stages: readonly StageSpan[]): string =>
  stages.map(({ stage, firstYear, lastYear }) => `${stage} ${firstYear} ${lastYear}`).join();

const isSameTeaching = (school: School, teaching: Teaching): boolean =>
  school.kind === teaching.kind &&
  school.system === teaching.system &&
  yearsOf(school.stages) === yearsOf(spansOfTeaching(teaching));

/** Pupils whose year the school goes on to teach, but as another grade or stage: a record's own grades do not shift. */
const judgeShiftedGrades = (
  school: School,
  taught: readonly StageSpan[],
  context: TypeContext,
): Finding[] => {
  const { roll, now, promotions, tree, on } = context;
  const shifted = roll.cohorts.filter(({ position }) => {
    const there = positionIn(position, { from: school.stages, to: taught }, now, promotions);
    return there !== undefined && (there.stage !== position.stage || there.lastGrade !== position.lastGrade);
  });
  if (shifted.length === 0) return [];
  const pupils = shifted.reduce((sum, cohort) => sum + cohort.pupils, 0);
  return findingIfInForce('ENR-69', {
    outcome: 'REJECT',
    message: `该校有${pupils}名学生在改制后须改按其他学段或年级对应，原学校标识码下不能改制`,
    messageEn: `${pupils} pupil(s) would be in another stage or grade under the same school code.`,
    path: ['system'],
    ownerLevel: school.managedBy,
    remedy: '请在该年级学生毕业后改制，或新建学校后办理合并',
    on,
    place: lawPlaceOf(tree, unitOf(tree, school.unit)),
  });
};

/**
 * Makes a school one of another type (nine-year school from a primary one, 5-4 from 6-3). Pupils stay in the year of
 * schooling in which they are; one that is taught no more stands against it (ENR-69). Where the type stands in the code
 * the school goes on as a new record that names its predecessor: registrations pass over to it, and the old code ends
 * with the last of them and is retired for ever.
 */
export function changeSchoolType(school: School, teaching: Teaching, context: TypeContext): SchoolDecision {
  const strangers = judgeActor(school, context);
  if (strangers.length > 0) return refused(strangers, []);
  const { tree, on, roll, now, promotions } = context;
  const unit = unitOf(tree, school.unit);
  const authority = unitOf(tree, school.authority);
  const place = lawPlaceOf(tree, unit);
  const problems = [
    ...problemsOfState(school, on),
    ...problemsOfPassage(context),
    ...problemsOfTeaching(teaching),
  ];
  if (problems.length > 0) return refused(judgeKind(teaching.kind, place, on), problems);
  const stages = spansOfTeaching(teaching);
  const type = codeTypeOf(teaching.kind, teaching.stages);
  const keepsCode = school.code.startsWith(type);
  const findings = [
    ...judgeKind(teaching.kind, place, on),
    ...judgeYearsTaught(seatedYears(school, roll, now, promotions), stages, on, place),
    ...(keepsCode ? judgeShiftedGrades(school, stages, context) : []),
  ];
  if (findings.length > 0) return refused(findings, []);
  const changed = { ...school, kind: teaching.kind, system: teaching.system, stages };
  if (keepsCode)
    return isSameTeaching(school, teaching)
      ? refused([], [{ code: 'TYPE_UNCHANGED', path: ['kind'] }])
      : decided(changed);

  const code = nextSchoolCode(type, unit.province, context.usedCodes);
  const renewed: School = {
    ...changed,
    code,
    place: placeOf(authority, context.lastSequence + 1),
    openedOn: on,
    formerNames: [],
    predecessor: school.code,
  };
  const isEmpty = roll.cohorts.length === 0 && roll.former === 0;
  return decided(
    isEmpty
      ? { ...school, state: 'CLOSED', endedOn: on, successor: code }
      : { ...school, succession: { merger: context.merger, into: code, from: on } },
    renewed,
  );
}

/** A school from or to which registrations pass over is left alone until they have. */
export const problemsOfPassage = ({ isMerging }: EndContext): SchoolProblem[] =>
  isMerging ? [{ code: 'SCHOOL_MERGING', path: ['school'] }] : [];

/** Only the registry authority changes a school (ORG-11). */
export const judgeActor = (school: School, { tree, actor, on }: ChangeContext): Finding[] =>
  judgeRegistryAuthority(tree, actor, { managedBy: school.managedBy, unit: unitOf(tree, school.unit) }, on);

/** A school record ends only once its pupils have gone and its archives are where they are kept from then on (ARC-14). */
export const judgeArchives = (school: School, { tree, on, roll }: EndContext): Finding[] => {
  const pupils = pupilsOf(roll);
  if (pupils === 0 && roll.former === 0) return [];
  return [
    finding('ARC-14', {
      code: 'CLOSURE_ARCHIVES_PENDING',
      message: `该校尚有${pupils}名学生的学籍，另有${roll.former}名离校学生的学籍档案尚未移交主管教育行政部门或其指定单位，原学校标识码暂不能停用`,
      messageEn: `${pupils} pupil(s) are registered there, and archives of ${roll.former} former one(s) have not gone to the competent authority or the unit it names.`,
      path: ['school'],
      ownerLevel: school.managedBy,
      remedy: '请先为在籍学生安排学校（并入其他学校的，办理学校合并），并确定保管单位、完成学籍档案移交',
      on,
      place: lawPlaceOf(tree, unitOf(tree, school.unit)),
    }),
  ];
};

/** Whether the school can be changed at all on the day. */
export const problemsOfState = (school: School, on: IsoDate): SchoolProblem[] => {
  if (school.state !== 'ACTIVE') return [{ code: 'SCHOOL_NOT_ACTIVE', path: ['school'] }];
  return on < school.openedOn ? [{ code: 'BEFORE_OPENING', path: ['school'] }] : [];
};

/** A unit that a school record names. Throws Error when the tree does not have it. */
export const unitOf = (tree: OrgTree, code: string): OrgUnit => {
  const unit = tree.find(code);
  if (unit === undefined) throw new Error(`the tree has no unit ${code}`);
  return unit;
};
