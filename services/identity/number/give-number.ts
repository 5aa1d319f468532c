import { randomInt } from 'node:crypto';
import { enforces } from '#libs/law/enforces.ts';
import { temporaryNumber } from '#libs/law/identity/student-number.ts';
import type { Sealing } from '#libs/platform/crypto/sealing.ts';
import { type Columns, insertRows } from '#libs/platform/database/insert.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute } from '#libs/platform/database/query.ts';
import { numberContext, numberKeyOf } from '../person/claim-key.ts';

/** Who gets a temporary number, and what it is built on. */
export type NumberNeed = {
  person: string;
  place: number;
  region: string;
  birthDate: string;
  ordinal: number;
};

const numberColumns: Columns = [
  ['person_id', 'uuid'],
  ['ordinal', 'int'],
  ['place', 'bigint'],
  ['kind', 'text'],
  ['state', 'text'],
  ['sealed', 'bytea'],
  ['valid_from', 'timestamptz'],
  ['reason', 'text'],
  ['approver', 'text'],
  ['checks', 'jsonb'],
];
const claimColumns: Columns = [
  ['hash', 'bytea'],
  ['person_id', 'uuid'],
];

const fraction = (): number => randomInt(2 ** 40) / 2 ** 40;
const mostDraws = 50;

/** A number that is about to be written: the value never leaves this module unsealed. */
type Drawn = { need: NumberNeed; number: string };

/** Draws numbers until each is nobody's: the claim table's key decides, in this transaction. */
const claimNumbers = async (tx: Tx, needs: readonly NumberNeed[], sealing: Sealing): Promise<Drawn[]> => {
  const drawn: Drawn[] = [];
  let open = [...needs];
  for (let draw = 0; open.length > 0; draw++) {
    if (draw === mostDraws) throw new Error('No free temporary number was found for a region and birthday');
    const tried = open.map((need) => ({ need, number: temporaryNumber(need, fraction) }));
    const taken = await insertRows<{ person_id: string }>(
      tx,
      'number_claim',
      claimColumns,
      tried.map(({ need, number }) => [numberKeyOf(number, sealing), need.person]),
      'on conflict do nothing returning person_id',
    );
    const lucky = new Set(taken.map((row) => row.person_id));
    drawn.push(...tried.filter(({ need }) => lucky.has(need.person)));
    open = open.filter((need) => !lucky.has(need.person));
  }
  return drawn;
};

/** Ends the number that a person has now; it stays in the history (ID-32). */
export const endNumber = (tx: Tx, person: string, at: string): Promise<number> =>
  execute(
    tx,
    `update student_number set state = 'SUPERSEDED', valid_to = $2 where person_id = $1 and state = 'ACTIVE'`,
    [person, at],
  );

const atRegistration = { reason: 'REGISTRATION', approver: 'SYSTEM' } as const;

/** Gives each person a temporary number, generated here and nowhere else (ID-02, ID-04, ID-05). */
export const giveTemporaryNumbers = async (
  tx: Tx,
  needs: readonly NumberNeed[],
  sealing: Sealing,
  at: string,
  { reason, approver }: { reason: 'REGISTRATION' | 'AFTER_DELETION'; approver: string } = atRegistration,
): Promise<void> => {
  enforces('ID-02', 'ID-04', 'ID-05');
  const drawn = await claimNumbers(tx, needs, sealing);
  await insertRows(
    tx,
    'student_number',
    numberColumns,
    drawn.map(({ need, number }) => [
      need.person,
      need.ordinal,
      need.place,
      'L_TEMPORARY',
      'ACTIVE',
      sealing.seal(number, numberContext(need.person)),
      at,
      reason,
      approver,
      JSON.stringify({ duplicateCheck: 'CLEAN' }),
    ]),
  );
};
