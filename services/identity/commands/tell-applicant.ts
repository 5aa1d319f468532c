import { type Applicant, tellApplicantContext } from '#libs/contracts/commands/tell-applicant.ts';
import { query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';

/** Name and day of birth of a child whose guardian applies, sealed for the asking service; null where it is nobody. */
export const handleTellApplicant = async (
  { worker, sealing }: Pick<ServiceCore, 'worker' | 'sealing'>,
  { id, person }: { id: string; person: string },
): Promise<string | null> => {
  const [row] = await asWorker(worker, (tx) =>
    query<Applicant>(
      tx,
      'select name, birth_date::text as "birthDate" from person where person_id = $1 and merged_into is null',
      [person],
    ),
  );
  return row === undefined
    ? null
    : sealing.seal(JSON.stringify(row), tellApplicantContext(id)).toString('base64');
};
