import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import type { Holder } from '#libs/contracts/commands/tell-holders.ts';
import { SchoolingCertificateDrafted } from '#libs/contracts/events/certificate.ts';
import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import { judgeForm } from '#libs/law/certificate/forms.ts';
import { judgeActingSchool, judgeIssuer } from '#libs/law/certificate/issuer.ts';
import { judgeIssue, judgeSchoolingCertificate } from '#libs/law/certificate/lost-certificate.ts';
import { serialPrefixOf } from '#libs/law/certificate/number.ts';
import { reviewDue } from '#libs/law/certificate/review-clock.ts';
import { isInForce } from '#libs/law/finding.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { once } from '#libs/platform/commands/idempotency.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Certificate } from '../certificates/certificate.ts';
import { checkKeysOf, newCode } from '../certificates/certificate-code.ts';
import { openContent, sealContent } from '../certificates/certificate-content.ts';
import { certificatesWhere } from '../certificates/certificate-rows.ts';
import { certificateFacts, insertCertificates, toldOf } from '../certificates/save-certificate.ts';
import { holdersOf } from '../issue/holders.ts';
import { issuerFactsOf } from '../issue/issuer-facts.ts';
import { takeNumbers } from '../issue/serials.ts';
import { calendarOf, lawPlaceOf } from '../procedure/law-place.ts';
import { type CertificateFinding, isRefused, notLost } from '../procedure/own-finding.ts';
import { actingUnitOf } from './acting-unit.ts';
import { graduationsOf } from './graduations-of.ts';
import { lockOriginal } from './stands-for.ts';

const Name = z.string().trim().min(1).max(60);
const Input = z.object({
  idempotencyKey: z.string().min(1).max(100),
  student: z.string().max(100),
  originalNumber: z.string().trim().max(60).nullish(),
  handler: Name,
  responsible: Name,
});
type Input = z.infer<typeof Input>;

export type StatementDone = {
  person: string | null;
  certificate: string | null;
  findings: CertificateFinding[];
};

type Work = {
  core: ServiceCore;
  caller: Actor;
  school: SchoolFact;
  asked: Input;
  now: string;
  today: string;
};

/** The graduation that the certificate of schooling proves: the one that was named, else the only one that could be meant. */
const originalOf = (
  found: readonly Certificate[],
  number: string | null | undefined,
): Certificate | undefined => found.find((each) => each.number === number && each.state === 'ISSUED');

const unitOf = ({ school, unit }: Actor): string => school ?? unit ?? '';

/** What stands against a certificate of schooling before anything is written. */
const judge = (
  { caller, school, asked, today }: Work,
  original: Certificate | undefined,
  stage: Certificate['stage'],
  acts: string,
): CertificateFinding[] => {
  const place = lawPlaceOf(school, school.province);
  const actingUnit = unitOf(caller);
  const custodian = school.state === 'ACTIVE' ? null : acts;
  const acting = {
    ...{ school: school.code, schoolExists: school.state === 'ACTIVE', custodian, actingUnit, stage },
  };
  const stated = {
    stage,
    originalNumber: asked.originalNumber ?? null,
    originalKnown: original !== undefined,
  };
  return [
    ...judgeActingSchool(acting, today, place),
    ...judgeIssuer({ ...issuerFactsOf(school, 'SCHOOLING', stage, acts), issuer: actingUnit }, today, place),
    ...judgeSchoolingCertificate(stated, today, place),
  ];
};

const write = async (
  tx: Tx,
  work: Work,
  { original, holder }: { original: Certificate; holder: Holder },
): Promise<StatementDone> => {
  const { core, caller, school, asked, now, today } = work;
  const { person, enrollment, stage, province } = original;
  const place = lawPlaceOf(school, province);
  if ((await lockOriginal(tx, original, original.number)) === undefined)
    return { person: null, certificate: null, findings: [notLost] };
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
  const was = openContent(core.sealing, original);
  const content = {
    ...was,
    ...{ serialPrefix: serialPrefixOf('SCHOOLING', province), serialNumber: number, code },
    ...{ studentName: holder.name, studentNumber: holder.studentNumber ?? was.studentNumber },
    idDocumentNumber: holder.idDocumentNumber ?? was.idDocumentNumber,
    originalCertificateNumber: original.number,
    ...{ handledBy: asked.handler, handledOn: today, responsibleBy: asked.responsible, responsibleOn: today },
  };
  const fields = { ...content, stubDate: today, issuedOn: today, principalSeal: true, schoolSeal: true };
  const form = isInForce('CRT-12', today, place, stage)
    ? judgeForm({ kind: 'SCHOOLING', stage, fields, without: holder.without }, today, place)
    : [];
  if (isRefused(form)) return { person: null, certificate: null, findings: form };
  const due = reviewDue(new Date(now), await calendarOf(core));
  const authority = school.competentAuthority ?? school.authority;
  const certificate: Certificate = {
    ...{ id, person, enrollment, kind: 'SCHOOLING', stage, number, school: original.school },
    ...{ place: original.place, province, issuer: { by: 'SCHOOL', code: issuer }, issuedOn: today },
    ...{ state: 'DRAFTED', sealedOn: null, sealedBy: null, originalNumber: original.number },
    sealing: { authority, dueOn: due.dueDate, provisional: due.provisional, draftedBy: caller.subject },
    ...{ copies: 0, revokedOn: null, revocationReason: null, version: 1, events: 1 },
    content: sealContent(core.sealing, { person, id }, content),
  };
  const data = { ...certificateFacts(certificate), issuedOn: today, authority, dueOn: due.dueDate };
  const told = toldOf(SchoolingCertificateDrafted, certificate, data);
  const checkKeys = checkKeysOf(core.sealing, { number, name: content.studentName, code });
  await insertCertificates(tx, now, [{ certificate, checkKeys, told }]);
  return { person, certificate: id, findings: [] };
};

/**
 * The graduating school gives a certificate of schooling in the place of a lost graduation certificate (CRT-10), with the number of
 * the original (CRT-11); the custodian of its archives does where the school is no more (CRT-14). It has no effect before the
 * competent authority has sealed it. Asked again while one stands, that one is shown.
 */
export const draftStatement = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<StatementDone> => {
  const caller = authorize(actor, 'certificate.draft');
  const asked = parseInput(Input, input);
  const found = await graduationsOf(core, caller, asked.student);
  const original = originalOf(found, asked.originalNumber);
  const about = original ?? found.at(-1);
  const school = about && (await core.directory.school(about.school));
  if (about === undefined || school === undefined) throw outOfJurisdiction();
  const work = { core, caller, school, asked, now: core.clock.now(), today: core.clock.today() };
  const acts = await asWorker(core.worker, (tx) => actingUnitOf(core, tx, school));
  const findings = judge(work, original, about.stage, acts);
  if (isRefused(findings) || original === undefined) return { person: null, certificate: null, findings };
  const holder = (await holdersOf(core, [original.person])).get(original.person);
  if (holder === undefined) throw outOfJurisdiction();
  const order = { operation: 'draftStatement', caller: caller.subject, key: asked.idempotencyKey };
  const done = await asWorker(core.worker, (tx) =>
    once<StatementDone>(tx, { ...order, request: asked, at: work.now }, () =>
      write(tx, work, { original, holder }),
    ),
  );
  core.wakeRelay();
  return done;
};
