import { AutomaticWithdrawalOpened, SuspensionOverrun } from '#libs/contracts/events/dropout.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { type Recorded, recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { openBySystem } from '../../cases/commands/open-case.ts';
import { withdrawal } from '../../cases/plans/withdrawal.ts';
import { lockRegistration, type Situation, situationOf } from '../../cases/situation.ts';
import { judgeOverrun } from '../../marks/overrun.ts';
import { SYSTEM } from '../entry.ts';
import { placeOfSchool } from '../entry-situation.ts';
import { isFollowed, openEntry } from '../open-entry.ts';

const batch = 25;

type Suspended = { person: string; enrollment: string; told: string | null; migrant: boolean | null };

/** Suspensions beyond their end that nobody has looked at today. */
const taken = (tx: Tx, today: string): Promise<Suspended[]> =>
  query<Suspended>(
    tx,
    `select e.person_id as person, e.enrollment_id as enrollment, e.overrun_told_for::text as told,
            (e.marks ->> 'migrant')::boolean as migrant
     from enrollment e join pupil p on p.person_id = e.person_id
     where e.status = 'SUSPENDED' and e.active and e.suspended_until < $1::date
       and (e.overrun_seen_on is null or e.overrun_seen_on < $1::date)
     order by e.suspended_until limit ${batch} for update of p, e skip locked`,
    [today],
  );

const factsOf = ({
  registration: { person, enrollment, school, place, province, suspendedUntil },
  today,
}: Situation) => ({
  ...{ person, enrollment, school, place, province },
  endedOn: suspendedUntil ?? today,
});

const overrunOf = ({ registration }: Situation): string =>
  `overrun:${registration.enrollment}:${registration.suspendedUntil}`;

/** A compulsory pupil comes into the ledger, unless an entry is open already (ENR-50, ENR-60). */
const openLedger = async (
  core: ServiceCore,
  tx: Tx,
  situation: Situation,
  migrant: boolean,
): Promise<Recorded[]> => {
  const { registration, school, today } = situation;
  if (await isFollowed(tx, registration.person)) return [];
  await openEntry(core, tx, {
    where: placeOfSchool(school),
    about: { registration, migrant },
    source: 'SUSPENSION_OVERRUN',
    since: registration.suspendedUntil ?? today,
    unit: SYSTEM,
    by: SYSTEM,
  });
  return [];
};

/**
 * A senior pupil's withdrawal is put before the school, which files it with its authority (ENR-50, ENR-54). Nothing
 * while another case runs: it is tried again the next day.
 */
const openWithdrawal = async (tx: Tx, situation: Situation): Promise<Recorded[] | null> => {
  const facts = { ground: 'SUSPENSION_EXPIRED' as const, formalitiesOn: situation.today };
  const id = await openBySystem(tx, withdrawal, facts, situation);
  if (id === null) return null;
  return [recorded(AutomaticWithdrawalOpened, overrunOf(situation), 2, { ...factsOf(situation), case: id })];
};

/** What follows from one suspension that has run out; once for its end. */
const follow = async (core: ServiceCore, tx: Tx, { person, enrollment, told, migrant }: Suspended) => {
  const registration = await lockRegistration(tx, person, enrollment);
  if (registration === undefined || registration.suspendedUntil === null) return;
  const situation = await situationOf(core, tx, registration, { evidence: [] });
  const { suspendedUntil } = registration;
  const { consequence } = judgeOverrun({ ...registration, ...situation, suspendedUntil });
  const isNew = consequence !== 'WAIT' && told !== suspendedUntil;
  const followed = isNew
    ? consequence === 'OPEN_LEDGER'
      ? await openLedger(core, tx, situation, migrant ?? false)
      : await openWithdrawal(tx, situation)
    : null;
  if (followed !== null) {
    const overrun = recorded(SuspensionOverrun, overrunOf(situation), 1, factsOf(situation));
    await recordEvents(tx, situation.now, [overrun, ...followed]);
  }
  await execute(
    tx,
    `update enrollment set overrun_seen_on = $3, overrun_told_for = case when $4 then suspended_until
       else overrun_told_for end where person_id = $1 and enrollment_id = $2`,
    [person, enrollment, situation.today, followed !== null],
  );
};

/**
 * Suspensions that ended over a month ago and were neither resumed nor renewed (ENR-50): compulsory pupils come into the
 * ledger, senior ones are treated as self-withdrawn after a contact on record. Returns how many were looked at.
 */
export const followOverruns = async (core: ServiceCore): Promise<number> =>
  asWorker(core.worker, async (tx) => {
    const suspended = await taken(tx, core.clock.today());
    for (const each of suspended) await follow(core, tx, each);
    return suspended.length;
  });
