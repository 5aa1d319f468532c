import type { IsoDate } from '#libs/law/dates.ts';
import { type Finding, finding } from '#libs/law/finding.ts';
import { lawPlaceOf } from '../tree/law-place.ts';
import type { OrgTree } from '../tree/org-tree.ts';
import type { OrgUnit } from '../tree/org-unit.ts';
import { judgeRegistryAuthority } from '../tree/registry-authority.ts';
import { judgeKind } from './coverage.ts';
import { problemsOfTeaching, type SchoolContext, spansOfTeaching, type Teaching } from './create-school.ts';
import { placeOf } from './place.ts';
import { decided, refused, type School, type SchoolDecision, type SchoolProblem } from './school.ts';
import { codeTypeOf, nextSchoolCode } from './school-code.ts';

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
  /** Whether archives of the school have not yet gone to where they are kept from now on. */
  archivesPending: boolean;
};

/**
 * Makes a school one of another type. The type stands in the code, so the school ends under its old code, which
 * is retired for ever, and goes on as a new record that names its predecessor. Pupils must not stay behind under
 * the old code (ARC-14).
 */
export function changeSchoolType(
  school: School,
  teaching: Teaching,
  context: SchoolContext & EndContext,
): SchoolDecision {
  const strangers = judgeActor(school, context);
  if (strangers.length > 0) return refused(strangers, []);
  const { tree, on } = context;
  const unit = unitOf(tree, school.unit);
  const authority = unitOf(tree, school.authority);
  const problems = [...problemsOfState(school, on), ...problemsOfTeaching(teaching)];
  const findings = [
    ...judgeKind(teaching.kind, lawPlaceOf(tree, unit), on),
    ...judgeArchives(school, context),
  ];
  if (findings.length > 0 || problems.length > 0) return refused(findings, problems);

  const type = codeTypeOf(teaching.kind, teaching.stages);
  if (school.code.startsWith(type)) return refused([], [{ code: 'TYPE_UNCHANGED', path: ['kind'] }]);
  const code = nextSchoolCode(type, unit.province, context.usedCodes);
  const renewed: School = {
    ...school,
    code,
    kind: teaching.kind,
    system: teaching.system,
    stages: spansOfTeaching(teaching),
    place: placeOf(authority, context.lastSequence + 1),
    openedOn: on,
    formerNames: [],
    predecessor: school.code,
  };
  return decided({ ...school, state: 'CLOSED', endedOn: on, successor: code }, renewed);
}

/** Only the registry authority changes a school (ORG-11). */
export const judgeActor = (school: School, { tree, actor, on }: ChangeContext): Finding[] =>
  judgeRegistryAuthority(tree, actor, { managedBy: school.managedBy, unit: unitOf(tree, school.unit) }, on);

/** A school record ends only once its archives are where they are kept from then on (ARC-14). */
export const judgeArchives = (school: School, { tree, on, archivesPending }: EndContext): Finding[] =>
  archivesPending
    ? [
        finding('ARC-14', {
          code: 'CLOSURE_ARCHIVES_PENDING',
          message: '该校的学籍档案尚未全部移交主管教育行政部门或其指定单位，原学校标识码暂不能停用',
          messageEn:
            'Archives of this school have not all gone to the competent authority or the unit it names.',
          path: ['school'],
          ownerLevel: school.managedBy,
          remedy: '请先确定保管单位并完成学籍档案移交',
          on,
          place: lawPlaceOf(tree, unitOf(tree, school.unit)),
        }),
      ]
    : [];

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
