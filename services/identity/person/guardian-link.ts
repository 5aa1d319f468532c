import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';

type Listed = { position: number; is_legal: boolean; proof: string };

/** Guardians of a person with what tells one from another: the document, or the name where there is none. */
const guardiansOf = (tx: Tx, person: string): Promise<Listed[]> =>
  query(
    tx,
    `select position, is_legal, coalesce(encode(document_hash, 'hex'), relation || '|' || name) as proof
     from guardian where person_id = $1`,
    [person],
  );

/**
 * Keeps the ties between logins and a child true while the guardians of the form are written anew: a tie follows its
 * guardian to another line of the form, and ends where that guardian is no longer one (PRV-11). Returns the logins whose
 * tie ended.
 */
export const keepProvenLinks = async (
  tx: Tx,
  person: string,
  at: string,
  rewrite: () => Promise<void>,
): Promise<string[]> => {
  const before = new Map((await guardiansOf(tx, person)).map((one) => [one.position, one.proof]));
  await rewrite();
  const after = new Map(
    (await guardiansOf(tx, person)).filter((one) => one.is_legal).map((one) => [one.proof, one.position]),
  );
  const links = await query<{ subject: string; position: number }>(
    tx,
    'select subject, position from guardian_link where person_id = $1 and until is null order by subject',
    [person],
  );
  const ended: string[] = [];
  for (const { subject, position } of links) {
    const proof = before.get(position);
    const now = proof === undefined ? undefined : after.get(proof);
    if (now === undefined) ended.push(subject);
    await execute(
      tx,
      `update guardian_link set position = coalesce($3, position), until = case when $3::int is null then $4::timestamptz end
       where person_id = $1 and subject = $2 and until is null`,
      [person, subject, now ?? null, at],
    );
  }
  return ended;
};

/** The tie of a login to a child, as it stands. */
export type GuardianLink = {
  subject: string;
  position: number;
  basis: 'HOUSEHOLD_REGISTER' | 'BIRTH_CERTIFICATE' | 'COURT_ORDER' | 'COLLECTION_FORM';
  since: string;
};

/** The ties of logins to each of these persons now, oldest first. */
export const guardianLinksOf = async (
  tx: Tx,
  persons: readonly string[],
): Promise<ReadonlyMap<string, GuardianLink[]>> => {
  const rows = await query<Omit<GuardianLink, 'since'> & { person_id: string; since: Date }>(
    tx,
    `select person_id, subject, position, basis, since from guardian_link
     where person_id = any($1::uuid[]) and until is null order by since, subject`,
    [persons],
  );
  const links = rows.map(({ since, ...link }) => ({ ...link, since: new Date(since).toISOString() }));
  return Map.groupBy(links, ({ person_id }) => person_id);
};
