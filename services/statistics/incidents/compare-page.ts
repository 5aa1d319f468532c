import { type HeldPerson, heldPersonsOf, mostHeld } from '#libs/contracts/commands/held-persons.ts';
import { ask } from '#libs/platform/commands/internal.ts';
import { single } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Facts, Found, IncidentKind } from './incident-rows.ts';

export type Owner = 'enrollment' | 'identity';

const kindOf: Record<Owner, IncidentKind> = { enrollment: 'REGISTRATION', identity: 'NUMBER' };

type Kept = { person: string; place: number; facts: Facts };

const keptFacts: Record<Owner, string> = {
  enrollment: `jsonb_build_object('school', school, 'place', place::text, 'stage', stage,
    'entryYearAdj', entry_year_adj::text, 'status', status)`,
  identity: `jsonb_build_object('numberKind', number_kind, 'gender', gender, 'documentType', document_type)`,
};
const isKept: Record<Owner, string> = {
  enrollment: 'enrollment is not null',
  identity: 'number_kind is not null',
};

/** What is kept here of persons after one up to another (null: to the end), or of these. */
const keptOf = async (
  { worker }: ServiceCore,
  owner: Owner,
  range: { after: string | null; last: string | null; persons: readonly string[] | null },
): Promise<Map<string, Kept>> => {
  const rows = await single<Omit<Kept, 'place'> & { place: string }>(
    worker,
    `select person_id as person, place, ${keptFacts[owner]} as facts from pupil
     where ${isKept[owner]} and ($1::uuid is null or person_id > $1) and ($2::uuid is null or person_id <= $2)
       and ($3::uuid[] is null or person_id = any($3))`,
    [range.after, range.last, range.persons],
  );
  return new Map(rows.map((row) => [row.person, { ...row, place: Number(row.place) }]));
};

const isSame = (one: Facts, other: Facts): boolean =>
  Object.keys({ ...one, ...other }).every((name) => (one[name] ?? null) === (other[name] ?? null));

/** How far the stock has followed the owner's log. */
const heardOf = async ({ worker }: ServiceCore, owner: Owner): Promise<number> => {
  const [row] = await single<{ seq: string }>(
    worker,
    `select seq from inbox_checkpoint where consumer = 'stock' and source = $1`,
    [owner],
  );
  return Number(row?.seq ?? 0);
};

/** Persons of whom events of this owner wait because they could not be applied. */
const parkedAmong = async (
  { worker }: ServiceCore,
  owner: Owner,
  persons: readonly string[],
): Promise<Set<string>> => {
  const rows = await single<{ person: string }>(
    worker,
    `select distinct aggregate_id as person from inbox_parked
     where consumer = 'stock' and source = $1 and aggregate_id = any($2::text[])`,
    [owner, persons],
  );
  return new Set(rows.map(({ person }) => person));
};

type Difference = { person: string; held: HeldPerson | undefined; kept: Kept | undefined };

const differencesOf = (
  held: ReadonlyMap<string, HeldPerson>,
  kept: ReadonlyMap<string, Kept>,
): Difference[] =>
  [...new Set([...held.keys(), ...kept.keys()])]
    .map((person) => ({ person, held: held.get(person), kept: kept.get(person) }))
    .filter(({ held: one, kept: other }) => !one || !other || !isSame(one.facts, other.facts));

const byPerson = (held: readonly HeldPerson[]): Map<string, HeldPerson> =>
  new Map(held.map((each) => [each.person, each]));

const looks = 20;
const pause = 250;

/**
 * Differences that stay when owner and statistics have both come to rest about these persons: all that the owner has told
 * was heard, and nothing of it waits to be told. What moves all the time is left for the next night.
 */
const settled = async (
  core: ServiceCore,
  owner: Owner,
  suspects: readonly string[],
): Promise<Difference[]> => {
  let open = [...suspects];
  const stay: Difference[] = [];
  for (let look = 1; open.length > 0 && look <= looks; look++) {
    const { seq, held } = await ask(core.bus, heldPersonsOf(owner), { after: null, persons: open });
    const isHeard = (await heardOf(core, owner)) >= seq;
    const kept = await keptOf(core, owner, { after: null, last: null, persons: open });
    const other = differencesOf(byPerson(held), kept);
    const certain = other.filter((each) => isHeard && look > 1 && (each.held?.isTold ?? true));
    stay.push(...certain);
    open = other.filter((each) => !certain.includes(each)).map(({ person }) => person);
    if (open.length > 0) await new Promise((resolve) => setTimeout(resolve, pause));
  }
  return stay;
};

const foundOf = (owner: Owner, { person, held, kept }: Difference, isParked: boolean): Found => ({
  ...{ kind: kindOf[owner], subject: person, person, width: null, place: kept?.place ?? held?.place ?? 0 },
  cause: isParked ? 'PARKED' : held === undefined ? 'UNKNOWN' : kept === undefined ? 'MISSING' : 'OTHER',
  kept: kept?.facts ?? {},
  counted: held?.facts ?? {},
});

/** A page of persons held against what their owner holds: who differs, and up to whom it reached (null: to the end). */
export type Compared = { kind: IncidentKind; found: Found[]; last: string | null; persons: number };

/** Compares the persons after one with what their owner says of them now. Throws where the owner does not answer. */
export const comparePage = async (
  core: ServiceCore,
  owner: Owner,
  after: string | null,
): Promise<Compared> => {
  const { held } = await ask(core.bus, heldPersonsOf(owner), { after, persons: null });
  const last = held.length < mostHeld ? null : (held.at(-1)?.person ?? null);
  const kept = await keptOf(core, owner, { after, last, persons: null });
  const suspects = differencesOf(byPerson(held), kept).map(({ person }) => person);
  const found: Found[] = [];
  for (let at = 0; at < suspects.length; at += mostHeld) {
    const differences = await settled(core, owner, suspects.slice(at, at + mostHeld));
    const parked = await parkedAmong(
      core,
      owner,
      differences.map(({ person }) => person),
    );
    found.push(...differences.map((each) => foundOf(owner, each, parked.has(each.person))));
  }
  return { kind: kindOf[owner], found, last, persons: held.length };
};
