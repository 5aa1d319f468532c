import { type Envelope, readEvent } from '#libs/contracts/envelope.ts';
import { EnrollmentMoved } from '#libs/contracts/events/enrollment-move.ts';
import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import { TransferSourceSucceeded } from '#libs/contracts/events/transfer.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute } from '#libs/platform/database/query.ts';
import type { Projection } from '#libs/platform/events/projection.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { CaseRecord } from '../cases/case-record.ts';
import { lockOpenOf } from '../cases/case-rows.ts';
import { following } from '../cases/follow.ts';
import { caseFacts, saveCase } from '../cases/save-case.ts';
import { placeOfUnit } from '../cases/steps-opened.ts';

/** What is kept of a case beside it, each with the places of both sides. */
const beside = ['transfer_paper', 'transfer_call_up'] as const;

/** The case at the school that goes on: open steps of the sending side are its, and its authority's, from now on. */
const succeeded = (record: CaseRecord, { code, place, province, authority }: SchoolFact): CaseRecord => {
  const source = { ...record.source, school: code, place, province, authority };
  const units: Readonly<Partial<Record<string, string>>> = {
    SOURCE_SCHOOL: code,
    SOURCE_AUTHORITY: authority,
  };
  const steps = record.steps.map((step) => {
    const unit = step.decidedAt === null ? units[step.party] : undefined;
    return unit === undefined ? step : { ...step, unit };
  });
  return { ...record, source, steps };
};

const write = async (tx: Tx, { id, source }: CaseRecord): Promise<void> => {
  const { school, place, province, authority } = source;
  await execute(
    tx,
    `update transfer_case set source_school = $2, source_place = $3, source_province = $4, source_authority = $5
     where case_id = $1`,
    [id, school, place, province, authority],
  );
  await execute(
    tx,
    `update transfer_step set source_place = $2, unit = case
         when decided_at is not null then unit when party = 'SOURCE_SCHOOL' then $3
         when party = 'SOURCE_AUTHORITY' then $4 else unit end
     where case_id = $1`,
    [id, place, school, authority],
  );
  for (const table of beside)
    await execute(tx, `update ${table} set source_place = $2 where case_id = $1`, [id, place]);
};

/** The open steps that have come to another unit, and where it stands in the tree. */
const takenSteps = async (core: Pick<ServiceCore, 'directory'>, before: CaseRecord, after: CaseRecord) => {
  const known = new Set(before.steps);
  const taken = after.steps.filter((step) => !known.has(step));
  return Promise.all(
    taken.map(async ({ party, unit }) => ({ party, unit, unitPlace: await placeOfUnit(core, unit) })),
  );
};

const followOne = async (
  core: Pick<ServiceCore, 'directory'>,
  tx: Tx,
  event: Envelope,
): Promise<string[]> => {
  const { person, enrollment, school, merger, from } = readEvent(EnrollmentMoved, event);
  const open = (await lockOpenOf(tx, person)).filter(
    (record) => record.enrollment === enrollment && record.source.school === from.school,
  );
  if (open.length === 0) return [];
  const into = await core.directory.school(school);
  if (into === undefined) throw new Error('A registration has moved to a school that nobody knows');
  for (const record of open) {
    const after = succeeded(record, into);
    const steps = await takenSteps(core, record, after);
    await write(tx, after);
    const { school: formerSchool, place, province, authority } = record.source;
    const former = { school: formerSchool, place, province, authority };
    await saveCase(tx, event.time, record, after, [
      { kind: TransferSourceSucceeded, data: { ...caseFacts(after), merger, former, steps } },
    ]);
  }
  return open.map(({ id }) => id);
};

/**
 * The sending school was merged into another while a case ran: with the registration the case goes on at that school, which
 * decides as sending school, under its own authority (W-09, ARC-13; TRF-02). What was decided before stays as it was.
 */
export const followsSource = (core: Pick<ServiceCore, 'directory' | 'bus' | 'wakeRelay'>): Projection =>
  following(core, {
    name: 'transfer-successions',
    sources: ['enrollment'],
    types: [EnrollmentMoved.type],
    follow: (tx, event) => followOne(core, tx, event),
  });
