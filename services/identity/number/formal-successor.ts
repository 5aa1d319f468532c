import { enforces } from '#libs/law/enforces.ts';
import { formalNumber } from '#libs/law/identity/student-number.ts';
import type { Sealing } from '#libs/platform/crypto/sealing.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { numberContext, numberKeyOf } from '../person/claim-key.ts';
import { endNumber } from './give-number.ts';

/** Whether somebody else holds or ever held the number that a resident ID number makes (ID-01). */
export const isNumberTaken = async (
  tx: Tx,
  sealing: Sealing,
  person: string,
  residentId: string,
): Promise<boolean> => {
  const [other] = await query(tx, 'select 1 from number_claim where hash = $1 and person_id <> $2', [
    numberKeyOf(formalNumber(residentId), sealing),
    person,
  ]);
  return other !== undefined;
};

/** Why a formal number follows another, and who approved it. */
export type Succession = {
  person: string;
  place: number;
  residentId: string;
  reason: 'ID_NUMBER_CHANGED' | 'DOCUMENT_SUPPLIED';
  approver: string;
};

/** Another was given the number in the same moment: the transaction has no effect and is tried again. */
class NumberTaken extends Error {
  readonly code = 'NUMBER_TAKEN';
}

/**
 * Gives a person the formal number of a resident ID number that passed both checks (ID-09, ID-10, ID-12). The present
 * number ends and finds its person for ever (ID-32); one that the person had before is the person's still.
 */
export const succeedNumber = async (
  tx: Tx,
  sealing: Sealing,
  { person, place, residentId, reason, approver }: Succession,
  at: string,
): Promise<void> => {
  enforces('ID-32');
  const number = formalNumber(residentId);
  const own = await query(
    tx,
    `insert into number_claim (hash, person_id) values ($1, $2)
     on conflict (hash) do update set person_id = excluded.person_id where number_claim.person_id = excluded.person_id
     returning person_id`,
    [numberKeyOf(number, sealing), person],
  );
  if (own.length === 0) throw new NumberTaken('The number was given to another meanwhile');
  await endNumber(tx, person, at);
  await execute(
    tx,
    `insert into student_number (person_id, ordinal, place, kind, state, sealed, valid_from, reason, approver, checks)
     select $1, 1 + max(ordinal), $2, 'G_FORMAL', 'ACTIVE', $3, $4, $5, $6, $7::jsonb
     from student_number where person_id = $1`,
    [
      person,
      place,
      sealing.seal(number, numberContext(person)),
      at,
      reason,
      approver,
      JSON.stringify({ duplicateCheck: 'CLEAN', comparison: 'PASS' }),
    ],
  );
};
