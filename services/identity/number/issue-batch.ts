import { FormalNumberIssued, IdentityComparisonFailed } from '#libs/contracts/events/identity.ts';
import type { WorkingDayCalendar } from '#libs/law/calendar/working-day-calendar.ts';
import {
  type DuplicateCheck,
  decideFormalNumber,
  type IdentityComparison,
  type IssueDecision,
} from '#libs/law/identity/formal-issue.ts';
import {
  formalNumber,
  formalNumberWithoutId,
  SEQUENCES_OF_A_DAY,
} from '#libs/law/identity/student-number.ts';
import { dayOf } from '#libs/platform/clock/clock.ts';
import type { Sealing } from '#libs/platform/crypto/sealing.ts';
import { insertRows } from '#libs/platform/database/insert.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { type Recorded, recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import { documentContext, numberContext, numberKeyOf } from '../person/claim-key.ts';
import { knownPersons } from '../person/known-person.ts';
import { nearTo, readLikenesses, standingUnder } from '../person/likeness-table.ts';
import { openProblem as openProblemRecord } from '../problems/problem-rows.ts';
import { settleCompared } from '../problems/settle-compared.ts';
import type { Comparison } from '../register/population-register.ts';

/** A holder of a temporary number as the run reads it. */
export type Candidate = {
  person: string;
  place: number;
  province: string;
  region: string;
  school: string;
  name: string;
  birthDate: string;
  documentType: string;
  sealed: Buffer | null;
  version: number;
  ordinal: number;
};

export type BatchCounts = { issuedG: number; issuedJ: number; problems: number; postponed: number };

export const noCounts: BatchCounts = { issuedG: 0, issuedJ: 0, problems: 0, postponed: 0 };

export const residentIdOf = (candidate: Candidate, sealing: Sealing): string | undefined =>
  candidate.documentType === 'RESIDENT_ID' && candidate.sealed !== null
    ? sealing.open(candidate.sealed, documentContext(candidate.person))
    : undefined;

const comparisonOf = (compared: Comparison | undefined): IdentityComparison => {
  if (compared === undefined) return 'NOT_RUN';
  return compared === 'PASS' ? 'PASS' : 'FAIL';
};

type Issue = { tx: Tx; at: string; runId: string; sealing: Sealing; calendar: WorkingDayCalendar };

/** Decides and writes one batch of the yearly issue (ID-07, ID-08, ID-10, ID-32). */
export const issueBatch = async (
  issue: Issue,
  candidates: readonly Candidate[],
  compared: ReadonlyMap<string, Comparison>,
): Promise<BatchCounts> => {
  const counts = { ...noCounts };
  const events: Recorded[] = [];
  const matched: string[] = [];
  for (const candidate of await stillTemporary(issue.tx, candidates)) {
    const idNumber = residentIdOf(candidate, issue.sealing);
    const comparison = comparisonOf(compared.get(candidate.person));
    const other = await searchOther(issue, candidate, idNumber);
    const duplicateCheck: DuplicateCheck = other === null ? 'CLEAN' : 'DUPLICATE_FOUND';
    const decision = decideFormalNumber(
      { hasResidentId: idNumber !== undefined, duplicateCheck, comparison },
      dayOf(issue.at),
      { province: candidate.province },
    );
    if (comparison === 'PASS' && decision.problem === undefined) matched.push(candidate.person);
    events.push(...(await carryOut(issue, candidate, { decision, comparison, idNumber, other }, counts)));
  }
  events.push(...(await settleCompared(issue.tx, issue.sealing, matched, issue.at)));
  await recordEvents(issue.tx, issue.at, events);
  return counts;
};

const stillTemporary = async (tx: Tx, candidates: readonly Candidate[]): Promise<Candidate[]> => {
  const rows = await query<{ person_id: string; version: number }>(
    tx,
    `select person_id, version from person where person_id = any($1::uuid[]) and number_kind = 'L_TEMPORARY'
     order by person_id for update`,
    [candidates.map((candidate) => candidate.person)],
  );
  const versions = new Map(rows.map((row) => [row.person_id, row.version]));
  return candidates.flatMap((candidate) => {
    const version = versions.get(candidate.person);
    return version === undefined ? [] : [{ ...candidate, version }];
  });
};

/**
 * The search that goes with the issue (ID-08, ID-10): with a resident ID number, who else holds or ever held the number
 * that would be given (ID-01); without one, who is the same child by what both have shown. Null for nobody.
 */
const searchOther = async (
  { tx, sealing }: Issue,
  { person }: Candidate,
  idNumber: string | undefined,
): Promise<string | null> => {
  if (idNumber === undefined) return sameChildAs(tx, sealing, person);
  const [other] = await query<{ person: string }>(
    tx,
    'select person_id as person from number_claim where hash = $1 and person_id <> $2',
    [numberKeyOf(formalNumber(idNumber), sealing), person],
  );
  return other?.person ?? null;
};

const sameChildAs = async (tx: Tx, sealing: Sealing, person: string): Promise<string | null> => {
  const child = (await knownPersons(tx, sealing, [person])).get(person);
  if (child === undefined) return null;
  const likenesses = await readLikenesses(tx, child.keys.likenesses);
  const near = nearTo(child, likenesses, await standingUnder(tx, sealing, likenesses));
  return near.same.find(({ registered }) => registered)?.person ?? null;
};

/** What the checks of one holder said. */
type Checked = {
  decision: IssueDecision;
  comparison: IdentityComparison;
  idNumber: string | undefined;
  other: string | null;
};

const carryOut = async (
  issue: Issue,
  candidate: Candidate,
  { decision, comparison, idNumber, other }: Checked,
  counts: BatchCounts,
): Promise<Recorded[]> => {
  if (decision.problem !== undefined) {
    counts.problems++;
    return openProblem(issue, candidate, decision.problem, other);
  }
  if (decision.kind === 'L_TEMPORARY') {
    counts.postponed++;
    return [];
  }
  const number = idNumber === undefined ? await nextWithoutId(issue.tx, candidate) : formalNumber(idNumber);
  if (number === undefined) {
    counts.postponed++;
    return [];
  }
  if (decision.kind === 'G_FORMAL') counts.issuedG++;
  else counts.issuedJ++;
  return replaceNumber(issue, candidate, decision.kind, number, comparison);
};

/** The next free J number of a region and birthday; none once all of that day are given. */
const nextWithoutId = async (tx: Tx, { region, birthDate }: Candidate): Promise<string | undefined> => {
  const [row] = await query<{ taken: number }>(
    tx,
    `insert into j_sequence (region, birth_date, taken) values ($1, $2, 1)
     on conflict (region, birth_date) do update set taken = j_sequence.taken + 1 where j_sequence.taken < $3
     returning taken`,
    [region, birthDate, SEQUENCES_OF_A_DAY],
  );
  return row && formalNumberWithoutId({ region, birthDate }, row.taken - 1);
};

const replaceNumber = async (
  issue: Issue,
  candidate: Candidate,
  kind: 'G_FORMAL' | 'J_FORMAL',
  number: string,
  comparison: IdentityComparison,
): Promise<Recorded[]> => {
  const { tx, at, sealing } = issue;
  const version = candidate.version + 1;
  await execute(
    tx,
    `update student_number set state = 'SUPERSEDED', valid_to = $2 where person_id = $1 and state = 'ACTIVE'`,
    [candidate.person, at],
  );
  await insertRows(
    tx,
    'student_number',
    [
      ['person_id', 'uuid'],
      ['ordinal', 'int'],
      ['place', 'bigint'],
      ['kind', 'text'],
      ['state', 'text'],
      ['sealed', 'bytea'],
      ['valid_from', 'timestamptz'],
      ['reason', 'text'],
      ['approver', 'text'],
      ['checks', 'jsonb'],
    ],
    [
      [
        candidate.person,
        candidate.ordinal + 1,
        candidate.place,
        kind,
        'ACTIVE',
        sealing.seal(number, numberContext(candidate.person)),
        at,
        'YEARLY_ISSUE',
        issue.runId,
        JSON.stringify({ duplicateCheck: 'CLEAN', comparison }),
      ],
    ],
  );
  await insertRows(
    tx,
    'number_claim',
    [
      ['hash', 'bytea'],
      ['person_id', 'uuid'],
    ],
    [[numberKeyOf(number, sealing), candidate.person]],
    'on conflict (hash) do update set person_id = excluded.person_id where number_claim.person_id = excluded.person_id',
  );
  await execute(
    tx,
    `update person set number_kind = $2, comparison = $3, compared_at = case when $3 = 'NOT_COMPARED' then compared_at
       else $4::timestamptz end, version = $5 where person_id = $1`,
    [candidate.person, kind, comparison === 'NOT_RUN' ? 'NOT_COMPARED' : comparison, at, version],
  );
  return [
    recorded(FormalNumberIssued, candidate.person, version, {
      person: candidate.person,
      province: candidate.province,
      place: candidate.place,
      kind,
    }),
  ];
};

/** Opens the problem record of a check that failed; where one waits already, nothing is told again. */
const openProblem = async (
  issue: Issue,
  candidate: Candidate,
  kind: 'COMPARISON_FAILED' | 'DUPLICATE',
  other: string | null,
): Promise<Recorded[]> => {
  const { tx, at, sealing, calendar } = issue;
  const { person, place, province, school } = candidate;
  const failed = kind === 'COMPARISON_FAILED';
  const opened = await openProblemRecord(
    { tx, sealing, at, lawPlace: { province }, calendar },
    {
      ...{
        person,
        place,
        province,
        school,
        kind,
        other,
        source: 'SYSTEM',
        by: 'SYSTEM',
        unit: 'SYSTEM',
        note: null,
      },
      personVersion: candidate.version + (failed ? 1 : 0),
    },
  );
  if (opened === undefined) return [];
  await execute(
    tx,
    `update person set comparison = case when $2 then 'FAIL' else comparison end,
       compared_at = case when $2 then $3::timestamptz else compared_at end, version = $4 where person_id = $1`,
    [person, failed, at, candidate.version + (failed ? 2 : 1)],
  );
  const whereabouts = { person, province, place };
  return [
    ...(failed ? [recorded(IdentityComparisonFailed, person, candidate.version + 1, whereabouts)] : []),
    ...opened.events,
  ];
};
