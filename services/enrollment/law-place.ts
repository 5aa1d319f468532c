import type { LawPlace } from '#libs/law/finding.ts';
import type { Term } from '#libs/law/organization/term-calendar.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';

/** The place whose law a county works by; undefined for what is no county. */
export const lawPlaceOfUnit = async (core: ServiceCore, code: string): Promise<LawPlace | undefined> => {
  const unit = await core.directory.unit(code);
  if (unit?.level !== 'COUNTY') return undefined;
  const above = unit.parent === null ? undefined : await core.directory.unit(unit.parent);
  return {
    province: unit.province,
    ...(above?.level === 'CITY' ? { city: above.code } : {}),
    county: code,
  };
};

type TermRow = {
  region: string;
  school_year: number;
  terms: { term: number; opensOn: string; closesOn: string }[];
};

const seasonOf = (term: number): Term['season'] => (term === 1 ? 'AUTUMN' : 'SPRING');

/** Terms at a place: of a school year those of the nearest unit of its line that has entered them (ORG-28). */
export const termsOf = async (tx: Tx, place: LawPlace): Promise<Term[]> => {
  const line = [place.county, place.city, place.province, '000000'].filter((code) => code !== undefined);
  const rows = await query<TermRow>(
    tx,
    'select region, school_year, terms from term_ref where region = any($1::text[])',
    [line],
  );
  const nearest = new Map<number, TermRow>();
  for (const row of rows) {
    const known = nearest.get(row.school_year);
    if (known === undefined || line.indexOf(row.region) < line.indexOf(known.region)) {
      nearest.set(row.school_year, row);
    }
  }
  return [...nearest.values()].flatMap(({ school_year, terms }) =>
    terms.map(({ term, opensOn, closesOn }) => ({
      schoolYear: school_year,
      season: seasonOf(term),
      opensOn,
      closesOn,
    })),
  );
};
