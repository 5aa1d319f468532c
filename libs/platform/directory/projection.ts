import { type Envelope, readEvent } from '#libs/contracts/envelope.ts';
import { GuardianLinked, GuardianUnlinked } from '#libs/contracts/events/identity.ts';
import { PromotionSet, SchoolSet, TermCalendarSet, UnitsSet } from '#libs/contracts/events/organization.ts';
import type { Tx } from '../database/orm.ts';
import { execute } from '../database/query.ts';
import type { Projection } from '../events/projection.ts';

const applyOne = async (tx: Tx, event: Envelope): Promise<void> => {
  switch (event.type) {
    case UnitsSet.type: {
      const { units } = readEvent(UnitsSet, event);
      await execute(
        tx,
        `insert into unit_ref (code, fact) select c, f from unnest($1::text[], $2::jsonb[]) as row (c, f)
         on conflict (code) do update set fact = excluded.fact`,
        [units.map((unit) => unit.code), units.map((unit) => JSON.stringify(unit))],
      );
      return;
    }
    case SchoolSet.type: {
      const school = readEvent(SchoolSet, event);
      await execute(
        tx,
        `insert into school_ref (code, place, authority, fact) values ($1, $2, $3, $4::jsonb)
         on conflict (code) do update set place = excluded.place, authority = excluded.authority, fact = excluded.fact`,
        [school.code, school.place, school.authority, JSON.stringify(school)],
      );
      return;
    }
    case PromotionSet.type: {
      const { schoolYear, effectiveAt } = readEvent(PromotionSet, event);
      await execute(
        tx,
        `insert into promotion_ref (school_year, effective_at) values ($1, $2)
         on conflict (school_year) do update set effective_at = excluded.effective_at`,
        [schoolYear, effectiveAt],
      );
      return;
    }
    case TermCalendarSet.type: {
      const { region, schoolYear, terms } = readEvent(TermCalendarSet, event);
      await execute(
        tx,
        `insert into term_ref (region, school_year, terms) values ($1, $2, $3::jsonb)
         on conflict (region, school_year) do update set terms = excluded.terms`,
        [region, schoolYear, JSON.stringify(terms)],
      );
      return;
    }
    case GuardianLinked.type: {
      const { subject, person, from } = readEvent(GuardianLinked, event);
      await execute(
        tx,
        `insert into standing_ref (subject, person_id, since) values ($1, $2, $3)
         on conflict (subject, person_id) do update set since = excluded.since, until = null`,
        [subject, person, from],
      );
      return;
    }
    case GuardianUnlinked.type: {
      const { subject, person, to } = readEvent(GuardianUnlinked, event);
      await execute(tx, 'update standing_ref set until = $3 where subject = $1 and person_id = $2', [
        subject,
        person,
        to,
      ]);
      return;
    }
  }
};

/** The copy of units, schools, calendars and guardians' ties that every service keeps. */
export const directoryProjection: Projection = {
  name: 'directory',
  sources: ['organization', 'identity'],
  tables: ['unit_ref', 'school_ref', 'promotion_ref', 'term_ref', 'standing_ref'],
  apply: async (tx, events) => {
    for (const event of events) await applyOne(tx, event);
  },
};
