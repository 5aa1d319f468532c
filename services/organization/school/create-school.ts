import type { SchoolKind, Stage } from '#libs/contracts/vocabulary.ts';
import type { IsoDate } from '#libs/law/dates.ts';
import { lawPlaceOf } from '../tree/law-place.ts';
import type { OrgTree } from '../tree/org-tree.ts';
import type { OrgUnit } from '../tree/org-unit.ts';
import { judgeRegistryAuthority, type ManagedBy, registryAuthorityOf } from '../tree/registry-authority.ts';
import { competenceOf, problemsOfCompetence } from './competence.ts';
import { judgeKind } from './coverage.ts';
import { placeOf } from './place.ts';
import { decided, refused, type School, type SchoolDecision, type SchoolProblem } from './school.ts';
import { codeTypeOf, nextSchoolCode } from './school-code.ts';
import { type StageSpan, type System, spansOf, stagesProblem } from './stages.ts';

/** What teaching a school does: its kind, stages and system. */
export type Teaching = {
  kind: SchoolKind;
  stages: readonly Stage[];
  system: System;
  /** Years of each stage, for the system OTHER only. */
  spans?: readonly StageSpan[];
};

export type SchoolToCreate = Teaching & {
  name: string;
  ownership: School['ownership'];
  sponsor: School['sponsor'];
  managedBy: ManagedBy;
  /** The authority that a private school answers to, where it is not the registry authority; unit code. */
  competentAuthority?: string | null;
  /** The unit under which it stands: its county, or where it has none its city. */
  unit: OrgUnit;
};

/** What a decision about a school looks up. */
export type SchoolContext = {
  tree: OrgTree;
  /** The unit on whose behalf the decision is taken. */
  actor: OrgUnit;
  /** Every school code ever given in the province, retired ones included. */
  usedCodes: Iterable<string>;
  /** Highest place number ever given under the registry authority; 0 for none. */
  lastSequence: number;
  on: IsoDate;
};

/** Enters a new school with its code and its place in the tree (ORG-09, ORG-11, ORG-29). */
export function createSchool(input: SchoolToCreate, context: SchoolContext): SchoolDecision {
  const { tree, actor, on } = context;
  const authority = registryAuthorityOf(tree, input);
  const findings = [
    ...judgeKind(input.kind, lawPlaceOf(tree, input.unit), on),
    ...judgeRegistryAuthority(tree, actor, input, on),
  ];
  const problems = [
    ...problemsOfName(input.name),
    ...problemsOfTeaching(input),
    ...problemsOfCompetent(input, tree, authority),
  ];
  if (findings.length > 0 || problems.length > 0 || authority === undefined)
    return refused(findings, problems);
  return decided({
    code: nextSchoolCode(codeTypeOf(input.kind, input.stages), input.unit.province, context.usedCodes),
    name: input.name.trim(),
    kind: input.kind,
    stages: spansOfTeaching(input),
    system: input.system,
    ownership: input.ownership,
    sponsor: input.sponsor,
    state: 'ACTIVE',
    managedBy: input.managedBy,
    authority: authority.code,
    unit: input.unit.code,
    place: placeOf(authority, context.lastSequence + 1),
    openedOn: on,
    endedOn: null,
    formerNames: [],
    predecessor: null,
    successor: null,
    succession: null,
    admissionAreas: [],
    competentAuthority: competenceOf(input.competentAuthority, authority.code),
  });
}

const problemsOfCompetent = (
  input: SchoolToCreate,
  tree: OrgTree,
  authority: OrgUnit | undefined,
): SchoolProblem[] => {
  const { competentAuthority: competent } = input;
  const isNamed = competent !== undefined && competent !== null && competent !== authority?.code;
  return isNamed ? problemsOfCompetence(input, tree.find(competent), input.unit.province) : [];
};

const problemsOfName = (name: string): SchoolProblem[] =>
  name.trim() === '' ? [{ code: 'NAME_MISSING', path: ['name'] }] : [];

/** Everything wrong with kind, stages and spans as they were asked for. */
export function problemsOfTeaching({ kind, stages, system, spans }: Teaching): SchoolProblem[] {
  const problem = stagesProblem(kind, stages);
  if (problem !== null) return [{ code: problem, path: ['stages'] }];
  const covered = stages.every((stage) => spans?.some((span) => span.stage === stage));
  return system === 'OTHER' && !covered ? [{ code: 'SPANS_MISSING', path: ['spans'] }] : [];
}

/** The years taught: those of the system, or for OTHER those given. */
export const spansOfTeaching = ({ stages, system, spans }: Teaching): StageSpan[] =>
  system === 'OTHER'
    ? (spans ?? [])
        .filter((span) => stages.includes(span.stage))
        .toSorted((a, b) => a.firstYear - b.firstYear)
    : spansOf(system, stages);
