import { randomUUID } from 'node:crypto';
import { schoolYearOn } from '#libs/law/enrollment/grade.ts';
import { authorityDesks, caseDeskOf, type Desk, schoolDesks } from '#test/service/enrollment/case-desk.ts';
import { type Counter, counterOf, type Told, taiyuanPrimary } from '#test/service/enrollment/counter.ts';
import { girl } from '#test/service/enrollment/pupils.ts';
import type { GraphAnswer, Registry } from '#test/support/registry.ts';

export type Step = {
  party: string;
  unit: string;
  deadline: string;
  overdue: boolean;
  handledAt: string | null;
  decision: string | null;
  reason: string | null;
};
export type Update = {
  id: string;
  version: number;
  state: string;
  depth: string;
  proposedAs: string;
  fields: string[];
  changes: { field: string; from: string | null; to: string | null }[] | null;
  papers: { kind: string; onFile: boolean }[];
  steps: Step[];
  blockers: Told[];
  allowedActions: string[];
};
export type UpdateAnswer = { update: Update | null; findings: Told[] };

export type Problem = {
  id: string;
  version: number;
  kind: string;
  state: string;
  source: string;
  turn: string | null;
  dueOn: string;
  overdue: boolean;
  resolution: string | null;
  student: { id: string };
  other: { id: string } | null;
  blockers: Told[];
  history: { act: string; state: string; unit: string; note: string | null; papers: number }[];
  allowedActions: string[];
};
export type ProblemAnswer = { problem: Problem | null; findings: Told[] };

const told = 'ruleId outcome code path basis { document article layer }';
export const updateFields = `id version state depth proposedAs fields changes { field from(full: true) to(full: true) }
  papers { kind onFile } steps { party unit deadline overdue handledAt decision reason }
  blockers { ${told} } allowedActions`;
export const problemFields = `id version kind state source turn dueOn overdue resolution student { id } other { id }
  blockers { ${told} } history { act state unit note papers } allowedActions`;

export const school = schoolDesks(taiyuanPrimary);
export const county = authorityDesks('140105');

/** The registry as the people use it who keep what is known of children. */
export const identityDeskOf = async (registry: Registry) => {
  const counter: Counter = counterOf(registry);
  const desk = caseDeskOf(registry);
  const { ask, answered, paper } = desk;

  /** A girl, registered and approved at a school; her person's id. */
  const child = async (
    sequence: number,
    changes: Record<string, unknown> = {},
    at: { school?: string; authority?: string } = {},
  ): Promise<string> => {
    const entryYear = schoolYearOn(new Date(registry.clock.now()));
    const waiting = await counter.registered(at.school ?? taiyuanPrimary, girl(sequence, changes), {
      entryYear,
    });
    const decided = await counter.decide(at.authority ?? 'xiaodian', 'APPROVE', [waiting], {
      reason: '同意',
    });
    if (decided.decided !== 1) throw new Error(`Not approved: ${JSON.stringify(decided)}`);
    await registry.settled();
    return waiting.student.id;
  };

  /** The login of a child's mother, tied to the child by its school. */
  const guardianOf = async (student: string, registrar: Desk = school.registrar): Promise<Desk> => {
    const guardian = { sub: `guardian-${randomUUID()}`, level: 'NONE', roles: ['GUARDIAN'] };
    answered(
      await ask(
        registrar,
        `mutation ($input: LinkGuardianInput!) { linkGuardian(input: $input) { student { id } } }`,
        {
          input: {
            ...{ idempotencyKey: randomUUID(), student, subject: guardian.sub, position: 1 },
            basis: 'HOUSEHOLD_REGISTER',
          },
        },
      ),
    );
    await registry.settled();
    return guardian;
  };

  const given = { 'tie of a class teacher': 0 };

  /** The class teacher of a class in which the child sits. */
  const teacherOf = async (student: string): Promise<Desk> => {
    given['tie of a class teacher']++;
    const subject = `teacher-${given['tie of a class teacher']}`;
    const { createClass } = answered(
      await ask<{ createClass: { schoolClass: { id: string } } }>(
        school.registrar,
        `mutation ($input: CreateClassInput!) { createClass(input: $input) { schoolClass { id } findings { code } } }`,
        {
          input: {
            ...{ idempotencyKey: randomUUID(), school: taiyuanPrimary, stage: 'PRIMARY', grade: 1 },
            name: `${given['tie of a class teacher']}班`,
          },
        },
      ),
    );
    await counter.change(
      'enrollment',
      'update enrollment set class_id = $2 where person_id = $1 and active',
      [student, createClass.schoolClass.id],
    );
    answered(
      await ask(
        school.registrar,
        `mutation ($input: AssignClassTeacherInput!) { assignClassTeacher(input: $input) { schoolClass { id } } }`,
        { input: { idempotencyKey: randomUUID(), schoolClass: createClass.schoolClass.id, subject } },
      ),
    );
    return { sub: subject, level: 'SCHOOL', school: taiyuanPrimary, roles: ['CLASS_TEACHER'] };
  };

  const send = <Answer>(who: Desk, name: string, type: string, selection: string, input: object) =>
    ask<Record<string, Answer>>(
      who,
      `mutation ($input: ${type}!) { ${name}(input: $input) { ${selection} } }`,
      { input: { idempotencyKey: randomUUID(), ...input } },
    );

  const only = <Answer>(answer: GraphAnswer<Record<string, Answer>>): Answer => {
    const [value] = Object.values(answered(answer));
    if (value === undefined) throw new Error('No answer');
    return value;
  };

  const updateAnswer = `update { ${updateFields} } findings { ${told} }`;
  const trySubmit = (who: Desk, student: string, changes: object, more: object = {}) =>
    send<UpdateAnswer>(who, 'submitInformationUpdate', 'SubmitInformationUpdateInput', updateAnswer, {
      ...{ student, changes },
      ...more,
    });
  type Seen = { id: string; version: number };
  const tryHandle = (who: Desk, { id, version }: Seen, more: object = {}) =>
    send<UpdateAnswer>(who, 'handleInformationUpdate', 'HandleInformationUpdateInput', updateAnswer, {
      ...{ update: id, expectedVersion: version },
      ...more,
    });
  const tryDecide = (who: Desk, { id, version }: Seen, decision: 'CONFIRM' | 'REJECT', more: object = {}) =>
    send<UpdateAnswer>(who, 'decideInformationUpdate', 'DecideInformationUpdateInput', updateAnswer, {
      ...{ update: id, expectedVersion: version, decision },
      ...more,
    });
  const tryWithdraw = (who: Desk, { id, version }: Seen) =>
    send<UpdateAnswer>(who, 'withdrawInformationUpdate', 'WithdrawInformationUpdateInput', updateAnswer, {
      ...{ update: id, expectedVersion: version },
    });
  const updateOf = (answer: GraphAnswer<Record<string, UpdateAnswer>>): Update => {
    const { update, findings } = only(answer);
    if (update === null) throw new Error(`Refused: ${JSON.stringify(findings)}`);
    return update;
  };
  const submit = async (...order: Parameters<typeof trySubmit>) => updateOf(await trySubmit(...order));
  const handle = async (...order: Parameters<typeof tryHandle>) => updateOf(await tryHandle(...order));
  const decide = async (...order: Parameters<typeof tryDecide>) => updateOf(await tryDecide(...order));
  const preview = async (who: Desk, student: string, changes: object, more: object = {}): Promise<Told[]> => {
    const { previewInformationUpdate } = answered(
      await ask<{ previewInformationUpdate: { findings: Told[] } }>(
        who,
        `query ($input: SubmitInformationUpdateInput!) { previewInformationUpdate(input: $input) { findings { ${told} } } }`,
        { input: { idempotencyKey: 'preview', student, changes, ...more } },
      ),
    );
    return previewInformationUpdate.findings;
  };
  const updates = async (who: Desk, filter: object = {}): Promise<Update[]> => {
    const { informationUpdates } = answered(
      await ask<{ informationUpdates: { edges: { node: Update }[] } }>(
        who,
        `query ($filter: InformationUpdateFilter) {
          informationUpdates(filter: $filter, first: 100) { edges { node { ${updateFields} } } } }`,
        { filter },
      ),
    );
    return informationUpdates.edges.map(({ node }) => node);
  };

  const problemAnswer = `problem { ${problemFields} } findings { ${told} }`;
  const tryReport = (who: Desk, student: string, kind: string, more: object = {}) =>
    send<ProblemAnswer>(who, 'reportProblem', 'ReportProblemInput', problemAnswer, {
      ...{ student, kind, note: '核查发现' },
      ...more,
    });
  const tryAct = (who: Desk, { id, version }: Seen, action: string, note: string | null = '已核实') =>
    send<ProblemAnswer>(who, 'handleProblemRecord', 'HandleProblemRecordInput', problemAnswer, {
      ...{ problem: id, expectedVersion: version, action, note },
    });
  const tryResolve = (who: Desk, { id, version }: Seen, resolution: string, more: object = {}) =>
    send<ProblemAnswer>(who, 'resolveProblemRecord', 'ResolveProblemRecordInput', problemAnswer, {
      ...{ problem: id, expectedVersion: version, resolution, note: '已处理', evidence: [] },
      ...more,
    });
  const problemOf = (answer: GraphAnswer<Record<string, ProblemAnswer>>): Problem => {
    const { problem, findings } = only(answer);
    if (problem === null) throw new Error(`Refused: ${JSON.stringify(findings)}`);
    return problem;
  };
  const report = async (...order: Parameters<typeof tryReport>) => problemOf(await tryReport(...order));
  const act = async (...order: Parameters<typeof tryAct>) => problemOf(await tryAct(...order));
  const resolve = async (...order: Parameters<typeof tryResolve>) => problemOf(await tryResolve(...order));
  const problems = async (who: Desk, filter: object = {}): Promise<Problem[]> => {
    const { problemRecords } = answered(
      await ask<{ problemRecords: { edges: { node: Problem }[] } }>(
        who,
        `query ($filter: ProblemRecordFilter) {
          problemRecords(filter: $filter, first: 100) { edges { node { ${problemFields} } } } }`,
        { filter },
      ),
    );
    return problemRecords.edges.map(({ node }) => node);
  };

  /** A paper that an authority has handed in; its upload can be named as evidence. */
  const authorityPaper = async (unit: string): Promise<string> => {
    const upload = randomUUID();
    const range = await registry.network.service('enrollment').core.directory.rangeOf(unit);
    await counter.change(
      'enrollment',
      `insert into upload (upload_id, place, owner, purpose, media_type, size, sha256, state, file_id, requested_at,
         expires_at, received_at)
       values ($1, $2, 'authority', 'EVIDENCE', 'application/pdf', 10, $3, 'ACCEPTED', $4, $5, $5, $5)`,
      [upload, range?.lo, Buffer.alloc(32), randomUUID(), registry.clock.now()],
    );
    return upload;
  };

  /** The registration of a child as enrollment has it now. */
  const registrationOf = async (student: string) => {
    const [row] = await counter.rows<{ enrollment: string; version: number }>(
      'enrollment',
      `select e.enrollment_id as enrollment, p.version from enrollment e join pupil p on p.person_id = e.person_id
       where e.person_id = $1 and e.active`,
      [student],
    );
    return { enrollment: `${student}.${row?.enrollment}`, expectedVersion: row?.version ?? 0 };
  };

  /** The graduation operation of the primary school on some of its pupils. */
  const graduate = async (students: readonly string[]) => {
    const registrations = [];
    for (const student of students) registrations.push(await registrationOf(student));
    const { graduate: done } = answered(
      await ask<{ graduate: { done: number; results: { findings: Told[] }[]; findings: Told[] } }>(
        school.registrar,
        `mutation ($input: GraduateInput!) {
          graduate(input: $input) { done results { findings { ruleId outcome code } } findings { code } } }`,
        {
          input: { idempotencyKey: randomUUID(), school: taiyuanPrimary, outcome: 'GRADUATE', registrations },
        },
      ),
    );
    await registry.settled();
    return done;
  };

  /** A junior school admits a graduate by number and name; the admission's id. */
  const admit = async (junior: string, student: string): Promise<string> => {
    const pupil = await kept<{ studentNumber: string; name: string }>(
      student,
      'studentNumber(full: true) name',
    );
    const { admit: done } = answered(
      await ask<{ admit: { results: { admission: { id: string } | null; findings: Told[] }[] } }>(
        schoolDesks(junior).registrar,
        `mutation ($input: AdmitInput!) {
          admit(input: $input) { results { admission { id } findings { ruleId code } } } }`,
        {
          input: {
            ...{ idempotencyKey: randomUUID(), school: junior, stage: 'JUNIOR' },
            pupils: [{ ...pupil, meetsPolicy: true, inPlan: true }],
          },
        },
      ),
    );
    await registry.settled();
    const [result] = done.results;
    if (!result?.admission) throw new Error(`Not admitted: ${JSON.stringify(result?.findings)}`);
    return result.admission.id;
  };

  /** The admitted pupil has come: the registration goes on at the junior school. */
  const reportAt = async (junior: string, admission: string, reportedOn: string) => {
    answered(
      await ask(
        schoolDesks(junior).registrar,
        `mutation ($input: ReportAdmittedInput!) { reportAdmitted(input: $input) { reported } }`,
        { input: { idempotencyKey: randomUUID(), school: junior, admissions: [admission], reportedOn } },
      ),
    );
    await registry.settled();
  };

  /** A school of the county that has junior classes only. */
  const juniorSchool = async (): Promise<string> => {
    const { data } = await registry.ask<{
      schools: { edges: { node: { id: string; stages: { stage: string }[] } }[] };
    }>('xiaodian', '{ schools(first: 100) { edges { node { id stages { stage } } } } }');
    const found = data?.schools.edges.find(
      ({ node }) => node.stages.length === 1 && node.stages[0]?.stage === 'JUNIOR',
    );
    if (found === undefined) throw new Error('There is no junior school');
    return found.node.id;
  };

  /** What is kept of a child, as the own registrar sees it. */
  const kept = async <Fields>(
    student: string,
    selection: string,
    who: Desk = school.registrar,
  ): Promise<Fields> => {
    const { student: found } = answered(
      await ask<{ student: Fields }>(who, `query ($id: ID!) { student(id: $id) { ${selection} } }`, {
        id: student,
      }),
    );
    return found;
  };

  return {
    ...{ counter, ask, answered, paper, only, child, guardianOf, teacherOf, kept },
    ...{ graduate, admit, reportAt, juniorSchool, authorityPaper },
    ...{ trySubmit, tryHandle, tryDecide, tryWithdraw, submit, handle, decide, preview, updates },
    ...{ tryReport, tryAct, tryResolve, report, act, resolve, problems },
  };
};
export type IdentityDesk = Awaited<ReturnType<typeof identityDeskOf>>;

export const codes = (findings: readonly Told[]): string[] =>
  findings.map(({ ruleId, code }) => `${ruleId} ${code}`).sort();

/** Codes of what is refused or held; what is only on record is another matter. */
export const standing = (findings: readonly Told[]): string[] =>
  codes(findings.filter(({ outcome }) => outcome === 'REJECT' || outcome === 'HOLD'));

export const errorsOf = (answer: { errors: { extensions: { code?: string } }[] }): (string | undefined)[] =>
  answer.errors.map(({ extensions }) => extensions.code);
