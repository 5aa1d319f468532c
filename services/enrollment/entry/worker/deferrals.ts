import { DeferralExpired } from '#libs/contracts/events/entry.ts';
import { judgeDeferralEnd } from '#libs/law/enrollment/deferral.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { gradeOneYearFrom } from '../../dropout/child.ts';
import { SYSTEM } from '../../dropout/entry.ts';
import { placeOfCounty } from '../../dropout/entry-situation.ts';
import { openEntry } from '../../dropout/open-entry.ts';
import { lawPlaceOfCounty, termsOf } from '../../law-place.ts';
import {
  type Deferral,
  deferralContext,
  deferralData,
  deferralsWhere,
  updateDeferral,
} from '../deferral-rows.ts';
import { DeferredChild } from '../request-deferral.ts';

const batch = 50;

/** The county follows a child whose deferral ran out (ENR-11, ENR-60). */
const openLedger = async (core: ServiceCore, tx: Tx, deferral: Deferral, today: string): Promise<void> => {
  const where = await placeOfCounty(core, deferral.county);
  if (where === undefined) return;
  const opened = core.sealing.open(deferral.sealed, deferralContext(deferral.id));
  const { grounds, ...child } = DeferredChild.parse(JSON.parse(opened));
  await openEntry(core, tx, {
    where,
    about: {
      child: JSON.stringify(child),
      stage: 'PRIMARY',
      gradeOneYear: gradeOneYearFrom(child.birthDate),
    },
    source: 'DEFERRAL_EXPIRED',
    since: today,
    householdCounty: deferral.householdCounty,
    note: grounds,
    unit: SYSTEM,
    by: SYSTEM,
  });
};

/**
 * Deferrals whose school year is over once the next autumn term has opened: who has neither entered nor been deferred
 * again becomes a clue (ENR-11). Each is looked at once a day from the next school year's calendar year on.
 */
export const endDeferrals = async (core: ServiceCore): Promise<number> => {
  const today = core.clock.today();
  return asWorker(core.worker, async (tx) => {
    const running = await deferralsWhere(
      tx,
      `state = 'DEFERRED' and school_year < $1 and (seen_on is null or seen_on < $2::date)
       order by school_year, seen_on limit ${batch} for update skip locked`,
      [Number(today.slice(0, 4)), today],
    );
    for (const deferral of running) {
      await execute(tx, 'update deferral set seen_on = $2 where deferral_id = $1', [deferral.id, today]);
      const lawPlace = (await lawPlaceOfCounty(core, deferral.county)) ?? { province: deferral.province };
      const { schoolYear } = deferral;
      const terms = await termsOf(core, lawPlace);
      const facts = { schoolYear, entered: false, renewed: false, terms };
      const findings = judgeDeferralEnd(facts, today, lawPlace);
      if (!findings.some(({ code }) => code === 'DEFERRAL_EXPIRED')) continue;
      const after: Deferral = {
        ...deferral,
        state: 'EXPIRED',
        endedOn: today,
        version: deferral.version + 1,
      };
      await updateDeferral(tx, after);
      const event = recorded(DeferralExpired, `deferral:${after.id}`, after.version, deferralData(after));
      await recordEvents(tx, core.clock.now(), [event]);
      await openLedger(core, tx, after, today);
    }
    return running.length;
  });
};
