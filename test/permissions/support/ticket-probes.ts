import { isGranted } from '#libs/platform/permissions/table.ts';
import { noUnit, nowhere, type Probe, type Probing, refusals, sameAsNothing } from './probe.ts';
import { somebody } from './read-probes.ts';
import { coversSchool, seesPupil, type Waiting } from './truth.ts';
import { type Mutation, probeOf } from './write-probes.ts';

const reading = { scopes: ['student:read'], twoFactors: false };

const selection = 'ticket { id state } findings { code }';
const reporter = { name: '无名', phone: '13900000000' };

/** About a child who is not the asker's: nobody hears whether there is one. */
const aboutChild: Mutation = {
  ...{ service: 'complaint-ticket', name: 'fileComplaint', type: 'FileComplaintInput', selection },
  demand: reading,
  input: (student) => ({ student, matter: '无', reporter }),
  wordOf: ({ person }) => person,
  nothing: nowhere,
  isAllowed: ({ truth, asker: { actor } }, pupil) => actor !== null && seesPupil(truth, actor, pupil),
};

/** Who works on tickets of that school: its own people, and the authorities above it. */
const seesTicket = ({ truth, asker: { actor } }: Probing, { owner }: Waiting): boolean =>
  actor !== null &&
  isGranted(actor, 'ticket.read') &&
  actor.level !== 'MINISTRY' &&
  actor.level !== 'NONE' &&
  coversSchool(truth, actor, owner);

const fields = `... on Complaint { id state matter reporter { name phone } student { id } history { words by } }`;

/** A ticket is shown to who takes part or stands above, and never who reported it to anybody above; to others it is none. */
const ticket: Probe = async (probing) => {
  const one = probing.pick.of(probing.truth.tickets);
  const { actor } = probing.asker;
  const send = (id: string) =>
    probing.ask('complaint-ticket', `query ($id: ID!) { ticket(id: $id) { id ${fields} } }`, { id });
  if (!seesTicket(probing, one)) return sameAsNothing(probing, 'ticket', send, one.id, nowhere());
  const { data, text } = await send(one.id);
  if (!data?.ticket) return probing.leak(`ticket: the own is not shown: ${text.slice(0, 100)}`);
  const takesPart = actor?.school === one.owner || actor?.unit === probing.truth.lineOf(one.owner)[1];
  if (text.includes('测试反映人') && !takesPart) probing.leak('ticket: shows who reported it');
};

/** The list holds what the ticket itself shows, and nothing else. */
const tickets: Probe = async (probing) => {
  const { data, text } = await probing.ask(
    'complaint-ticket',
    `{ tickets(first: 200) { edges { node { id ${fields} } } } }`,
  );
  const found = (data?.tickets as { edges: { node: { id: string } }[] } | null | undefined)?.edges ?? [];
  const mayBe = new Set(
    probing.truth.tickets.filter((each) => seesTicket(probing, each)).map(({ id }) => id),
  );
  if (found.some(({ node }) => !mayBe.has(node.id))) probing.leak(`tickets: ${text.slice(0, 100)}`);
};

const ticketsOfStudent: Probe = async (probing) => {
  const pupil = somebody(probing);
  const { actor } = probing.asker;
  const send = (id: string) =>
    probing.ask(
      'complaint-ticket',
      'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Student { tickets { id unit } } } }',
      { r: [{ __typename: 'Student', id }] },
    );
  if (actor !== null && seesPupil(probing.truth, actor, pupil)) return;
  await sameAsNothing(probing, 'ticketsOfStudent', send, pupil.person, nowhere(), false);
};

const preview: Probe = async (probing) => {
  const pupil = somebody(probing);
  const { actor } = probing.asker;
  if (actor !== null && seesPupil(probing.truth, actor, pupil)) return;
  await sameAsNothing(
    probing,
    'previewComplaint',
    (student) =>
      probing.ask(
        'complaint-ticket',
        'query ($i: ComplaintProblemInput!) { previewComplaint(input: $i) { unit } }',
        { i: { student } },
      ),
    pupil.person,
    nowhere(),
  );
};

/** An order about a ticket by whom it is none of: as about a ticket that is not there. */
const order =
  (name: string, type: string, rest: Record<string, unknown> = {}): Probe =>
  async (probing) => {
    const one = probing.pick.of(probing.truth.tickets);
    if (seesTicket(probing, one)) return;
    await sameAsNothing(
      probing,
      name,
      (id) =>
        probing.ask('complaint-ticket', `mutation ($i: ${type}!) { ${name}(input: $i) { ${selection} } }`, {
          i: { idempotencyKey: nowhere(), ticket: id, expectedVersion: 1, ...rest },
        }),
      one.id,
      nowhere(),
    );
  };

/** A report that names somebody else's complaint: as one that names a complaint that is not there. */
const drafting: Probe = async (probing) => {
  const one = probing.pick.of(probing.truth.tickets);
  if (seesTicket(probing, one)) return;
  await sameAsNothing(
    probing,
    'draftReportSlip',
    (id) =>
      probing.ask(
        'complaint-ticket',
        `mutation ($i: DraftReportSlipInput!) { draftReportSlip(input: $i) { ${selection} } }`,
        {
          i: {
            idempotencyKey: nowhere(),
            items: [{ description: '无', scope: 'CROSS_PROVINCE', complaints: [id] }],
          },
        },
      ),
    one.id,
    nowhere(),
  );
};

/** A number is told by call centres alone: nobody else hears whether a document is anybody's. */
const enquiring: Probe = async (probing) => {
  const { actor } = probing.asker;
  if (actor !== null && isGranted(actor, 'number.enquire')) return;
  const send = (documentNumber: string) =>
    probing.ask(
      'complaint-ticket',
      `mutation ($i: EnquireStudentNumberInput!) {
        enquireStudentNumber(input: $i) { studentNumber findings { code } } }`,
      {
        i: {
          ...{ idempotencyKey: nowhere(), channel: 'PHONE', asks: 'STUDENT' },
          student: { name: '无名', documentNumber },
        },
      },
    );
  await sameAsNothing(probing, 'enquireStudentNumber', send, '140105202001060034', '140105202001060050');
};

/** The log of enquiries is the call centre's and its head's. */
const enquiries: Probe = async (probing) => {
  const { actor } = probing.asker;
  const { data, text } = await probing.ask(
    'complaint-ticket',
    '{ numberEnquiries { edges { node { id studentName } } } }',
  );
  const mayRead = actor !== null && isGranted(actor, 'number-enquiry.read');
  if (!mayRead && (data?.numberEnquiries ?? null) !== null)
    probing.leak(`numberEnquiries: ${text.slice(0, 100)}`);
};

/** An issue about somebody else's complaint: as about one that is not there. */
const issueAbout: Probe = async (probing) => {
  const one = probing.pick.of(probing.truth.tickets);
  if (seesTicket(probing, one)) return;
  await sameAsNothing(
    probing,
    'openSystemicIssue',
    (id) =>
      probing.ask(
        'complaint-ticket',
        `mutation ($i: OpenSystemicIssueInput!) { openSystemicIssue(input: $i) { ${selection} } }`,
        { i: { idempotencyKey: nowhere(), matter: '无', tickets: [id] } },
      ),
    one.id,
    nowhere(),
  );
};

/** Whoever sees the school's children, and works on tickets, sees what their cases have gone through. */
const seesCase = ({ truth, asker: { actor } }: Probing, { owner }: Waiting): boolean =>
  actor !== null &&
  (actor.level === 'NONE' || (actor.level !== 'MINISTRY' && coversSchool(truth, actor, owner)));

const noCase = (): string => `${nowhere()}.${nowhere()}`;

/** A slip about somebody else's case: as about one that is not there. */
const draftFromCase: Probe = async (probing) => {
  const one = probing.pick.of(probing.truth.ticketCases);
  const { actor } = probing.asker;
  const mayIssue = actor !== null && isGranted(actor, 'ticket.issue');
  if (mayIssue && seesCase(probing, one)) return;
  const send = (id: string) =>
    probing.ask(
      'complaint-ticket',
      'query ($c: TicketCaseInput!) { slipDraftFromCase(case: $c) { matter lateUnit steps { unit } } }',
      { c: { kind: 'ENROLLMENT', id } },
    );
  await sameAsNothing(probing, 'slipDraftFromCase', send, one.id, noCase());
};

/** The tickets of a case of somebody else: as of one that is not there. */
const ticketsOfCase: Probe = async (probing) => {
  const one = probing.pick.of(probing.truth.ticketCases);
  if (seesCase(probing, one)) return;
  const send = (id: string) =>
    probing.ask(
      'complaint-ticket',
      'query ($r: [_Any!]!) { _entities(representations: $r) { ... on EnrollmentCase { tickets { id unit } } } }',
      { r: [{ __typename: 'EnrollmentCase', id }] },
    );
  await sameAsNothing(probing, 'ticketsOfCase', send, one.id, noCase(), false);
};

/** A complaint about a case that its filer does not see: as about one that is not there. */
const fileAboutCase: Probe = async (probing) => {
  const one = probing.pick.of(probing.truth.ticketCases);
  const { actor } = probing.asker;
  if (actor === null || seesCase(probing, one)) return;
  const send = (id: string) =>
    probing.ask(
      'complaint-ticket',
      `mutation ($i: FileComplaintInput!) { fileComplaint(input: $i) { ${selection} } }`,
      { i: { idempotencyKey: nowhere(), matter: '无', reporter, case: { kind: 'ENROLLMENT', id } } },
    );
  await sameAsNothing(probing, 'fileComplaint about a case', send, one.id, noCase());
};

/** The policy of a province is read by those who work in it or above it; of another it is as of none. */
const latePolicy: Probe = async (probing) => {
  const { actor } = probing.asker;
  const { truth } = probing;
  const provinces = truth.units.filter((unit) => truth.levelOf(unit) === 'PROVINCE');
  const one = probing.pick.of(provinces);
  const own = actor?.school === undefined ? truth.lineOfUnit(actor?.unit ?? '') : truth.lineOf(actor.school);
  if (actor !== null && (actor.level === 'MINISTRY' || own.includes(one))) return;
  const send = (province: string) =>
    probing.ask('complaint-ticket', 'query ($p: ID) { lateStepPolicy(province: $p) { version } }', {
      p: province,
    });
  await sameAsNothing(probing, 'lateStepPolicy', send, one, noUnit);
};

/** What a province sets is set by its head alone. */
const settingPolicy: Probe = async (probing) => {
  const { actor } = probing.asker;
  if (actor !== null && isGranted(actor, 'ticket.policy')) return;
  const { codes, text } = await probing.ask(
    'complaint-ticket',
    `mutation ($i: SetLateStepPolicyInput!) { setLateStepPolicy(input: $i) { policy { version } } }`,
    { i: { idempotencyKey: nowhere(), expectedVersion: 0, clocks: [] } },
  );
  if (!codes.some((code) => refusals.includes(code)))
    probing.leak(`setLateStepPolicy: ${text.slice(0, 100)}`);
};

export const ticketProbes: Readonly<Record<string, Probe>> = {
  fileComplaint: probeOf(aboutChild),
  ticket,
  tickets,
  ticketsOfStudent,
  previewComplaint: preview,
  acknowledgeComplaint: order('acknowledgeComplaint', 'OnTicketInput'),
  handleComplaint: order('handleComplaint', 'TicketResultInput', { result: '无' }),
  closeTicket: order('closeTicket', 'TicketResultInput'),
  issueVerificationSlip: order('issueVerificationSlip', 'IssueSlipInput'),
  issueSupervisionSlip: order('issueSupervisionSlip', 'IssueSlipInput'),
  answerVerificationSlip: order('answerVerificationSlip', 'AnswerSlipInput'),
  answerSupervisionSlip: order('answerSupervisionSlip', 'AnswerSlipInput'),
  returnTicket: order('returnTicket', 'ReturnSlipInput', { reason: '无' }),
  extendTicket: order('extendTicket', 'ExtendTicketInput', { dueOn: '2026-09-30', reason: '无' }),
  escalateTicket: order('escalateTicket', 'EscalateTicketInput', { reason: '无' }),
  withdrawReportSlip: order('withdrawReportSlip', 'WithdrawSlipInput', { reason: '无' }),
  sealReportSlip: order('sealReportSlip', 'SealReportSlipInput', { provincialSealApplied: true }),
  acceptReportSlip: order('acceptReportSlip', 'AcceptReportSlipInput'),
  answerReportSlip: order('answerReportSlip', 'AnswerReportSlipInput'),
  enquireStudentNumber: enquiring,
  numberEnquiries: enquiries,
  draftReportSlip: drafting,
  assignTicket: order('assignTicket', 'AssignTicketInput', { to: '无' }),
  addTicketNote: order('addTicketNote', 'TicketNoteInput', { words: '无' }),
  mergeTickets: order('mergeTickets', 'MergeTicketsInput', { into: nowhere() }),
  reopenTicket: order('reopenTicket', 'ReopenTicketInput', { reason: '无' }),
  followUpTicket: order('followUpTicket', 'FollowUpTicketInput', { outcome: 'PARTLY' }),
  linkToCase: order('linkToCase', 'LinkToCaseInput'),
  slipDraftFromCase: draftFromCase,
  lateStepPolicy: latePolicy,
  setLateStepPolicy: settingPolicy,
  ticketsOfCase,
  fileAboutCase,
  linkToIssue: order('linkToIssue', 'LinkToIssueInput'),
  openSystemicIssue: issueAbout,
  attachToTicket: order('attachToTicket', 'AttachToTicketInput', { uploads: [nowhere()] }),
  withdrawSlip: order('withdrawSlip', 'WithdrawSlipInput', { reason: '无' }),
};
