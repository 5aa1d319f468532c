import { FormalNumberIssued, GuardianLinked } from '#libs/contracts/events/identity.ts';
import type { PersonForm } from '#libs/contracts/person-form.ts';
import { formalNumber, formalNumberWithoutId } from '#libs/law/identity/student-number.ts';
import { insertRows } from '#libs/platform/database/insert.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { numberContext, numberKeyOf } from './person/claim-key.ts';
import { roundsOf } from './person/claim-rounds.ts';
import { giveBackKeys, takeKeys } from './person/claim-table.ts';
import { arriveUnder, leave, nearTo, standingUnder } from './person/likeness-table.ts';
import { insertPersons, keysOfClaim, type OpenedClaim } from './person/new-person.ts';

/** A person that another registry hands over, with its formal number still to be written. */
export type TakenOver = {
  person: string;
  school: string;
  place: number;
  province: string;
  region: string;
  authority: string;
  form: PersonForm;
  /** Distinguishes children without a resident ID number of one region and birthday, 0 to 999. */
  sequence: number;
  /** When the former registry gave the number. */
  since: string;
};

type Core = Pick<ServiceCore, 'worker' | 'sealing' | 'clock' | 'wakeRelay'>;

const numberOf = ({
  form,
  region,
  sequence,
}: TakenOver): { number: string; kind: 'G_FORMAL' | 'J_FORMAL' } =>
  form.idDocumentType === 'RESIDENT_ID' && form.idDocumentNumber !== null
    ? { number: formalNumber(form.idDocumentNumber), kind: 'G_FORMAL' }
    : { number: formalNumberWithoutId({ region, birthDate: form.birthDate }, sequence), kind: 'J_FORMAL' };

/** An entry with what is worked out of it once: the claim, and the number to be written. */
type Prepared = TakenOver & ReturnType<typeof numberOf> & { opened: OpenedClaim };

const prepare = (core: Core, entry: TakenOver): Prepared => ({
  ...entry,
  ...numberOf(entry),
  opened: {
    form: entry.form,
    person: entry.person,
    keys: keysOfClaim(entry.form, entry.person, core.sealing),
    request: {
      intake: entry.person,
      school: entry.school,
      place: entry.place,
      province: entry.province,
      region: entry.region,
      authority: entry.authority,
      sealed: '',
    },
  },
});

/**
 * Takes over persons from a former registry, up to a few hundred in one transaction: person, documents, guardians
 * and the formal number. Who is known already is left alone. Returns those who are there now under the id that they
 * came with, new or taken over before; whose documents belong to somebody else is not among them.
 */
export const takeOverPersons = async (core: Core, entries: readonly TakenOver[]): Promise<Set<string>> => {
  const at = core.clock.now();
  const prepared = entries.map((entry) => prepare(core, entry));
  const taken = await asWorker(core.worker, async (tx) => {
    const won = new Set<string>();
    for (const round of roundsOf(prepared.map(({ opened }) => opened))) {
      const claims = await unknownOf(tx, core, round, at);
      await insertPersons(tx, claims, core.sealing, at);
      for (const { person } of claims) won.add(person);
    }
    const fresh = prepared.filter((entry) => won.has(entry.person));
    await writeNumbers(tx, core, fresh, at);
    await recordEvents(
      tx,
      at,
      fresh.map((entry) =>
        recorded(FormalNumberIssued, entry.person, 1, {
          person: entry.person,
          province: entry.province,
          place: entry.place,
          kind: entry.kind,
        }),
      ),
    );
    return present(tx, entries);
  });
  core.wakeRelay();
  return taken;
};

const present = async (tx: Tx, entries: readonly TakenOver[]): Promise<Set<string>> => {
  const rows = await query<{ person_id: string }>(
    tx,
    'select person_id from person where person_id = any($1::uuid[])',
    [entries.map(({ person }) => person)],
  );
  return new Set(rows.map((row) => row.person_id));
};

/** Those whom nobody knows: their keys are taken. Who is perhaps the same child was told apart by the former registry. */
const unknownOf = async (
  tx: Tx,
  { sealing }: Core,
  claims: readonly OpenedClaim[],
  at: string,
): Promise<OpenedClaim[]> => {
  const taken = await takeKeys(
    tx,
    claims.map(({ person, keys }) => ({ person, intake: person, claims: keys.claims })),
    at,
  );
  const likenesses = await arriveUnder(tx, claims);
  const standing = await standingUnder(tx, sealing, likenesses);
  const isUnknown = (claim: OpenedClaim) =>
    taken.get(claim.person)?.length === claim.keys.claims.length &&
    nearTo(claim, likenesses, standing).same.length === 0;
  const known = claims.filter((claim) => !isUnknown(claim));
  await giveBackKeys(
    tx,
    known.flatMap(({ person }) => taken.get(person) ?? []),
  );
  for (const { person, keys } of known) await leave(tx, person, keys.likenesses);
  return claims.filter(isUnknown);
};

const writeNumbers = async (tx: Tx, core: Core, fresh: readonly Prepared[], at: string): Promise<void> => {
  const { sealing } = core;
  const rows = fresh.map((entry) => {
    const { number, kind } = entry;
    const sealed = sealing.seal(number, numberContext(entry.person));
    const comparison = kind === 'G_FORMAL' ? 'PASS' : 'NOT_RUN';
    const checks = JSON.stringify({ duplicateCheck: 'CLEAN', comparison });
    return [
      entry.person,
      1,
      entry.place,
      kind,
      'ACTIVE',
      sealed,
      entry.since,
      'TAKEN_OVER',
      'SYSTEM',
      checks,
    ];
  });
  await insertRows(
    tx,
    'student_number',
    [
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
    ],
    rows,
  );
  await insertRows(
    tx,
    'number_claim',
    [
      ['hash', 'bytea'],
      ['person_id', 'uuid'],
    ],
    fresh.map((entry) => [numberKeyOf(entry.number, sealing), entry.person]),
  );
  await keepSequences(tx, fresh);
  await execute(
    tx,
    `update person p set number_kind = k.kind, approved = true, comparison = k.comparison, compared_at = $4
     from unnest($1::uuid[], $2::text[], $3::text[]) as k (person, kind, comparison) where p.person_id = k.person`,
    [
      fresh.map((entry) => entry.person),
      fresh.map((entry) => entry.kind),
      fresh.map((entry) => (entry.kind === 'G_FORMAL' ? 'PASS' : 'NOT_COMPARED')),
      at,
    ],
  );
};

/** The next J number of a region and birthday comes after those that were taken over. */
const keepSequences = async (tx: Tx, fresh: readonly Prepared[]): Promise<void> => {
  for (const entry of fresh) {
    if (entry.kind !== 'J_FORMAL') continue;
    await execute(
      tx,
      `insert into j_sequence (region, birth_date, taken) values ($1, $2, $3)
       on conflict (region, birth_date) do update set taken = greatest(j_sequence.taken, excluded.taken)`,
      [entry.region, entry.form.birthDate, entry.sequence + 1],
    );
  }
};

/** Ties a guardian's login to a child that was taken over, once. */
export const takeOverGuardian = async (
  core: Core,
  person: string,
  subject: string,
  position: number,
): Promise<void> => {
  const at = core.clock.now();
  await asWorker(core.worker, async (tx) => {
    const [known] = await query(tx, 'select 1 from guardian_link where person_id = $1 and subject = $2', [
      person,
      subject,
    ]);
    const [row] = await query<{ place: string; province: string; version: number }>(
      tx,
      'update person set version = version + 1 where person_id = $1 and $2 returning place, province, version',
      [person, known === undefined],
    );
    if (row === undefined) return;
    await execute(
      tx,
      `insert into guardian_link (person_id, subject, place, position, basis, since, linked_by)
       values ($1, $2, $3, $4, 'COLLECTION_FORM', $5, 'SYSTEM')`,
      [person, subject, row.place, position, at],
    );
    await recordEvents(tx, at, [
      recorded(GuardianLinked, person, row.version, {
        person,
        province: row.province,
        place: Number(row.place),
        subject,
        from: at,
      }),
    ]);
  });
  core.wakeRelay();
};
