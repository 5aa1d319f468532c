import { workingDayCalendar } from '#libs/law/calendar/working-day-calendar.ts';
import { insertRows } from '#libs/platform/database/insert.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { type Loop, until } from '#libs/platform/service/loop.ts';
import { readTerms } from '../calendar/terms-of-line.ts';
import { treeAround } from '../store/units.ts';
import { lawPlaceOf } from '../tree/law-place.ts';
import { type AccountFacts, type Looked, lookAt } from './account-clock.ts';
import { countWeeks } from './count-weeks.ts';
import type { Registrar } from './registrar.ts';
import { lockRegistrars, saveRegistrars } from './registrar-rows.ts';

/** Accounts of one transaction. */
const atOnce = 100;

/** Looks at accounts whose day has come; true when there may be more. */
export const lookAtAccounts = async (
  core: Pick<ServiceCore, 'worker' | 'clock' | 'directory' | 'wakeRelay'>,
): Promise<boolean> => {
  const at = core.clock.now();
  const calendar = workingDayCalendar(await core.directory.workingDays());
  const looked = await asWorker(core.worker, async (tx) => {
    const due = await query<{ id: string }>(
      tx,
      `select registrar_id as id from registrar where next_check_on <= $1
       order by next_check_on, registrar_id limit $2 for update skip locked`,
      [core.clock.today(), atOnce],
    );
    if (due.length === 0) return 0;
    const registrars = await lockRegistrars(
      tx,
      due.map(({ id }) => id),
    );
    const factsOf = await readFacts(tx, registrars, { now: new Date(at), calendar });
    const results = registrars.map((registrar) => lookAt(registrar, factsOf(registrar)));
    await saveRegistrars(tx, results, at);
    await saveWeeks(tx, results);
    return due.length;
  });
  if (looked > 0) core.wakeRelay();
  return looked === atOnce;
};

/** The daily look at every account (ACC-03, ACC-10, ACC-12, ACC-13), by whichever process comes first, and then the figures of weeks that are over (ACC-11). */
export const startAccountWorker = (core: ServiceCore): Loop =>
  until({
    name: 'account clock',
    log: core.log,
    idle: 1_000,
    step: async () => (await lookAtAccounts(core)) || countWeeks(core),
  });

const saveWeeks = async (tx: Tx, results: readonly Looked[]): Promise<void> => {
  await insertRows(
    tx,
    'account_week',
    [
      ['registrar_id', 'uuid'],
      ['week_from', 'date'],
      ['place', 'bigint'],
      ['missed', 'boolean'],
    ],
    results.flatMap(({ registrar, weeks }) =>
      weeks.map(({ from, missed }) => [registrar.registrarId, from, registrar.place, missed]),
    ),
    'on conflict do nothing',
  );
};

type Days = { id: string; day: string }[];

const readFacts = async (
  tx: Tx,
  registrars: readonly Registrar[],
  { now, calendar }: Pick<AccountFacts, 'now' | 'calendar'>,
): Promise<(registrar: Registrar) => AccountFacts> => {
  const ids = registrars.map(({ registrarId }) => registrarId);
  const tree = await treeAround(tx, [...new Set(registrars.map(({ unit }) => unit))]);
  const since = registrars.map(({ weeksCheckedTo }) => weeksCheckedTo ?? '').sort()[0] || '0001-01-01';
  const logins = Map.groupBy(
    await query<Days[number]>(
      tx,
      `select registrar_id as id, day::text from login_day where registrar_id = any($1::uuid[]) and day > $2::date - 7`,
      [ids, since],
    ),
    ({ id }) => id,
  );
  const trainings = Map.groupBy(
    await query<Days[number]>(
      tx,
      `select registrar_id as id, trained_on::text as day from training where registrar_id = any($1::uuid[])`,
      [ids],
    ),
    ({ id }) => id,
  );
  const termsOf = await readTerms(tx, tree);
  return (registrar) => {
    const unit = tree.find(registrar.unit);
    if (unit === undefined) throw new Error('A registrar works under a unit that is not there');
    return {
      now,
      law: lawPlaceOf(tree, unit),
      level: registrar.isSchool ? 'SCHOOL' : unit.level,
      terms: termsOf([unit, ...tree.ancestors(unit)].map(({ code }) => code)),
      calendar,
      loggedInOn: (logins.get(registrar.registrarId) ?? []).map(({ day }) => day),
      trainedOn: (trainings.get(registrar.registrarId) ?? []).map(({ day }) => day),
    };
  };
};
