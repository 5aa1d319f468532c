import { z } from 'zod';
import type { CertificateKind } from '#libs/law/certificate/kinds.ts';
import { judgeVerification, type Verification, verificationOf } from '#libs/law/certificate/verification.ts';
import type { Finding } from '#libs/law/finding.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { queryOne } from '#libs/platform/database/query.ts';
import { asWorkerOnce } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { addCheck } from './check-counts.ts';
import { checkKey, type Held } from './check-keys.ts';
import { type CheckLimits, countCheck } from './check-limits.ts';

/** The whole country: a certificate that nobody knows lies in no province. */
const nation = '000000';

const Question = z
  .object({
    number: z.string().trim().min(1).max(60).nullish(),
    name: z.string().trim().min(1).max(200).nullish(),
    code: z.string().trim().min(1).max(60).nullish(),
    document: z.string().min(1).max(16_384).nullish(),
  })
  .transform(({ number, name, code, document }, context): Held => {
    const given = [number ?? name, code, document].filter((one) => one !== null && one !== undefined).length;
    if (given === 1 && number && name) return { way: 'NUMBER', number, name };
    if (given === 1 && code) return { way: 'CODE', code };
    if (given === 1 && document) return { way: 'DOCUMENT', document };
    context.addIssue({
      code: 'custom',
      message:
        '请只填一种：编号和姓名、核验码，或电子证书。 Give one: number and name, the code, or the document.',
    });
    return z.NEVER;
  });

/** What whoever asked is told: whether it holds, of which kind and year, and nothing else (CRT-13). */
export type CheckAnswer = {
  state: Verification['state'];
  kind: CertificateKind | null;
  year: number | null;
  findings: Finding[];
};

type Row = {
  kind: CertificateKind | null;
  issued_on: string | null;
  sealed_on: string | null;
  revoked_on: string | null;
  province: string | null;
};

/** One row for every question, empty where nothing is found. */
const find = (tx: Tx, hash: Buffer): Promise<Row> =>
  queryOne<Row>(
    tx,
    `select c.kind, c.issued_on::text, c.sealed_on::text, c.revoked_on::text, c.province
     from (select $1::bytea as hash) asked
     left join certificate_code k on k.hash = asked.hash
     left join certificate c on c.person_id = k.person_id and c.certificate_id = k.certificate_id`,
    [hash],
  );

const registered = ({ kind, issued_on: issuedOn, sealed_on, revoked_on }: Row) =>
  kind === null || issuedOn === null
    ? undefined
    : { kind, issuedOn, sealedOn: sealed_on, revokedOn: revoked_on };

/**
 * Answers anybody, without a sign-in, who holds number and name, the code on the paper or the electronic form itself.
 * The last one must be, byte for byte, what was once issued. Every question is counted and looked up in the same
 * steps, found or not; nothing is kept of what was asked. Throws BAD_USER_INPUT and RATE_LIMITED.
 */
export const verifyCertificate = async (
  core: ServiceCore,
  limits: CheckLimits,
  address: string | undefined,
  input: unknown,
): Promise<CheckAnswer> => {
  const held = parseInput(Question, input);
  await countCheck(core, limits, address, held);
  const today = core.clock.today();
  const hash = checkKey(core.sealing, held);
  const { answer, province } = await asWorkerOnce(core.worker, async (tx) => {
    const row = await find(tx, hash);
    const found = verificationOf(registered(row), true, today);
    const where = (found.state === 'UNKNOWN' ? null : row.province) ?? nation;
    await addCheck(tx, { day: today, way: held.way, state: found.state, province: where });
    return { answer: found, province: where };
  });
  const findings = judgeVerification(answer, today, { province });
  return answer.state === 'UNKNOWN'
    ? { state: answer.state, kind: null, year: null, findings }
    : { ...answer, findings };
};
