import { v7 as uuidv7 } from 'uuid';
import type { HeldPaper } from '#libs/contracts/commands/hold-evidence.ts';
import type { Holder } from '#libs/contracts/commands/tell-holders.ts';
import { SchoolingCertificateDrafted } from '#libs/contracts/events/certificate.ts';
import { judgeForm } from '#libs/law/certificate/forms.ts';
import { judgeActingSchool, judgeIssuer } from '#libs/law/certificate/issuer.ts';
import { judgeIssue, judgeSchoolingCertificate } from '#libs/law/certificate/lost-certificate.ts';
import { reviewDue } from '#libs/law/certificate/review-clock.ts';
import { isInForce } from '#libs/law/finding.ts';
import { type Actor, unitOf } from '#libs/platform/actor/actor.ts';
import { once } from '#libs/platform/commands/idempotency.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { asWorker, inScope } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { holdForRequest, papersOf } from '#libs/platform/files/hold-papers.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Certificate } from '../certificates/certificate.ts';
import { checkKeysOf, newCode } from '../certificates/certificate-code.ts';
import { sealContent } from '../certificates/certificate-content.ts';
import { certificatesWhere } from '../certificates/certificate-rows.ts';
import { certificateFacts, insertCertificates, toldOf } from '../certificates/save-certificate.ts';
import { holdersOf } from '../issue/holders.ts';
import { issuerFactsOf } from '../issue/issuer-facts.ts';
import { principalsOf } from '../issue/principals.ts';
import { takeNumbers } from '../issue/serials.ts';
import { calendarOf, lawPlaceOf } from '../procedure/law-place.ts';
import { type CertificateFinding, isRefused, notLost } from '../procedure/own-finding.ts';
import { actingUnitOf } from './acting-unit.ts';
import { addProofs } from './proof-rows.ts';
import { type Proved, provedStudies } from './proved-studies.ts';
import { lockOriginal } from './stands-for.ts';
import { statementContent } from './statement-content.ts';
import { StatementInput } from './statement-input.ts';

export type StatementDone = {
  person: string | null;
  certificate: string | null;
  findings: CertificateFinding[];
};

type Work = {
  core: ServiceCore;
  caller: Actor;
  asked: StatementInput;
  proved: Proved;
  /** What the law says to it and lets through. */
  findings: CertificateFinding[];
  holder: Holder | undefined;
  principal: string | null;
  now: string;
  today: string;
};

const refused = (findings: CertificateFinding[]): StatementDone => ({
  ...{ person: null, certificate: null, findings },
});

/** What stands against a certificate of schooling before anything is written. */
const judge = (
  caller: Actor,
  asked: StatementInput,
  { school, stage, originalKnown, inRegister }: Proved,
  { acts, today }: { acts: string; today: string },
): CertificateFinding[] => {
  const place = lawPlaceOf(school, school.province);
  const actingUnit = unitOf(caller);
  const schoolExists = school.state === 'ACTIVE';
  const custodian = schoolExists ? null : acts;
  const originalNumber = asked.originalNumber ?? null;
  const stated = { stage, originalNumber, originalKnown, inRegister, proofs: asked.evidence.length };
  return [
    ...judgeActingSchool({ school: school.code, schoolExists, custodian, actingUnit, stage }, today, place),
    ...judgeIssuer({ ...issuerFactsOf(school, 'SCHOOLING', stage, acts), issuer: actingUnit }, today, place),
    ...judgeSchoolingCertificate(stated, today, place),
  ];
};

const write = async (tx: Tx, work: Work, held: readonly HeldPaper[]): Promise<StatementDone> => {
  const { core, caller, asked, proved, holder, now, today } = work;
  const { person, enrollment, stage, school, province, known } = proved;
  const place = lawPlaceOf(school, province);
  const originalNumber = asked.originalNumber ?? '';
  if (known.from === 'CERTIFICATE' && (await lockOriginal(tx, proved, originalNumber)) === undefined)
    return refused([notLost]);
  const standing = await certificatesWhere(
    tx,
    `person_id = $1 and enrollment_id = $2 and kind = 'SCHOOLING' and revoked_on is null`,
    [person, enrollment],
  );
  const again = judgeIssue({ kind: 'SCHOOLING', stage, issuedBefore: standing.length > 0 }, today, place);
  const [before] = standing;
  if (before !== undefined) return { person, certificate: before.id, findings: again };
  const id = uuidv7();
  const issuer = unitOf(caller);
  const numbering = { issuer, year: Number(today.slice(0, 4)), today, place };
  const number = (await takeNumbers(tx, numbering, new Map([['SCHOOLING', 1]])))('SCHOOLING');
  const code = newCode();
  const signed = {
    ...{ handledBy: asked.handler, handledOn: today, responsibleBy: asked.responsible, responsibleOn: today },
  };
  const { principal } = work;
  const sheet = { issuer, number, originalNumber, code, today, principal, signed };
  const filled = await statementContent(core, proved, holder, sheet);
  if (filled === undefined) throw outOfJurisdiction();
  const { content, without } = filled;
  const fields = { ...content, stubDate: today, issuedOn: today };
  const form = isInForce('CRT-12', today, place, stage)
    ? judgeForm({ kind: 'SCHOOLING', stage, fields, without }, today, place)
    : [];
  if (isRefused(form)) throw new Unfilled(form);
  const due = reviewDue(new Date(now), await calendarOf(core));
  const authority = school.competentAuthority ?? school.authority;
  const certificate: Certificate = {
    ...{ id, person, enrollment, kind: 'SCHOOLING', stage, number, school: school.code },
    ...{ place: proved.place, province, issuer: { by: 'SCHOOL', code: issuer }, issuedOn: today },
    ...{ state: 'DRAFTED', sealedOn: null, sealedBy: null, originalNumber },
    beforeRegister: known.from !== 'CERTIFICATE',
    sealing: { authority, dueOn: due.dueDate, provisional: due.provisional, draftedBy: caller.subject },
    ...{ copies: 0, revokedOn: null, revocationReason: null, version: 1, events: 1 },
    content: sealContent(core.sealing, { person, id }, content),
  };
  const papers = asked.evidence.map(({ upload }) => upload);
  const data = { ...certificateFacts(certificate), issuedOn: today, authority, dueOn: due.dueDate, papers };
  const told = toldOf(SchoolingCertificateDrafted, certificate, data);
  const checkKeys = checkKeysOf(core.sealing, { number, name: content.studentName, code });
  await insertCertificates(tx, now, [{ certificate, checkKeys, told }]);
  await addProofs(tx, certificate, papersOf(held, asked.evidence), { by: caller.subject, at: now });
  return { person, certificate: id, findings: work.findings };
};

/** The paper cannot be filled: nothing is written, and no number is used up. */
class Unfilled extends Error {
  readonly findings: CertificateFinding[];

  constructor(findings: CertificateFinding[]) {
    super('A certificate of schooling lacks fields');
    this.name = 'Unfilled';
    this.findings = findings;
  }
}

/**
 * The graduating school gives a certificate of schooling in the place of a lost graduation certificate (CRT-10), with the number of
 * the original (CRT-11); the custodian of its archives does where the school is no more (CRT-14). Of a graduation before the register
 * the school states number and studies from its own records, with proofs. It has no effect before the competent authority has
 * sealed it. Asked again while one stands, that one is shown.
 */
export const draftStatement = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<StatementDone> => {
  const caller = authorize(actor, 'certificate.draft');
  const asked = parseInput(StatementInput, input);
  const proved = await provedStudies(core, caller, asked);
  const [now, today] = [core.clock.now(), core.clock.today()];
  const acts = await asWorker(core.worker, (tx) => actingUnitOf(core, tx, proved.school));
  if (proved.known.from === 'SCHOOL' && acts !== unitOf(caller)) throw outOfJurisdiction();
  const findings = judge(caller, asked, proved, { acts, today });
  if (isRefused(findings)) return refused(findings);
  const holder =
    proved.known.from === 'SCHOOL' ? undefined : (await holdersOf(core, [proved.person])).get(proved.person);
  const principal = (await principalsOf(core, caller.school ? [caller.school] : [])).get(acts) ?? null;
  const scope = await core.directory.scopeOf(caller);
  const uploads = asked.evidence.map(({ upload }) => upload);
  const held = await holdForRequest(
    core,
    { caller, key: asked.idempotencyKey, uploads },
    (work) => inScope(core.app, scope, work),
    async () => findings,
  );
  const work: Work = { core, caller, asked, proved, findings, holder, principal, now, today };
  const order = { operation: 'draftStatement', caller: caller.subject, key: asked.idempotencyKey };
  try {
    return await asWorker(core.worker, (tx) =>
      once<StatementDone>(tx, { ...order, request: asked, at: now }, () => write(tx, work, held)),
    );
  } catch (error) {
    if (error instanceof Unfilled) return refused(error.findings);
    throw error;
  } finally {
    core.wakeRelay();
  }
};
