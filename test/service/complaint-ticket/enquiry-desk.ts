import { randomUUID } from 'node:crypto';
import type { Desk } from '#test/service/enrollment/case-desk.ts';
import type { Told } from '#test/service/enrollment/counter.ts';
import { mother } from '#test/service/enrollment/pupils.ts';
import { type Pupil, transferDeskOf } from '#test/service/transfer/transfer-desk.ts';
import type { Registry } from '#test/support/registry.ts';

export type Enquiry = {
  id: string;
  unit: string;
  by: string;
  channel: string;
  asks: string;
  outcome: string;
  enquirerName: string | null;
  studentName: string | null;
};
export type Answer = { enquiry: Enquiry | null; studentNumber: string | null; findings: Told[] };

const line = 'id unit by channel asks outcome enquirerName studentName';
const told = 'findings { ruleId outcome code message path remedy basis { document article layer } }';

/** The mother of every made-up child, as she names herself at the telephone. */
export const caller = { name: String(mother().name), documentNumber: String(mother().idDocumentNumber) };
export const callersPhone = String(mother().phone);

/** The registry as call centres use it who are asked for numbers. */
export const enquiryDeskOf = (registry: Registry) => {
  const { desk, counter, pupil } = transferDeskOf(registry);

  /** Somebody at the telephone of the province, with limits of their own. */
  const atPhone = (): Desk => ({
    ...{ sub: `phone-${randomUUID()}`, level: 'PROVINCE', unit: '140000', roles: ['CALL_CENTRE'] },
  });
  /** What a mother says who is right in everything. */
  const motherOf = ({ name, number }: Pupil) => ({
    channel: 'PHONE',
    asks: 'GUARDIAN',
    student: { name, documentNumber: number },
    guardian: caller,
    phone: callersPhone,
  });
  const tryEnquire = (who: Desk, input: Record<string, unknown>) =>
    desk.ask<{ enquireStudentNumber: Answer }>(
      who,
      `mutation ($input: EnquireStudentNumberInput!) {
        enquireStudentNumber(input: $input) { enquiry { ${line} } studentNumber ${told} } }`,
      { input: { idempotencyKey: randomUUID(), ...input } },
    );
  const enquire = async (who: Desk, input: Record<string, unknown>): Promise<Answer> =>
    desk.answered(await tryEnquire(who, input)).enquireStudentNumber;
  const log = async (who: Desk, filter: Record<string, unknown> = {}): Promise<Enquiry[]> =>
    desk
      .answered(
        await desk.ask<{ numberEnquiries: { edges: { node: Enquiry }[] } }>(
          who,
          `query ($f: NumberEnquiryFilter) { numberEnquiries(filter: $f, first: 200) { edges { node { ${line} } } } }`,
          { f: filter },
        ),
      )
      .numberEnquiries.edges.map(({ node }) => node);

  return { registry, desk, counter, pupil, atPhone, motherOf, tryEnquire, enquire, log };
};
