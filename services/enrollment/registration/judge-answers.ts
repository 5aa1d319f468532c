import type { ClaimResult, KnownRecord } from '#libs/contracts/commands/claim-persons.ts';
import type { SearchAnswer } from '#libs/contracts/commands/search-persons.ts';
import { judgeKnownChild } from '#libs/law/enrollment/preschool.ts';
import type { Finding, LawPlace } from '#libs/law/finding.ts';
import { type DuplicateHit, judgeDuplicates, judgeLikeness } from '#libs/law/identity/duplicate.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import type { IntakeRow } from './open-intakes.ts';

/** Identity's answer about a form, and where and when it was asked. */
export type Answered = {
  answer: ClaimResult | SearchAnswer | undefined;
  /** The import to which the form belongs. */
  job: string | null;
  today: string;
  place: LawPlace;
  /** The child is to enter a kindergarten. */
  isPreschool?: boolean;
};

/** A row of an import by which a person came in. */
export type RowOfPerson = { job: string; row: number };

/** What a school knows of its own record. */
type OwnRecord = { isReturned: boolean; rows: readonly RowOfPerson[] };

const recordsOf = ({ answer }: Answered): KnownRecord[] => {
  if (answer === undefined || answer.outcome === 'KEY_CHANGE') return [];
  return answer.outcome === 'EXISTS' ? [answer] : answer.alike;
};

/** Records of the asking schools, by person; of other schools identity names no person. */
const ownRecordsOf = async (tx: Tx, persons: readonly string[]): Promise<Map<string, OwnRecord>> => {
  if (persons.length === 0) return new Map();
  const rows = await query<{ person: string; returned: boolean; rows: OwnRecord['rows'] | null }>(
    tx,
    `select p.person_id as person,
            exists (select 1 from enrollment e where e.person_id = p.person_id and e.active
                      and e.status = 'RETURNED_TO_SCHOOL') as returned,
            (select jsonb_agg(jsonb_build_object('job', i.job_id, 'row', i.row_no)) from intake i
             where i.person_id = p.person_id and i.state = 'REGISTERED' and i.job_id is not null) as rows
     from pupil p where p.person_id = any($1::uuid[])`,
    [persons],
  );
  return new Map(
    rows.map(({ person, returned, rows: of }) => [person, { isReturned: returned, rows: of ?? [] }]),
  );
};

/** What a school is told of a record: its own row or student, or the kind of number and the authority elsewhere. */
const hitOf = (
  { kind, authority, person }: KnownRecord,
  job: string | null,
  own: ReadonlyMap<string, OwnRecord>,
  claimedNow: ReadonlyMap<string, RowOfPerson>,
): DuplicateHit => {
  if (person === null)
    return { where: 'ELSEWHERE', numberKind: kind, registryAuthority: authority, isPreschool: false };
  const rows = [claimedNow.get(person), ...(own.get(person)?.rows ?? [])];
  const row = job === null ? undefined : rows.find((candidate) => candidate?.job === job)?.row;
  return {
    where: 'SAME_SCHOOL',
    row: row === undefined ? undefined : String(row),
    student: person,
    isReturned: own.get(person)?.isReturned,
    numberKind: kind,
  };
};

/**
 * What the nationwide search comes to for each form: refused as known, or held as perhaps known (ID-17, PRV-15).
 * `claimedNow`: the rows by which persons come in together with these forms, before any is registered.
 */
export const judgeAnswers = async (
  tx: Tx,
  answered: readonly Answered[],
  claimedNow: ReadonlyMap<string, RowOfPerson> = new Map(),
): Promise<Finding[][]> => {
  const persons = answered.flatMap((entry) => recordsOf(entry).flatMap(({ person }) => person ?? []));
  const own = await ownRecordsOf(tx, [...new Set(persons)]);
  return answered.map((entry) => {
    const { answer, job, today, place } = entry;
    const hits = recordsOf(entry).map((record) => hitOf(record, job, own, claimedNow));
    if (answer?.outcome !== 'EXISTS') return judgeLikeness(hits, today, place);
    const isElsewhere = hits.every(({ where }) => where === 'ELSEWHERE');
    return entry.isPreschool === true && isElsewhere
      ? judgeKnownChild({ hasNumber: true, asksForNumber: true, activeElsewhere: true }, today, place)
      : judgeDuplicates({ searched: true, hits }, { continuesPreschool: false }, today, place);
  });
};

/** What the search found beside others goes along to the authority like all that the law holds. */
export const holdBy = async (tx: Tx, intake: IntakeRow, findings: Finding[]): Promise<IntakeRow> => {
  if (findings.length === 0) return intake;
  const facts = { ...intake.facts, held: [...intake.facts.held, ...findings] };
  await execute(tx, 'update intake set facts = $2::jsonb where intake_id = $1', [
    intake.intake_id,
    JSON.stringify(facts),
  ]);
  return { ...intake, facts };
};
