import type { ClaimRequest } from '#libs/contracts/commands/claim-persons.ts';
import type { SearchAnswer } from '#libs/contracts/commands/search-persons.ts';
import type { StudentNumberKind } from '#libs/contracts/vocabulary.ts';
import { enforces } from '#libs/law/enforces.ts';
import { query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { openClaim } from '../person/new-person.ts';

type Found = {
  hash: Buffer;
  person_id: string;
  intake: string;
  registered: boolean;
  school: string;
  number_kind: StudentNumberKind | null;
  authority: string | null;
};

/** Tells for each form whether the nation knows the person, and nothing that the asking school may not know. */
export const handleSearchPersons = async (
  deps: Pick<ServiceCore, 'worker' | 'sealing'>,
  claims: readonly ClaimRequest[],
): Promise<SearchAnswer[]> => {
  enforces('ID-17', 'PRV-15');
  const opened = claims.map((request) => openClaim(request, deps.sealing));
  const rows = await asWorker(deps.worker, (tx) =>
    query<Found>(
      tx,
      `select c.hash, c.person_id, c.intake, p.registered, p.school, p.number_kind, s.authority
       from document_claim c join person p on p.person_id = c.person_id
       left join school_ref s on s.code = p.school
       where c.hash = any($1::bytea[])`,
      [opened.map((claim) => claim.key)],
    ),
  );
  const byKey = new Map(rows.map((row) => [row.hash.toString('hex'), row]));
  return opened.map(({ request, key }): SearchAnswer => {
    const found = byKey.get(key.toString('hex'));
    const { intake, corrects } = request;
    if (found === undefined || found.intake === intake || found.person_id === corrects)
      return { intake, outcome: 'NONE' };
    const kind = found.number_kind ?? 'L_TEMPORARY';
    if (!found.registered) return { intake, outcome: 'CONTINUES', kind };
    return {
      intake,
      outcome: 'EXISTS',
      kind,
      authority: found.authority ?? '000000',
      person: found.school === request.school ? found.person_id : null,
    };
  });
};
