import { randomUUID } from 'node:crypto';
import { caller, callersPhone, enquiryDeskOf } from '#test/service/complaint-ticket/enquiry-desk.ts';
import { sending } from '#test/service/transfer/transfer-desk.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';

type Answer = {
  enquireStudentNumber: {
    enquiry: { outcome: string };
    studentNumber: string | null;
    findings: { code: string; remedy: string }[];
  };
};

/** A mother who lost the paper calls the nation's call centre, and so does somebody who knows her child's name. */
describe('the telephone of the call centre', () => {
  let registry: Registry;
  let at: ReturnType<typeof enquiryDeskOf>;
  let child: Awaited<ReturnType<typeof at.pupil>>;

  beforeAll(async () => {
    registry = await startRegistry({ transfers: true, tickets: true });
    at = enquiryDeskOf(registry);
    child = await at.pupil();
  });
  afterAll(() => registry?.stop());

  const call = async (input: Record<string, unknown>) => {
    const { data, errors } = await registry.ask<Answer>(
      'call-centre',
      `mutation ($input: EnquireStudentNumberInput!) {
        enquireStudentNumber(input: $input) { enquiry { outcome } studentNumber findings { code remedy } } }`,
      { input: { idempotencyKey: randomUUID(), channel: 'PHONE', ...input } },
    );
    if (data === null || errors.length > 0) throw new Error(JSON.stringify(errors));
    return data.enquireStudentNumber;
  };

  test(holds('ID-29', 'tells the mother the number that her child’s school has on file'), async () => {
    const told = await call({
      ...{ asks: 'GUARDIAN', guardian: caller, phone: callersPhone },
      student: { name: child.name, documentNumber: child.number },
    });
    const { student } = at.desk.answered(
      await at.desk.ask<{ student: { studentNumber: string } }>(
        sending.registrar,
        'query ($id: ID!) { student(id: $id) { studentNumber(full: true) } }',
        { id: child.person },
      ),
    );
    expect(told).toEqual({
      enquiry: { outcome: 'TOLD' },
      studentNumber: student.studentNumber,
      findings: [],
    });
  });

  test(breaks('ID-29', 'tells nobody else, and sends them to the school with their papers'), async () => {
    const stranger = { asks: 'GUARDIAN', guardian: { ...caller, documentNumber: '140105199001010034' } };
    const known = await call({
      ...{ ...stranger, phone: callersPhone },
      student: { name: child.name, documentNumber: child.number },
    });
    const unknown = await call({
      ...{ ...stranger, phone: callersPhone },
      student: { name: child.name, documentNumber: '140105202001060034' },
    });
    expect(known).toEqual(unknown);
    expect(known).toMatchObject({ enquiry: { outcome: 'REFUSED' }, studentNumber: null });
    expect(known.findings[0]).toMatchObject({
      ...{ code: 'ENQUIRER_NOT_VERIFIED', remedy: expect.stringContaining('学校') },
    });
  });

  test(holds('PRV-13', 'is written down, call by call, for whoever answers for it'), async () => {
    const head = { sub: 'head-000000', level: 'MINISTRY', unit: '000000', roles: ['DECISION_MAKER'] };
    const log = await at.log(head);
    expect(log.map(({ outcome, enquirerName }) => [outcome, enquirerName])).toEqual([
      ['REFUSED', caller.name],
      ['REFUSED', caller.name],
      ['TOLD', caller.name],
    ]);
    const told = await at.counter.rows<{ full_values: boolean }>(
      'complaint-ticket',
      'select full_values from read_audit where $1 = any(persons) order by at',
      [child.person],
    );
    expect(told.some(({ full_values }) => full_values)).toBe(true);
  });
});
