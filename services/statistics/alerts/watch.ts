import { v7 as uuidv7 } from 'uuid';
import { type AccessCount, accessCountsOf } from '#libs/contracts/commands/access-counts.ts';
import { SecurityAlertRaised } from '#libs/contracts/events/security.ts';
import { SERVICES } from '#libs/contracts/vocabulary.ts';
import { shanghaiDate } from '#libs/law/dates.ts';
import { type LawPlace, lawPlaceOfSchool, lawPlaceOfUnit } from '#libs/law/layers.ts';
import { EARLY_WARNING, judgeWarning } from '#libs/law/privacy/early-warning.ts';
import { ask } from '#libs/platform/commands/internal.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { type Loop, until } from '#libs/platform/service/loop.ts';
import { type Alert, raise } from './alert-rows.ts';

const { massReadPersons, exportPersons, refusedSignIns } = EARLY_WARNING;

type Home = { place: number; province: string; law: LawPlace };

/** Where an account works, and what law binds there; undefined for a place that nobody knows any more. */
const homeOf = async ({ directory }: ServiceCore, workplace: string): Promise<Home | undefined> => {
  const school = workplace.length === 10 ? await directory.school(workplace) : undefined;
  if (school !== undefined)
    return { place: school.place, province: school.province, law: lawPlaceOfSchool(school) };
  const unit = await directory.unit(workplace);
  if (unit === undefined) return undefined;
  const above = unit.parent === null ? undefined : await directory.unit(unit.parent);
  return { place: unit.lo, province: unit.province, law: lawPlaceOfUnit(unit, above) };
};

/** The alert of a count, where the law of its place makes it one; nothing is recorded elsewhere (PRV-08). */
const alertOf = async (core: ServiceCore, source: string, seen: AccessCount): Promise<Alert | undefined> => {
  const home = await homeOf(core, seen.workplace);
  if (home === undefined) return undefined;
  const from = new Date(seen.from);
  const facts = { trigger: seen.trigger, from, count: seen.count };
  const findings = judgeWarning(facts, shanghaiDate(from), home.law);
  if (findings.length === 0) return undefined;
  return {
    ...{ id: uuidv7(), place: home.place, province: home.province, workplace: seen.workplace },
    ...{ account: seen.account, trigger: seen.trigger, since: seen.from, count: seen.count },
    ...{ sources: [source], findings, raisedAt: core.clock.now(), state: 'OPEN' },
    ...{ acknowledgedBy: null, acknowledgedAt: null, outcome: null, note: null },
    ...{ settledBy: null, settledUnit: null, settledAt: null, version: 1 },
  };
};

/** How far the log of a service has been counted; null before the first time. */
const countedUntil = async (core: ServiceCore, source: string): Promise<string | null> => {
  const [row] = await asWorker(core.worker, (tx) =>
    query<{ until: Date }>(tx, 'select counted_until as until from access_counted where source = $1', [
      source,
    ]),
  );
  return row ? new Date(row.until).toISOString() : null;
};

/**
 * Asks one service what accounts did in the hours since the last time and raises what is an alert; the hours are done with the
 * alerts, in one transaction. A service that does not answer is asked again later. True when there may be more.
 */
const countOne = async (core: ServiceCore, source: string): Promise<boolean> => {
  const asked = {
    after: await countedUntil(core, source),
    levels: { massReadPersons, exportPersons, refusedSignIns },
  };
  const answer = await ask(core.bus, accessCountsOf(source), asked).catch(() => undefined);
  const counted = answer?.until;
  if (!counted) return false;
  const alerts = await Promise.all(answer.counts.map((seen) => alertOf(core, source, seen)));
  await asWorker(core.worker, async (tx) => {
    for (const alert of alerts) if (alert !== undefined) await raise(tx, alert, SecurityAlertRaised);
    await execute(
      tx,
      `insert into access_counted (source, counted_until) values ($1, $2)
       on conflict (source) do update set counted_until = greatest(access_counted.counted_until, excluded.counted_until)`,
      [source, counted],
    );
  });
  if (alerts.some((alert) => alert !== undefined)) core.wakeRelay();
  return true;
};

/** Looks at what every service has counted since the last time (PRV-08). */
export const watchAccess = async (core: ServiceCore): Promise<boolean> => {
  const more: boolean[] = [];
  for (const source of SERVICES) more.push(await countOne(core, source));
  return more.some(Boolean);
};

export const startAccessWatch = (core: ServiceCore): Loop =>
  until({ name: 'access watch', log: core.log, idle: 30_000, step: () => watchAccess(core) });
