import { type Finding, finding } from '#libs/law/finding.ts';
import { lawPlaceOf } from '../tree/law-place.ts';
import { type EndContext, judgeActor, judgeArchives, problemsOfState, unitOf } from './change-school.ts';
import { decided, refused, type School, type SchoolDecision } from './school.ts';

/**
 * Closes a school (撤销) once its archives are with the custodian (ARC-14); its code is retired. Who is not its
 * authority learns that and nothing of the school.
 */
export function closeSchool(school: School, context: EndContext): SchoolDecision {
  const strangers = judgeActor(school, context);
  if (strangers.length > 0) return refused(strangers, []);
  const problems = problemsOfState(school, context.on);
  const findings = judgeArchives(school, context);
  if (findings.length > 0 || problems.length > 0) return refused(findings, problems);
  return decided({ ...school, state: 'CLOSED', endedOn: context.on });
}

/** Merges a school into another (合并) once its archives have gone there (ARC-13); its code is retired. */
export function mergeSchool(school: School, successor: School, context: EndContext): SchoolDecision {
  const strangers = judgeActor(school, context);
  if (strangers.length > 0) return refused(strangers, []);
  const problems = problemsOfState(school, context.on);
  if (successor.code === school.code) problems.push({ code: 'SUCCESSOR_IS_ITSELF', path: ['successor'] });
  if (successor.state !== 'ACTIVE') problems.push({ code: 'SUCCESSOR_NOT_ACTIVE', path: ['successor'] });
  const findings = context.archivesPending ? [mergerArchivesPending(school, context)] : [];
  if (findings.length > 0 || problems.length > 0) return refused(findings, problems);
  return decided({ ...school, state: 'MERGED', endedOn: context.on, successor: successor.code });
}

const mergerArchivesPending = (school: School, { tree, on }: EndContext): Finding =>
  finding('ARC-13', {
    code: 'MERGER_ARCHIVES_PENDING',
    message: '该校的学籍档案尚未全部移交合并后的学校，暂不能办理合并',
    messageEn: 'Archives of this school have not all gone to the school after the merger.',
    path: ['school'],
    ownerLevel: 'SCHOOL',
    remedy: '请先完成学籍档案移交',
    on,
    place: lawPlaceOf(tree, unitOf(tree, school.unit)),
  });
