import type { Stage } from '#libs/contracts/vocabulary.ts';
import type { Outcome as Kind } from '#libs/law/certificate/kinds.ts';
import { insertRows } from '#libs/platform/database/insert.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import type { CertificateFinding } from '../procedure/own-finding.ts';
import type { Outcome, OutcomeState } from './outcome.ts';

type Row = {
  person_id: string;
  outcome_id: string;
  enrollment_id: string;
  batch_id: string;
  school: string;
  place: string;
  province: string;
  stage: Stage;
  kind: Kind;
  state: OutcomeState;
  issuer: string | null;
  ready: string;
  taken_back_at: Date | null;
  taken_back_reason: string | null;
  stated: Buffer;
  findings: CertificateFinding[];
};

const outcomeOf = (row: Row): Outcome => ({
  id: row.outcome_id,
  person: row.person_id,
  enrollment: row.enrollment_id,
  batch: row.batch_id,
  school: row.school,
  place: Number(row.place),
  province: row.province,
  stage: row.stage,
  kind: row.kind,
  state: row.state,
  issuer: row.issuer,
  ready: Number(row.ready),
  takenBack:
    row.taken_back_at === null
      ? null
      : { at: new Date(row.taken_back_at).toISOString(), reason: row.taken_back_reason ?? '' },
  stated: row.stated,
  findings: row.findings,
});

/** Outcomes of which a condition is true, as far as the scope covers them; condition and order are texts of this service. */
export const outcomesWhere = async (
  tx: Tx,
  condition: string,
  parameters: readonly unknown[],
): Promise<Outcome[]> =>
  (
    await query<Row>(
      tx,
      `select person_id, outcome_id, enrollment_id, batch_id, school, place, province, stage, kind, state, issuer, ready,
         taken_back_at, taken_back_reason, stated, findings from outcome where ${condition}`,
      parameters,
    )
  ).map(outcomeOf);

export const insertOutcomes = (tx: Tx, outcomes: readonly Outcome[]): Promise<unknown> =>
  insertRows(
    tx,
    'outcome',
    [
      ['person_id', 'uuid'],
      ['outcome_id', 'uuid'],
      ['enrollment_id', 'uuid'],
      ['batch_id', 'uuid'],
      ['school', 'text'],
      ['place', 'bigint'],
      ['province', 'text'],
      ['stage', 'text'],
      ['kind', 'text'],
      ['state', 'text'],
      ['issuer', 'text'],
      ['stated', 'bytea'],
      ['findings', 'jsonb'],
    ],
    outcomes.map((each) => [
      ...[each.person, each.id, each.enrollment, each.batch, each.school, each.place, each.province],
      ...[each.stage, each.kind, each.state, each.issuer, each.stated, JSON.stringify(each.findings)],
    ]),
  );

/** Writes how outcomes of a batch stand now; those that become ready for a certificate come after all that were before. */
export const updateOutcomes = async (
  tx: Tx,
  outcomes: readonly Pick<Outcome, 'person' | 'id' | 'state' | 'issuer' | 'findings'>[],
): Promise<void> => {
  if (outcomes.length === 0) return;
  await execute(
    tx,
    `update outcome o set state = n.state, issuer = n.issuer, findings = n.findings,
       ready = case when n.state = 'REVIEWED' then nextval('outcome_ready') else o.ready end
     from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::jsonb[]) as n (person, id, state, issuer, findings)
     where o.person_id = n.person and o.outcome_id = n.id`,
    [
      outcomes.map(({ person }) => person),
      outcomes.map(({ id }) => id),
      outcomes.map(({ state }) => state),
      outcomes.map(({ issuer }) => issuer),
      outcomes.map(({ findings }) => JSON.stringify(findings)),
    ],
  );
};
