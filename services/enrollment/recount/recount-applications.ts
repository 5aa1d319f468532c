import { decisionDue } from '#libs/law/enrollment/decision-due.ts';
import type { LawPlace } from '#libs/law/finding.ts';
import { lawPlaceOfSchool } from '#libs/law/layers.ts';
import { recountDueDay } from '#libs/law/organization/due-date-recount.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { lawPlaceOfCounty } from '../law-place.ts';
import type { Recounting } from './recount-registrations.ts';

/** Where applications of a kind wait for a decision, each by a day that is counted from the instant they were made. */
type Kind = {
  table: string;
  key: string;
  waiting: string;
  madeAt: string;
  due: string;
  provisional: string;
  calendar: string;
  /** County or school whose law the day follows. */
  where: string;
};

/** Deferrals (W-06), admissions whose end a school asks for (ENR-14, ENR-15), matters of the city (W-05). */
const kinds: readonly Kind[] = [
  {
    table: 'deferral',
    key: 'deferral_id',
    waiting: `state = 'APPLIED'`,
    madeAt: 'applied_at',
    due: 'due_on',
    provisional: 'provisional',
    calendar: 'due_calendar',
    where: 'county',
  },
  {
    table: 'city_matter',
    key: 'person_id, enrollment_id, kind',
    waiting: `state = 'PENDING'`,
    madeAt: 'asked_at',
    due: 'due_on',
    provisional: 'provisional',
    calendar: 'due_calendar',
    where: 'school',
  },
  {
    table: 'admission',
    key: 'person_id, admission_id',
    waiting: 'cancel_asked_at is not null and cancel_outcome is null',
    madeAt: 'cancel_asked_at',
    due: 'cancel_due_on',
    provisional: 'cancel_due_provisional',
    calendar: 'cancel_due_calendar',
    where: 'school',
  },
];

type Row = {
  key: string[];
  made_at: Date | string;
  due_on: string;
  provisional: boolean;
  calendar: string | null;
  place: string;
};

const lawPlaceOf = async (core: ServiceCore, code: string): Promise<LawPlace | undefined> => {
  const school = await core.directory.school(code);
  return school === undefined ? lawPlaceOfCounty(core, code) : lawPlaceOfSchool(school);
};

/** Counts again until when applications wait; returns how many of the fullest kind were looked at. */
export const recountApplications = async (core: ServiceCore, recounting: Recounting): Promise<number> => {
  const looked: number[] = [];
  for (const kind of kinds) looked.push(await recountKind(core, recounting, kind));
  return Math.max(...looked);
};

const recountKind = async (
  core: ServiceCore,
  { tx, calendar, today, limit }: Recounting,
  kind: Kind,
): Promise<number> => {
  const keys = kind.key.split(', ');
  const rows = await query<Row>(
    tx,
    `select array[${keys.map((key) => `${key}::text`).join(', ')}] as key, ${kind.madeAt} as made_at,
            ${kind.due}::text as due_on, ${kind.provisional} as provisional, ${kind.calendar} as calendar,
            ${kind.where} as place
     from ${kind.table}
     where ${kind.waiting} and (${kind.calendar} is null or ${kind.calendar} < $1 or ${kind.calendar} > $1)
     order by ${kind.due}, ${kind.key} limit $2 for update skip locked`,
    [calendar.version, limit],
  );
  const isKey = keys.map((key, index) => `${key}::text = $${index + 4}`).join(' and ');
  for (const row of rows) {
    const place = await lawPlaceOf(core, row.place);
    const counted = place && decisionDue(new Date(row.made_at), place, calendar).counted;
    const kept = { dueOn: row.due_on, provisional: row.provisional, calendarVersion: row.calendar };
    const { due } = recountDueDay({ ...kept, counted }, today, calendar);
    await execute(
      tx,
      `update ${kind.table} set ${kind.due} = $1, ${kind.provisional} = $2, ${kind.calendar} = $3 where ${isKey}`,
      [due.dueOn, due.provisional, due.calendarVersion, ...row.key],
    );
  }
  return rows.length;
};
