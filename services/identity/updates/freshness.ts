import type { Finding } from '#libs/law/finding.ts';
import { judgeFreshness } from '#libs/law/identity/information-change.ts';
import { dayOf } from '#libs/platform/clock/clock.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import { inScope, type Scope } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Person } from '../entities.ts';
import { lawPlaceAt } from '../place-of-law.ts';
import { CHANGEABLE, confirmationsOf } from './confirmation-rows.ts';

type TermRow = { region: string; opening: string };

/** The day on which the running term opened by the calendar of the nearest unit that has entered one. */
const termOpening = async (tx: Tx, line: readonly string[], today: string): Promise<string | undefined> => {
  const rows = await query<TermRow>(
    tx,
    `select region, max(t ->> 'opensOn') as opening from term_ref, jsonb_array_elements(terms) as t
     where region = any($1::text[]) and t ->> 'opensOn' <= $2 group by region`,
    [[...line], today],
  );
  return line.flatMap((code) => rows.find(({ region }) => region === code)?.opening ?? [])[0];
};

/**
 * Fields known to change of which nobody has said since the opening of term that they still hold (ID-24). A field that
 * nobody ever confirmed was last said when the child was registered. Without a calendar nothing is stale.
 */
export const staleFieldsOf = async (core: ServiceCore, scope: Scope, person: Person): Promise<Finding[]> => {
  const place = lawPlaceAt(await core.directory.school(person.school), person.province);
  const today = core.clock.today();
  const line = [place.county, place.city, place.province, '000000'].filter((code) => code !== undefined);
  return inScope(core.app, scope, async (tx) => {
    const termOpensOn = await termOpening(tx, line, today);
    if (termOpensOn === undefined) return [];
    const confirmed = (await confirmationsOf(tx, [person.personId])).get(person.personId);
    const registeredOn = dayOf(new Date(person.createdAt).toISOString());
    const facts = CHANGEABLE.map((field) => ({
      field,
      confirmedOn: confirmed?.get(field) ?? registeredOn,
      termOpensOn,
    }));
    return judgeFreshness(facts, today, place);
  });
};
