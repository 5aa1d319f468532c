import { v7 as uuidv7 } from 'uuid';
import type { Holder } from '#libs/contracts/commands/tell-holders.ts';
import { CertificateIssued } from '#libs/contracts/events/certificate.ts';
import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import { issuerOf } from '#libs/law/certificate/issuer.ts';
import type { CertificateKind } from '#libs/law/certificate/kinds.ts';
import { shanghaiDate } from '#libs/law/dates.ts';
import { insertRows } from '#libs/platform/database/insert.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Certificate } from '../certificates/certificate.ts';
import { checkKeysOf, newCode } from '../certificates/certificate-code.ts';
import { type CertificateContent, sealContent } from '../certificates/certificate-content.ts';
import {
  certificateFacts,
  insertCertificates,
  type NewCertificate,
  toldOf,
} from '../certificates/save-certificate.ts';
import { actingUnitOf } from '../lost/acting-unit.ts';
import { type Outcome, Stated, statedContext } from '../outcomes/outcome.ts';
import { outcomesWhere } from '../outcomes/outcome-rows.ts';
import { lawPlaceOf, lawPlaceOfUnit } from '../procedure/law-place.ts';
import {
  type CertificateFinding,
  holderUnknown,
  isRefused,
  outcomeStands,
} from '../procedure/own-finding.ts';
import { studiesWhere } from '../studies/study-rows.ts';
import { contentOf } from './content-of.ts';
import { holdersOf } from './holders.ts';
import type { IssueOrder } from './issue-order.ts';
import { issuerFactsOf } from './issuer-facts.ts';
import { type Candidate, judgeCandidate, judgeContent } from './judge-issue.ts';
import { heldOrder, keepProgress } from './order-rows.ts';
import { principalsOf } from './principals.ts';
import { takeNumbers } from './serials.ts';

/** Most certificates of one transaction. */
const chunkSize = 500;

const next = `state = 'REVIEWED' and issuer = $1 and ($2::uuid is null or batch_id = $2) and ready > $3 and ready <= $4
  order by ready limit $5`;

type Acted = { school: SchoolFact; acting: string };
type Around = {
  holders: ReadonlyMap<string, Holder>;
  schools: ReadonlyMap<string, Acted>;
  /** Name of the principal, where a school gives its certificates itself. */
  principal: string | null;
};

type Skipped = { outcome: Outcome; findings: CertificateFinding[] };
type Ready = { candidate: Candidate; holder: Holder; principal: string | null };
type Sorted = { ready: Ready[]; skipped: Skipped[] };

/** Sorts the outcomes that this transaction holds: who gets a certificate, and who is left out with every reason. */
const sort = async (
  tx: Tx,
  outcomes: readonly Outcome[],
  { holders, schools, principal }: Around,
  { issuer, today }: { issuer: string; today: string },
): Promise<Sorted> => {
  const persons = outcomes.map(({ person }) => person);
  const studies = new Map(
    (await studiesWhere(tx, 'person_id = any($1::uuid[])', [persons])).map((study) => [
      study.enrollment,
      study,
    ]),
  );
  const standing = await query<{ key: string }>(
    tx,
    `select enrollment_id || kind as key from certificate where person_id = any($1::uuid[]) and revoked_on is null`,
    [persons],
  );
  const issued = new Set(standing.map(({ key }) => key));
  const sorted: Sorted = { ready: [], skipped: [] };
  for (const outcome of outcomes) {
    const study = studies.get(outcome.enrollment);
    const acted = schools.get(outcome.school);
    const holder = holders.get(outcome.person);
    if (study === undefined || acted === undefined || holder === undefined) {
      sorted.skipped.push({ outcome, findings: [holderUnknown] });
      continue;
    }
    const issuedBefore = issued.has(`${outcome.enrollment}${outcome.kind}`);
    const candidate = { outcome, study, ...acted, issuedBefore };
    const findings = judgeCandidate(candidate, issuer, today);
    if (isRefused(findings)) sorted.skipped.push({ outcome, findings });
    else sorted.ready.push({ candidate, holder, principal });
  }
  return sorted;
};

const dayOf = (instant: string): string => shanghaiDate(new Date(instant));

/** What a paper will state, before its number is taken; held back where the form cannot be filled (CRT-12). */
const filled = async (
  core: ServiceCore,
  order: IssueOrder,
  { candidate, holder, principal }: Ready,
  today: string,
): Promise<{ content: CertificateContent; findings: CertificateFinding[] }> => {
  const { outcome, study, school } = candidate;
  const text = core.sealing.open(Buffer.from(outcome.stated), statedContext(outcome));
  const content = await contentOf(core.directory, {
    ...{ holder, study, school, kind: outcome.kind, issuer: order.issuer, today, principal },
    ...{ number: '-', originalNumber: null, code: newCode(), stated: Stated.parse(JSON.parse(text)) },
    signed: {
      ...{ handledBy: order.handler, handledOn: dayOf(order.preparedAt) },
      ...{
        responsibleBy: order.responsible ?? '',
        responsibleOn: dayOf(order.decidedAt ?? order.preparedAt),
      },
    },
  });
  return { content, findings: judgeContent(candidate, { content, without: holder.without }, today) };
};

const made = (
  core: ServiceCore,
  order: IssueOrder,
  { candidate: { outcome, school, acting }, content }: { candidate: Candidate; content: CertificateContent },
  { number, today }: { number: string; today: string },
): NewCertificate => {
  const { person, enrollment, kind, stage, place, province } = outcome;
  const id = uuidv7();
  const lawful = issuerOf(issuerFactsOf(school, kind, stage, acting), today, lawPlaceOf(school, province));
  const certificate: Certificate = {
    ...{ id, person, enrollment, kind, stage, number, school: outcome.school, place, province },
    issuer: { by: lawful?.by ?? 'COMPETENT_AUTHORITY', code: order.issuer },
    ...{ issuedOn: today, state: 'ISSUED', sealing: null, sealedOn: null, sealedBy: null },
    ...{
      originalNumber: null,
      beforeRegister: false,
      copies: 0,
      revokedOn: null,
      revocationReason: null,
      version: 1,
      events: 1,
    },
    content: sealContent(core.sealing, { person, id }, { ...content, serialNumber: number }),
  };
  const told = toldOf(CertificateIssued, certificate, { ...certificateFacts(certificate), issuedOn: today });
  const checkKeys = checkKeysOf(core.sealing, { number, name: content.studentName, code: content.code });
  return { certificate, checkKeys, told };
};

const leaveOut = (tx: Tx, order: IssueOrder, skipped: readonly Skipped[]): Promise<unknown> =>
  insertRows(
    tx,
    'issue_skip',
    [
      ['person_id', 'uuid'],
      ['order_id', 'uuid'],
      ['outcome_id', 'uuid'],
      ['place', 'bigint'],
      ['findings', 'jsonb'],
    ],
    skipped.map(({ outcome, findings }) => [
      ...[outcome.person, order.id, outcome.id, order.place, JSON.stringify(findings)],
    ]),
    'on conflict do nothing',
  );

const write = async (
  core: ServiceCore,
  tx: Tx,
  order: IssueOrder,
  { ready, skipped }: Sorted,
  { now, today }: { now: string; today: string },
): Promise<{ issued: number; skipped: number }> => {
  const papers: { candidate: Candidate; content: CertificateContent }[] = [];
  const left = [...skipped];
  for (const each of ready) {
    const { content, findings } = await filled(core, order, each, today);
    if (isRefused(findings)) left.push({ outcome: each.candidate.outcome, findings });
    else papers.push({ candidate: each.candidate, content });
  }
  const wanted = new Map<CertificateKind, number>();
  for (const { candidate } of papers)
    wanted.set(candidate.outcome.kind, (wanted.get(candidate.outcome.kind) ?? 0) + 1);
  const place = await lawPlaceOfUnit(core, order.issuer);
  const numbering = { issuer: order.issuer, year: Number(today.slice(0, 4)), today, place };
  const numbers = await takeNumbers(tx, numbering, wanted);
  await insertCertificates(
    tx,
    now,
    papers.map((each) => made(core, order, each, { number: numbers(each.candidate.outcome.kind), today })),
  );
  await execute(
    tx,
    `update outcome set state = 'ISSUED' from unnest($1::uuid[], $2::uuid[]) as n (person, id)
     where person_id = n.person and outcome_id = n.id`,
    [
      papers.map(({ candidate }) => candidate.outcome.person),
      papers.map(({ candidate }) => candidate.outcome.id),
    ],
  );
  await leaveOut(tx, order, left);
  return { issued: papers.length, skipped: left.length };
};

const lockedAgain = `state = 'REVIEWED' and outcome_id = any($1::uuid[]) and person_id = any($2::uuid[])
  order by person_id, outcome_id for update`;

/** MORE: another chunk may follow. LAST: everything was looked at. STOPPED: the order is no longer this worker's. */
export type ChunkDone = 'MORE' | 'LAST' | 'STOPPED';

/** What is asked of others before the transaction: who the holders are, and who acts for their schools. */
const aroundOf = async (core: ServiceCore, issuer: string, seen: readonly Outcome[]): Promise<Around> => {
  const holders = await holdersOf(core, [...new Set(seen.map(({ person }) => person))]);
  const facts = await core.directory.schoolsOf([...new Set(seen.map(({ school }) => school))]);
  const schools = await asWorker(core.worker, async (tx) => {
    const acted = new Map<string, Acted>();
    for (const [code, school] of facts)
      acted.set(code, { school, acting: await actingUnitOf(core, tx, school) });
    return acted;
  });
  const principals = await principalsOf(core, issuer.length === 10 ? [issuer] : []);
  return { holders, schools, principal: principals.get(issuer) ?? null };
};

/**
 * Issues the next certificates of an order in one transaction: numbers, certificates, events and how far the order came are written
 * together or not at all. Whoever is killed in between has issued nothing of the chunk; whoever goes on takes it up again. The
 * outcomes are held by the transaction, so that two orders about the same students issue once; one that was taken back meanwhile is
 * left out.
 */
export const issueChunk = async (
  core: ServiceCore,
  order: IssueOrder,
  lease: string,
  size = chunkSize,
): Promise<ChunkDone> => {
  const [now, today] = [core.clock.now(), core.clock.today()];
  const from = [order.issuer, order.batch, order.after, order.upto, size];
  const seen = await asWorker(core.worker, (tx) => outcomesWhere(tx, next, from));
  const last = seen.at(-1);
  if (last === undefined) return 'LAST';
  const around = await aroundOf(core, order.issuer, seen);
  return asWorker(core.worker, async (tx) => {
    const held = await heldOrder(tx, order.id, lease);
    if (held === undefined || held.after !== order.after) return 'STOPPED';
    const ids = [seen.map(({ id }) => id), seen.map(({ person }) => person)];
    const outcomes = await outcomesWhere(tx, lockedAgain, ids);
    const still = new Set(outcomes.map(({ id }) => id));
    const gone = seen.filter(({ id }) => !still.has(id));
    const sorted = await sort(tx, outcomes, around, { issuer: order.issuer, today });
    const others = gone.map((outcome) => ({ outcome, findings: [outcomeStands] }));
    const left = { ...sorted, skipped: [...sorted.skipped, ...others] };
    const written = await write(core, tx, held, left, { now, today });
    await keepProgress(tx, {
      id: order.id,
      issued: held.issued + written.issued,
      skipped: held.skipped + written.skipped,
      after: last.ready,
    });
    return seen.length < size ? 'LAST' : 'MORE';
  });
};
