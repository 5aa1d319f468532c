import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import {
  type EnquirerSaid,
  enquiredNumberContext,
  enquirerContext,
  verifyEnquirer,
} from '#libs/contracts/commands/verify-enquirer.ts';
import { enforces } from '#libs/law/enforces.ts';
import type { Finding } from '#libs/law/finding.ts';
import { judgeEnquirer } from '#libs/law/ticket/enquiry.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import type { ReadTrail } from '#libs/platform/audit/read-audit.ts';
import { canonicalJson, once } from '#libs/platform/commands/idempotency.ts';
import { ask } from '#libs/platform/commands/internal.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { lawPlaceOf } from '../standing/places.ts';
import { type Enquiry, type EnquiryWords, enquiryContext } from './enquiry.ts';
import { EnquiryInput } from './enquiry-input.ts';
import { countEnquiry } from './enquiry-limits.ts';
import { enquiriesWhere, insertEnquiry } from './enquiry-rows.ts';

type Verified = z.infer<typeof verifyEnquirer.reply>;

/** What the call centre is answered: the line of the log, and the number where it is told. */
export type Enquired = { enquiry: Enquiry; studentNumber: string | null; findings: readonly Finding[] };

/** What a repeated order is answered by; nothing of it is personal. */
type Kept = { enquiry: string; findings: Finding[] };

const saidIn = ({ asks, student, guardian, ...rest }: EnquiryInput): EnquirerSaid => ({
  asks,
  student: { name: student.name, document: student.documentNumber },
  guardian: guardian ? { name: guardian.name, document: guardian.documentNumber } : null,
  ...{ birthDate: rest.birthDate ?? null, school: rest.school ?? null, phone: rest.phone ?? null },
});

const verified = ({ bus, sealing }: ServiceCore, id: string, said: EnquirerSaid): Promise<Verified> => {
  const sealed = sealing.seal(JSON.stringify(said), enquirerContext(id)).toString('base64');
  return ask(bus, verifyEnquirer, { id, sealed });
};

const wordsOf = ({ student, guardian }: EnquiryInput): EnquiryWords => ({
  enquirer: guardian?.name ?? student.name,
  student: student.name,
});

/** Which unit's call centre asks, where it stands, and in which province. */
const deskOf = async ({ directory }: ServiceCore, caller: Actor) => {
  const own = await directory.workplaceOf(caller);
  const unit = own && (await directory.unit(own.code));
  if (own === undefined || unit === undefined) throw outOfJurisdiction();
  return { unit: own.code, place: own.lo, province: unit.province };
};

/** The order as it is told from another under the same key: documents are hashed under our key before. */
const requestOf = ({ sealing }: ServiceCore, asked: Omit<EnquiryInput, 'idempotencyKey'>) => ({
  hash: sealing.hash('number enquiry asked', canonicalJson(asked)).toString('hex'),
});

/**
 * A call centre answers who asks for a student number: told only where what was said agrees with the record (ID-29), refused
 * otherwise with one and the same answer. It is counted before and written down before it is answered, told or not. Throws
 * OUT_OF_JURISDICTION, BAD_USER_INPUT, RATE_LIMITED and SERVICE_UNAVAILABLE.
 */
export const enquireStudentNumber = async (
  core: ServiceCore,
  actor: Actor | null,
  trail: ReadTrail,
  input: unknown,
): Promise<Enquired> => {
  enforces('ID-29', 'PRV-14');
  const caller = authorize(actor, 'number.enquire');
  const order = parseInput(EnquiryInput, input);
  const desk = await deskOf(core, caller);
  await countEnquiry(core, {
    ...{ by: caller.subject, unit: desk.unit, document: order.student.documentNumber },
  });
  const id = uuidv7();
  const { told, ...facts } = await verified(core, id, saidIn(order));
  const place = await lawPlaceOf(core, desk.unit);
  const findings = judgeEnquirer({ asks: order.asks, ...facts }, core.clock.today(), place);
  const made: Enquiry = {
    ...{ id, ...desk, at: core.clock.now(), by: caller.subject, channel: order.channel, asks: order.asks },
    ...{ outcome: told === null ? 'REFUSED' : 'TOLD', student: told?.person ?? null },
    sealed: core.sealing.seal(JSON.stringify(wordsOf(order)), enquiryContext(id)),
  };
  const { idempotencyKey: key, ...asked } = order;
  const { enquiry, findings: said } = await asWorker(core.worker, async (tx) => {
    const kept = await once<Kept>(
      tx,
      {
        ...{ operation: 'enquireStudentNumber', caller: caller.subject, key, at: made.at },
        request: requestOf(core, asked),
      },
      async () => {
        await insertEnquiry(tx, made);
        return { enquiry: id, findings };
      },
    );
    const [line] = await enquiriesWhere(tx, 'enquiry_id = $1', [kept.enquiry]);
    return { enquiry: line ?? made, findings: kept.findings };
  });
  if (told === null || enquiry.student !== told.person)
    return { enquiry, studentNumber: null, findings: said };
  trail.readFull(told.person);
  const studentNumber = core.sealing.open(Buffer.from(told.sealed, 'base64'), enquiredNumberContext(id));
  return { enquiry, studentNumber, findings: said };
};
