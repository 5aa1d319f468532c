import { InfoUpdateMoved } from '#libs/contracts/events/information.ts';
import { classOfChange } from '#libs/law/identity/information-change.ts';
import { currentStep, type Step } from '#libs/law/procedure/course.ts';
import type { Sealing } from '#libs/platform/crypto/sealing.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute } from '#libs/platform/database/query.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import { lawField } from './proposal.ts';
import { courseOf, type KeptPaper, type UpdateRecord, updateContext } from './update-record.ts';

/** Writes a new change with its first step and papers, its values sealed, and tells of it. */
export const insertUpdate = async (
  tx: Tx,
  sealing: Sealing,
  made: UpdateRecord,
  by: string,
): Promise<void> => {
  await execute(
    tx,
    `insert into information_update (person_id, update_id, place, school, province, channel, fields, parties, state,
       sealed, findings, policy_on, proposed_by, proposed_as, assessed, opened_at, version)
     values ($1, $2, $3, $4, $5, $6, $7::text[], $8::text[], $9, $10, $11::jsonb, $12, $13, $14, $15, $16, $17)`,
    [
      made.person,
      made.id,
      made.place,
      made.school,
      made.province,
      made.channel,
      Object.keys(made.items),
      [...made.parties],
      made.state,
      sealing.seal(JSON.stringify(made.items), updateContext(made.id)),
      JSON.stringify(made.findings),
      made.policyOn,
      made.proposedBy,
      made.proposedAs,
      made.assessed,
      made.openedAt,
      made.version,
    ],
  );
  for (const step of made.steps) await insertStep(tx, made, step);
  await insertPapers(tx, made, 0, made.papers, by);
  await tell(tx, made.openedAt, made, made.papers);
};

const insertStep = (tx: Tx, { person, id, place }: UpdateRecord, step: Step): Promise<number> =>
  execute(
    tx,
    `insert into update_step (person_id, update_id, ordinal, place, party, unit, opened_at, due_on, provisional,
       calendar_version, handled_by, handled_at, counted_from, counted_days)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      person,
      id,
      step.ordinal,
      place,
      step.party,
      step.unit,
      step.openedAt,
      step.dueOn,
      step.provisional,
      step.calendarVersion,
      step.handledBy,
      step.handledAt,
      step.counted?.from ?? null,
      step.counted?.workingDays ?? null,
    ],
  );

const insertPapers = async (
  tx: Tx,
  { person, id, place }: UpdateRecord,
  known: number,
  papers: readonly KeptPaper[],
  by: string,
): Promise<void> => {
  for (const [index, paper] of papers.entries()) {
    await execute(
      tx,
      `insert into update_paper (person_id, update_id, ordinal, place, kind, upload, file, media_type, added_by, added_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        ...[person, id, known + index + 1, place, paper.kind, paper.upload, paper.file, paper.mediaType],
        ...[by, paper.addedAt],
      ],
    );
  }
};

/** Writes who handled or decided the last step, a step and papers that followed, and the change's own state. */
export const saveUpdate = async (
  tx: Tx,
  at: string,
  before: UpdateRecord,
  after: UpdateRecord,
  by: string,
): Promise<void> => {
  const last = after.steps[before.steps.length - 1];
  if (last !== undefined) {
    await execute(
      tx,
      `update update_step set handled_by = $4, handled_at = $5, opinion = $6, decided_by = $7, decided_at = $8,
         decision = $9, reason = $10, unit = $11, due_on = $12, provisional = $13, calendar_version = $14
       where person_id = $1 and update_id = $2 and ordinal = $3`,
      [
        ...[after.person, after.id, last.ordinal, last.handledBy, last.handledAt, last.opinion],
        ...[last.decidedBy, last.decidedAt, last.decision, last.reason, last.unit],
        ...[last.dueOn, last.provisional, last.calendarVersion],
      ],
    );
  }
  for (const step of after.steps.slice(before.steps.length)) await insertStep(tx, after, step);
  const papers = after.papers.slice(before.papers.length);
  await insertPapers(tx, after, before.papers.length, papers, by);
  await execute(
    tx,
    `update information_update set state = $3, ended_at = $4, findings = $5::jsonb, school = $6, version = $7
     where person_id = $1 and update_id = $2`,
    [
      ...[after.person, after.id, after.state, after.endedAt, JSON.stringify(after.findings)],
      ...[after.school, after.version],
    ],
  );
  await tell(tx, at, after, papers);
};

const tell = async (
  tx: Tx,
  at: string,
  record: UpdateRecord,
  papers: readonly KeptPaper[],
): Promise<void> => {
  const step = currentStep(courseOf(record));
  await recordEvents(tx, at, [
    recorded(InfoUpdateMoved, `information-update:${record.id}`, record.version, {
      update: record.id,
      person: record.person,
      school: record.school,
      place: record.place,
      province: record.province,
      depth: classOfChange(Object.keys(record.items).map(lawField)) === 'LIVING' ? 'LIVING' : 'IDENTITY',
      channel: record.channel,
      state: record.state,
      ...(step && {
        turn: {
          party: step.party === 'SCHOOL' ? 'SCHOOL' : 'AUTHORITY',
          unit: step.unit,
          dueOn: step.dueOn,
          provisional: step.provisional,
        },
      }),
      papers: papers.flatMap(({ upload }) => upload ?? []),
    }),
  ]);
};
