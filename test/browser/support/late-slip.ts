import { answerOf, type Caller } from './graph.ts';

type Done = Record<string, { ticket: { id: string; version: number } | null; findings: unknown[] }>;

/** What a slip asks that is late on the day of the tests. */
export const lateMatter = '去年的学籍仍未更正';

const order = async (caller: Caller, name: string, type: string, input: object) => {
  const answer = (await answerOf(
    caller,
    `mutation ($input: ${type}!) { ${name}(input: $input) { ticket { id version } findings { message } } }`,
    { input: { idempotencyKey: crypto.randomUUID(), ...input } },
  )) as Done;
  const { ticket, findings } = answer[name] ?? {};
  if (!ticket) throw new Error(`${name}: ${JSON.stringify(findings)}`);
  return ticket;
};

/** A complaint of a family against its province, of which the ministry has the province verify something until the evening of `day`. */
export const leaveLateSlip = async (as: (identity: string) => Caller, day: string): Promise<void> => {
  const { enrollments } = (await answerOf(
    as('guardian'),
    '{ enrollments { edges { node { student { id } } } } }',
  )) as { enrollments: { edges: { node: { student: { id: string } } }[] } };
  const { id, version } = await order(as('guardian'), 'fileComplaint', 'FileComplaintInput', {
    ...{ student: enrollments.edges[0]?.node.student.id, against: ['140000'], matter: lateMatter },
    reporter: { name: '反映人甲', phone: '13912345678' },
  });
  await order(as('information-centre'), 'issueVerificationSlip', 'IssueSlipInput', {
    ...{ ticket: id, expectedVersion: version, to: '140000', dueOn: day },
    ...{ responsiblePerson: '责任人乙', responsiblePhone: '03511111111' },
  });
};
