import { enforces } from '#libs/law/enforces.ts';
import { type Likeness, likenessesOf, relationOf } from '#libs/law/identity/same-child.ts';
import type { Sealing } from '#libs/platform/crypto/sealing.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import { asWorker, type Scope } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { KnownPerson } from '../person/known-person.ts';
import { knownPersons } from '../person/known-person.ts';

/** A record within the caller's scope that is perhaps the same child's, with the reasons. */
export type Candidate = {
  person: string;
  school: string;
  registered: boolean;
  certain: boolean;
  reasons: Likeness[];
};

/**
 * Who stands under some of a child's keys inside a range: whoever stands there outside of it never leaves the database,
 * and the statement is the same whether there is anybody (PRV-12, PRV-15).
 */
const standingWithin = async (tx: Tx, child: KnownPerson, { lo, hi }: Scope): Promise<string[]> => {
  const rows = await query<{ person: string }>(
    tx,
    `select p.person_id as person from person p
     where p.place between $1 and $2 and p.person_id <> $3 and p.merged_into is null and p.person_id in (
       select unnest(persons) from person_likeness where hash = any($4::bytea[])
       union select person_id from document_claim where hash = any($5::bytea[]))
     order by p.person_id limit 200`,
    [lo, hi, child.person, [...child.keys.likenesses], [...child.keys.claims]],
  );
  return rows.map(({ person }) => person);
};

const candidateOf = (child: KnownPerson, other: KnownPerson): Candidate[] => {
  const relation = relationOf(child.keys.traits, other.keys.traits);
  if (relation === 'NONE') return [];
  return [
    {
      person: other.person,
      school: other.school,
      registered: other.registered,
      certain: relation === 'SAME',
      reasons: likenessesOf(child.keys.traits, other.keys.traits),
    },
  ];
};

const within = async (
  tx: Tx,
  sealing: Sealing,
  scope: Scope,
  person: string,
): Promise<KnownPerson | undefined> => {
  const [row] = await query<{ person_id: string }>(
    tx,
    'select person_id from person where person_id = $1 and place between $2 and $3',
    [person, scope.lo, scope.hi],
  );
  return row && (await knownPersons(tx, sealing, [row.person_id])).get(row.person_id);
};

/** Candidates for being the same child as somebody of the caller's own range, those that are certainly so first. */
export const duplicateCandidates = (
  { worker, sealing }: Pick<ServiceCore, 'worker' | 'sealing'>,
  scope: Scope,
  person: string,
): Promise<Candidate[]> => {
  enforces('ID-17', 'PRV-12', 'PRV-15');
  return asWorker(worker, async (tx) => {
    const child = await within(tx, sealing, scope, person);
    if (child === undefined) throw outOfJurisdiction();
    const others = await knownPersons(tx, sealing, await standingWithin(tx, child, scope));
    return [...others.values()]
      .flatMap((other) => candidateOf(child, other))
      .sort((one, other) => Number(other.certain) - Number(one.certain));
  });
};
