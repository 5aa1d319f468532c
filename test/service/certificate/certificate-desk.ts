import { randomUUID } from 'node:crypto';
import { SCOPES, TWO_FACTORS } from '#deploy/demo/identities.ts';
import type { CountingMarks } from '#libs/contracts/events/enrollment.ts';
import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import { query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { takeOverEnrollments } from '#services/enrollment/take-over.ts';
import { takeOverPersons } from '#services/identity/take-over.ts';
import { caseDeskOf, type Desk, schoolDesks } from '#test/service/enrollment/case-desk.ts';
import type { Told } from '#test/service/enrollment/counter.ts';
import { schoolWith } from '#test/service/enrollment/old-pupils.ts';
import { idNumber } from '#test/service/enrollment/pupils.ts';
import type { Registry } from '#test/support/registry.ts';

export type Held = { student: { id: string }; findings: Told[] };
export type Batch = {
  id: string;
  state: string;
  authority: string;
  dueOn: string;
  overdue: boolean;
  size: number;
  held: number;
  outcomes: { student: { id: string }; outcome: string; state: string; findings: Told[] }[];
  version: number;
  allowedActions: string[];
};
export type Upload = { batch: Batch | null; proceed: { id: string }[]; held: Held[] };
export type Order = {
  id: string;
  issuer: string;
  state: string;
  total: number;
  issued: number;
  skipped: number;
  failure: string | null;
  leftOut: Held[];
  version: number;
  allowedActions: string[];
};
export type Certificate = {
  id: string;
  kind: string;
  number: string;
  state: string;
  issuer: { kind: string; code: string };
  school: { id: string };
  issuedOn: string;
  sealedOn: string | null;
  sealedBy: string | null;
  sealDueOn: string | null;
  originalNumber: string | null;
  revokedOn: string | null;
  revocationReason: string | null;
  copies: number;
  version: number;
  allowedActions: string[];
};
export type Payload<Name extends string, Of> = Record<Name, Of | null> & { findings: Told[] };

const told = 'findings { ruleId outcome code message path basis { document article layer } }';
const held = `held { student { id } ${told} }`;
const batchFields = `id state authority dueOn overdue size held
  outcomes { student { id } outcome state ${told} } version allowedActions`;
const orderFields = `id issuer state total issued skipped failure leftOut { student { id } ${told} } version allowedActions`;
const certificateFields = `id kind number state issuer { kind code } school { id } issuedOn sealedOn sealedBy sealDueOn
  originalNumber revokedOn revocationReason copies version allowedActions`;

export type Pupil = { person: string; enrollment: string; name: string };

/** Every condition of senior graduation met, as a school states it. */
export const everyCondition = {
  schoolYears: 3,
  curriculumCompleted: true,
  credits: { earned: 150, required: 144 },
  fitnessPassed: true,
  qualityMaterialsMeet: true,
  test: [
    { subject: '语文', passed: true },
    { subject: '数学', passed: true },
  ],
};

const marks: CountingMarks = {
  ...{ gender: 'FEMALE', documentType: 'RESIDENT_ID', boarder: false, leftBehind: false, migrant: false },
  ...{ residencePermit: false, disabled: false, ethnicGroup: 'HAN' },
};

export const codesOf = ({ findings }: { findings: readonly Told[] }): string[] =>
  findings.map(({ ruleId, outcome, code }) => `${ruleId} ${outcome} ${code}`);

/** The registry as those use it who let students graduate and give them certificates. */
export const certificateDeskOf = (registry: Registry) => {
  const desk = caseDeskOf(registry);
  let next = 0;

  const inSchool = async (
    school: SchoolFact,
    count: number,
    { entryYear, household = '(140105)样例路1号' }: { entryYear: number; household?: string | null },
  ): Promise<Pupil[]> => {
    const span = school.stages[0];
    if (span === undefined) throw new Error('The school has no stage');
    const seat = { school: school.code, place: school.place, province: school.province };
    const birthDate = `${entryYear - span.firstYear - 5}-05-06`;
    const made = Array.from({ length: count }, () => {
      const sequence = ++next;
      return { person: randomUUID(), sequence, name: `样例${'甲乙丙丁戊己庚辛壬癸'.charAt(sequence % 10)}` };
    });
    await takeOverPersons(
      registry.network.service('identity').core,
      made.map(({ person, name, sequence }) => ({
        ...seat,
        ...{ person, region: '140105', authority: school.authority, sequence, since: registry.clock.now() },
        form: {
          ...{ name, formerName: null, gender: 'FEMALE', nationality: '156', overseasCategory: 'NONE' },
          ...{ ethnicGroup: '01', idDocumentType: 'RESIDENT_ID', birthDate, guardians: [] },
          idDocumentNumber: idNumber(birthDate, sequence),
          profile: {
            ...{ currentAddress: null, householdAddress: household, politicalStatus: null, isBoarder: false },
            ...{ isLeftBehind: false, isMigrantChild: false, isDisabled: false, disabilityType: null },
            ...{ placementMode: null, hasResidencePermit: false, residencePermitIssuer: null },
            ...{
              residencePermitIssueDate: null,
              contactPhone: null,
              commuteDistance: null,
              commuteMode: null,
            },
          },
        },
      })),
    );
    await takeOverEnrollments(
      registry.network.service('enrollment').core,
      made.map(({ person }) => ({
        ...seat,
        ...{ person, stage: span.stage, entryYearAdj: entryYear, schoolClass: randomUUID(), marks },
        lastGrade: span.lastYear - span.firstYear + 1,
        since: `${entryYear}-09-01T09:00:00+08:00`,
      })),
    );
    await registry.settled();
    const { worker } = registry.network.service('enrollment').core;
    const rows = await asWorker(worker, (tx) =>
      query<{ person: string; enrollment: string }>(
        tx,
        'select person_id as person, enrollment_id as enrollment from enrollment where person_id = any($1::uuid[])',
        [made.map(({ person }) => person)],
      ),
    );
    const found = new Map(rows.map((row) => [row.person, row.enrollment]));
    return made.map(({ person, name }) => ({ person, name, enrollment: `${person}.${found.get(person)}` }));
  };

  /** Students of the graduating grade of a stage, three years in where it is the senior one. */
  const graduating = (school: SchoolFact, count: number, household?: string | null): Promise<Pupil[]> => {
    const span = school.stages[0];
    const years = span === undefined ? 3 : span.lastYear - span.firstYear + 1;
    const entryYear = Number(registry.clock.today().slice(0, 4)) - years;
    return inSchool(school, count, { entryYear, ...(household === undefined ? {} : { household }) });
  };

  const ask = async <Data>(who: Desk, name: string, type: string, gives: string, input: object) => {
    const answer = await desk.ask<Record<string, Data>>(
      who,
      `mutation ($input: ${type}!) { ${name}(input: $input) { ${gives} } }`,
      { input: { idempotencyKey: randomUUID(), ...input } },
    );
    return answer;
  };
  const order = async <Data>(...asked: Parameters<typeof ask>): Promise<Data> => {
    const data = desk.answered(await ask<Data>(...asked))[asked[1]];
    if (data === undefined) throw new Error('No answer');
    return data;
  };

  const upload = (who: Desk, outcomes: readonly object[], more: object = {}): Promise<Upload> =>
    order(who, 'uploadOutcomes', 'UploadOutcomesInput', `batch { ${batchFields} } proceed { id } ${held}`, {
      school: who.school,
      outcomes,
      ...more,
    });
  const handle = (who: Desk, { id, version }: Batch): Promise<Payload<'batch', Batch>> =>
    order(who, 'handleOutcomes', 'HandleOutcomesInput', `batch { ${batchFields} } ${told}`, {
      ...{ batch: id, expectedVersion: version, opinion: '材料齐全' },
    });
  const decide = (who: Desk, { id, version }: Batch, more: object = {}): Promise<Payload<'batch', Batch>> =>
    order(who, 'decideOutcomes', 'DecideOutcomesInput', `batch { ${batchFields} } ${told}`, {
      ...{ batch: id, expectedVersion: version, decision: 'APPROVE' },
      ...more,
    });
  const batchOf = async (who: Desk, id: string): Promise<Batch> =>
    desk.answered(
      await desk.ask<{ outcomeBatch: Batch }>(
        who,
        `query ($id: ID!) { outcomeBatch(id: $id) { ${batchFields} } }`,
        { id },
      ),
    ).outcomeBatch;
  const reviewed = async (by: { registrar: Desk; head: Desk }, batch: Batch | null): Promise<Batch> => {
    if (batch === null) throw new Error('Nothing was uploaded');
    if (batch.state === 'REVIEWED') return batch;
    const handled = (await handle(by.registrar, batch)).batch;
    const done = handled && (await decide(by.head, handled)).batch;
    if (done === null) throw new Error('Not reviewed');
    return done;
  };
  const graduate = (school: SchoolFact, pupils: readonly Pupil[], outcome = 'GRADUATE') =>
    order<{ done: number; results: { findings: Told[] }[] }>(
      schoolDesks(school.code).registrar,
      'graduate',
      'GraduateInput',
      `done results { ${told} }`,
      {
        ...{ school: school.code, outcome },
        registrations: pupils.map(({ enrollment }) => ({ enrollment, expectedVersion: 1 })),
      },
    );
  const prepare = (who: Desk, batch: string | null = null): Promise<Payload<'order', Order>> =>
    order(who, 'issueCertificates', 'IssueCertificatesInput', `order { ${orderFields} } ${told}`, {
      ...{ batch, handler: '样例经手' },
    });
  const decideIssue = (
    who: Desk,
    { id, version }: Order,
    decision = 'APPROVE',
  ): Promise<Payload<'order', Order>> =>
    order(who, 'decideIssue', 'DecideIssueInput', `order { ${orderFields} } ${told}`, {
      ...{ order: id, expectedVersion: version, decision, responsible: '样例负责', reason: '不发' },
    });
  const turn = (
    who: Desk,
    name: 'pauseIssue' | 'continueIssue',
    { id, version }: Order,
  ): Promise<Payload<'order', Order>> =>
    order(who, name, 'TurnIssueInput', `order { ${orderFields} } ${told}`, {
      ...{ order: id, expectedVersion: version },
    });
  const orderOf = async (who: Desk, id: string): Promise<Order> =>
    desk.answered(
      await desk.ask<{ issueOrder: Order }>(
        who,
        `query ($id: ID!) { issueOrder(id: $id) { ${orderFields} } }`,
        {
          id,
        },
      ),
    ).issueOrder;
  /** Prepares, decides and waits for the worker. */
  const issued = async (by: { registrar: Desk; head: Desk }, batch: string | null = null): Promise<Order> => {
    const prepared = await prepare(by.registrar, batch);
    if (prepared.order === null) throw new Error(`Not prepared: ${JSON.stringify(prepared.findings)}`);
    const { order: running, findings } = await decideIssue(by.head, prepared.order);
    if (running === null) throw new Error(`Not decided: ${JSON.stringify(findings)}`);
    await registry.network.service('certificate').atRest();
    await registry.settled();
    return orderOf(by.registrar, running.id);
  };
  const onCertificate = (
    who: Desk,
    name: string,
    { id, version }: Certificate,
    more: object = {},
  ): Promise<Payload<'certificate', Certificate>> =>
    order(
      who,
      name,
      name === 'revokeCertificate' ? 'RevokeCertificateInput' : 'OnCertificateInput',
      `certificate { ${certificateFields} } ${told}`,
      { certificate: id, expectedVersion: version, ...more },
    );
  const statement = (who: Desk, student: string, originalNumber?: string) =>
    order<Payload<'certificate', Certificate>>(
      who,
      'issueEducationStatement',
      'IssueEducationStatementInput',
      `certificate { ${certificateFields} } ${told}`,
      { student, originalNumber, handler: '样例经手', responsible: '样例负责' },
    );

  /** A student's certificates, asked of the service itself: whoever keeps them need not see the registration any more. */
  const certificatesOf = async (who: Desk, student: string): Promise<Certificate[]> => {
    const token = await registry.network.tokenFor({
      ...{ scope: Object.values(SCOPES).join(' '), acr: TWO_FACTORS, ...who },
      ...(who.unit === undefined ? {} : { department: 'ADMINISTRATIVE' }),
    });
    const { data } = await registry.network.graphql<{
      _entities: ({ certificates: Certificate[] } | null)[];
    }>(
      'certificate',
      token,
      `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Student { certificates { ${certificateFields} } } } }`,
      { r: [{ __typename: 'Student', id: student }] },
    );
    return data?._entities[0]?.certificates ?? [];
  };

  return {
    ...{ desk, inSchool, graduating, ask, upload, handle, decide, batchOf, reviewed, graduate },
    ...{ prepare, decideIssue, turn, orderOf, issued, onCertificate, statement, certificatesOf },
    schoolWith: (...asked: Parameters<typeof schoolWith> extends [Registry, ...infer Rest] ? Rest : never) =>
      schoolWith(registry, ...asked),
  };
};
export type CertificateDesk = ReturnType<typeof certificateDeskOf>;
