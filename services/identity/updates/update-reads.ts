import type { InfoUpdateState } from '#libs/contracts/events/information.ts';
import type { Finding } from '#libs/law/finding.ts';
import type { Proposer } from '#libs/law/identity/information-proposal.ts';
import type { Party, Step } from '#libs/law/procedure/course.ts';
import type { Sealing } from '#libs/platform/crypto/sealing.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import type { PaperKind } from './paper-kinds.ts';
import { Items } from './proposal.ts';
import { type KeptPaper, type UpdateRecord, updateContext } from './update-record.ts';

type Row = {
  person_id: string;
  update_id: string;
  school: string;
  place: string;
  province: string;
  channel: UpdateRecord['channel'];
  parties: Party[];
  state: InfoUpdateState;
  sealed: Buffer;
  findings: Finding[];
  policy_on: string;
  proposed_by: string;
  proposed_as: Proposer;
  assessed: boolean;
  opened_at: Date;
  ended_at: Date | null;
  version: number;
};

type StepRow = {
  update_id: string;
  ordinal: number;
  party: Party;
  unit: string;
  opened_at: Date;
  due_on: string;
  provisional: boolean;
  calendar_version: string;
  handled_by: string | null;
  handled_at: Date | null;
  opinion: string | null;
  decided_by: string | null;
  decided_at: Date | null;
  decision: Step['decision'];
  reason: string | null;
};

type PaperRow = {
  update_id: string;
  kind: PaperKind;
  upload: string | null;
  file: string | null;
  media_type: string | null;
  added_at: Date;
};

const instant = (date: Date): string => new Date(date).toISOString();
const instantOrNull = (date: Date | null): string | null => date && instant(date);

const stepOf = (row: StepRow): Step => ({
  ordinal: row.ordinal,
  party: row.party,
  unit: row.unit,
  openedAt: instant(row.opened_at),
  dueOn: row.due_on,
  provisional: row.provisional,
  calendarVersion: row.calendar_version,
  handledBy: row.handled_by,
  handledAt: instantOrNull(row.handled_at),
  opinion: row.opinion,
  decidedBy: row.decided_by,
  decidedAt: instantOrNull(row.decided_at),
  decision: row.decision,
  reason: row.reason,
});

const paperOf = (row: PaperRow): KeptPaper => ({
  kind: row.kind,
  upload: row.upload,
  file: row.file,
  mediaType: row.media_type,
  addedAt: instant(row.added_at),
});

const columns = `person_id, update_id, school, place, province, channel, parties, state, sealed, findings,
  policy_on::text, proposed_by, proposed_as, assessed, opened_at, ended_at, version`;

const recordsOf = async (tx: Tx, sealing: Sealing, rows: readonly Row[]): Promise<UpdateRecord[]> => {
  if (rows.length === 0) return [];
  const ids = [rows.map((row) => row.person_id), rows.map((row) => row.update_id)];
  const steps = await query<StepRow>(
    tx,
    `select update_id, ordinal, party, unit, opened_at, due_on::text, provisional, calendar_version, handled_by,
            handled_at, opinion, decided_by, decided_at, decision, reason
     from update_step where person_id = any($1::uuid[]) and update_id = any($2::uuid[]) order by update_id, ordinal`,
    ids,
  );
  const papers = await query<PaperRow>(
    tx,
    `select update_id, kind, upload, file, media_type, added_at from update_paper
     where person_id = any($1::uuid[]) and update_id = any($2::uuid[]) order by update_id, ordinal`,
    ids,
  );
  return rows.map((row) => ({
    person: row.person_id,
    id: row.update_id,
    school: row.school,
    place: Number(row.place),
    province: row.province,
    channel: row.channel,
    items: Items.parse(JSON.parse(sealing.open(row.sealed, updateContext(row.update_id)))),
    parties: row.parties,
    state: row.state,
    findings: row.findings,
    policyOn: row.policy_on,
    proposedBy: row.proposed_by,
    proposedAs: row.proposed_as,
    assessed: row.assessed,
    openedAt: instant(row.opened_at),
    endedAt: instantOrNull(row.ended_at),
    version: row.version,
    steps: steps.filter((step) => step.update_id === row.update_id).map(stepOf),
    papers: papers.filter((paper) => paper.update_id === row.update_id).map(paperOf),
  }));
};

const running = `state in ('SCHOOL_REVIEW', 'AUTHORITY_REVIEW')`;

/** Changes that a condition picks, in its own order; `where` names columns of the table. */
export const updatesWhere = async (
  tx: Tx,
  sealing: Sealing,
  where: string,
  parameters: readonly unknown[],
): Promise<UpdateRecord[]> =>
  recordsOf(
    tx,
    sealing,
    await query<Row>(tx, `select ${columns} from information_update u where ${where}`, parameters),
  );

/** One change, held until the transaction ends; its person is held before it. */
export const lockUpdate = async (
  tx: Tx,
  sealing: Sealing,
  person: string,
  id: string,
): Promise<UpdateRecord | undefined> =>
  (await updatesWhere(tx, sealing, 'person_id = $1 and update_id = $2 for update', [person, id]))[0];

/** Changes of a person that still run. */
export const runningUpdates = (tx: Tx, sealing: Sealing, person: string): Promise<UpdateRecord[]> =>
  updatesWhere(tx, sealing, `person_id = $1 and ${running} order by opened_at for update`, [person]);
