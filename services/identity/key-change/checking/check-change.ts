import { enforces } from '#libs/law/enforces.ts';
import type { Finding } from '#libs/law/finding.ts';
import { answerTo, type DuplicateHit, judgeLikeness } from '#libs/law/identity/duplicate.ts';
import { changedItems, judgeKeyDuplicates, residentIdAmong } from '#libs/law/identity/key-change.ts';
import { judgeChecks } from '#libs/law/identity/key-change-number.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { recordEvents } from '#libs/platform/events/outbox.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { isNumberTaken } from '../../number/formal-successor.ts';
import { documentOf, intakeKeyOf, keysOf, type PersonKeys } from '../../person/claim-key.ts';
import { keysHeldBy } from '../../person/claim-table.ts';
import { type KnownPerson, knownPersons } from '../../person/known-person.ts';
import { moveKeys, searchOthers } from '../../person/move-keys.ts';
import { settleCompared } from '../../problems/settle-compared.ts';
import type { Comparison } from '../../register/population-register.ts';
import { type ChangeRecord, lockChange, saveChange } from '../change-rows.ts';
import { lockPersonState, type PersonState, type Situation, situationOf } from '../situation.ts';
import { followedBy, withCurrent } from '../turns.ts';
import { type KeyFacts, openProposal, valuesNow } from '../values.ts';
import { type Writing, writePassed } from './write-change.ts';

type Checking = Writing & {
  record: ChangeRecord;
  person: PersonState;
  after: KeyFacts;
  situation: Situation;
};

const system = 'SYSTEM';

/** The keys of the new data; a child of whom nothing is its own is known by the change. */
const keysAfter = ({ sealing, record, after }: Checking, known: KnownPerson): PersonKeys => {
  const { name, gender, birthDate, idDocumentType, idDocumentNumber } = after;
  const document = documentOf(idDocumentType, idDocumentNumber);
  const keys = keysOf({ ...known.child, name, gender, birthDate, document }, sealing);
  return keys.claims.length > 0 ? keys : { ...keys, claims: [intakeKeyOf(record.id, sealing)] };
};

const comparisonOf = (compared: Comparison | undefined): 'PASS' | 'FAIL' | 'NOT_POSSIBLE' => {
  if (compared === undefined) return 'NOT_POSSIBLE';
  return compared === 'PASS' ? 'PASS' : 'FAIL';
};

const hitsOf = ({ record }: Checking, others: readonly KnownPerson[]): DuplicateHit[] =>
  others.map(({ person, school, kind, authority }) =>
    answerTo(record.school, {
      school,
      student: person,
      numberKind: kind ?? 'L_TEMPORARY',
      registryAuthority: authority,
      isPreschool: false,
    }),
  );

/** Who is perhaps the same child stands on record with the change: the authority looks (ID-17). */
const likenessesFound = (checking: Checking, others: readonly KnownPerson[]): Finding[] =>
  judgeLikeness(hitsOf(checking, others), checking.record.policyOn, checking.situation.lawPlace).map(
    (found) => ({ ...found, outcome: 'RECORD' }),
  );

/** What both checks say, as the school may know it (ID-12, ID-17, PRV-15). */
const judgeFound = (
  checking: Checking,
  others: readonly KnownPerson[],
  isTaken: boolean,
  compared: Comparison | undefined,
): Finding[] => {
  const { record, person, after, situation } = checking;
  const on = record.policyOn;
  return [
    ...judgeKeyDuplicates(hitsOf(checking, others), on, situation.lawPlace),
    ...judgeChecks(
      {
        kind: person.kind,
        before: residentIdAmong(person.values),
        after: residentIdAmong(after),
        duplicateCheck: others.length > 0 || isTaken ? 'FOUND' : 'CLEAN',
        comparison: comparisonOf(compared),
      },
      on,
      situation.lawPlace,
    ),
  ];
};

/** The school mends it: nothing has changed, and the findings say why. */
const fail = async ({ tx, at, record, situation }: Checking, findings: Finding[]): Promise<void> => {
  const decided = withCurrent(record, { decidedBy: system, decidedAt: at, decision: 'RETURN' });
  const failed = { ...decided, state: 'CHECK_FAILED' as const, findings };
  await saveChange(tx, at, record, followedBy(failed, situation, 'SCHOOL'));
};

const approverOf = ({ steps, openedBy }: ChangeRecord): string =>
  steps.findLast(({ decision, party }) => decision === 'APPROVE' && party !== 'SYSTEM')?.decidedBy ??
  openedBy;

const check = async (checking: Checking, compared: Comparison | undefined): Promise<void> => {
  enforces('ID-17', 'ID-32');
  const { tx, sealing, at, record, person, after } = checking;
  const known = (await knownPersons(tx, sealing, [person.person])).get(person.person);
  if (known === undefined) throw new Error('A person is known no more');
  const keys = keysAfter(checking, known);
  const residentId = residentIdAmong(after);
  const isTaken = residentId !== null && (await isNumberTaken(tx, sealing, person.person, residentId));
  const { same } = await searchOthers(checking, { person: person.person, keys });
  const findings = judgeFound(checking, same, isTaken, compared);
  if (findings.some(({ outcome }) => outcome === 'REJECT')) return fail(checking, findings);
  const held = await keysHeldBy(tx, person.person);
  const moved = await moveKeys(checking, {
    person: person.person,
    intake: record.id,
    keys,
    before: known.keys,
    former: held.map(({ hash }) => hash).filter((hash) => known.keys.claims.some((key) => key.equals(hash))),
  });
  if (moved.same.length > 0) return fail(checking, judgeFound(checking, moved.same, isTaken, compared));
  await writePassed(checking, {
    record,
    person,
    after,
    wasCompared: compared === 'PASS',
    approver: approverOf(record),
  });
  if (compared === 'PASS') await recordEvents(tx, at, await settleCompared(tx, sealing, [person.person], at));
  const decided = withCurrent(record, { decidedBy: system, decidedAt: at, decision: 'APPROVE' });
  const alike = likenessesFound(checking, moved.alike);
  await saveChange(tx, at, record, { ...decided, state: 'APPLIED', endedAt: at, findings: alike });
};

type Core = Pick<ServiceCore, 'worker' | 'sealing' | 'directory' | 'clock'>;

/** A change that waits for its checks, as it was when the register was asked, and the values that were compared. */
export type Waiting = { person: string; id: string; version: number; after: KeyFacts };

/**
 * Ends an approved change in one transaction: both checks and everything that follows from them, or nothing. One that
 * has gone on meanwhile, here or in another process, is left alone, as is one whose pupil is no longer as compared: it
 * is compared again.
 */
export const checkChange = (
  core: Core,
  { person, id, version, after }: Waiting,
  compared: Comparison | undefined,
): Promise<void> =>
  asWorker(core.worker, async (tx) => {
    const record = await lockChange(tx, person, id);
    const state = await lockPersonState(tx, core.sealing, person);
    if (record?.state !== 'RECHECKING' || record.version !== version || state === undefined) return;
    const now = valuesNow(state.values, openProposal(core.sealing, record.id, record.sealed));
    if (changedItems(now, after).length > 0) return;
    const situation = await situationOf(core, record.school);
    const writing = { tx, sealing: core.sealing, at: situation.now };
    await check({ ...writing, record, person: state, after, situation }, compared);
  });
