import type { z } from 'zod';
import type { FoundByCheck } from '#libs/contracts/commands/find-for-transfer.ts';
import { enforces } from '#libs/law/enforces.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import type { KnownPerson } from './known-person.ts';
import type { OpenedClaim } from './new-person.ts';
import { plainName } from './plain-name.ts';

/** A person as a transfer asks for it: the day of birth is for the law alone. */
export type FoundPerson = { person: string; name: string; birth_date: string };

/**
 * Keeps whom the check of a refused registration has found at another school, so that the asking school can open a transfer
 * without being told who or where that is (TRF-53, PRV-15). A number that fits with another name is no proof: nobody is kept.
 */
export const keepFound = async (
  tx: Tx,
  { request, form }: OpenedClaim,
  known: KnownPerson,
  at: string,
): Promise<void> => {
  enforces('TRF-53', 'PRV-15');
  if (known.school === request.school || plainName(form.name) !== plainName(known.child.name)) return;
  await execute(
    tx,
    `insert into found_elsewhere (intake_id, person_id, school, found_at) values ($1, $2, $3, $4)
     on conflict (intake_id) do update set person_id = excluded.person_id`,
    [request.intake, known.person, request.school, at],
  );
};

/** Whom a registration of this school has found; undefined for another school's, and for one that has found nobody. */
export const foundByCheck = async (
  tx: Tx,
  { found, school }: z.infer<typeof FoundByCheck>,
): Promise<FoundPerson | undefined> =>
  (
    await query<FoundPerson>(
      tx,
      `select p.person_id as person, p.name, p.birth_date::text from found_elsewhere f
       join person p on p.person_id = f.person_id and p.merged_into is null
       where f.intake_id = $1 and f.school = $2`,
      [found, school],
    )
  )[0];
