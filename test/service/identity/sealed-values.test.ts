import pg from 'pg';
import { guardianContext } from '#services/identity/person/claim-key.ts';
import {
  type Counter,
  counterOf,
  type Registration,
  taiyuanPrimary,
} from '#test/service/enrollment/counter.ts';
import { girl, idNumber, mother, withoutDocument } from '#test/service/enrollment/pupils.ts';
import { testServers } from '#test/support/database.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';

type Read = { studentNumber: string | null; identityDocument: { number: string | null } };

/** Whoever can write the database past every policy still cannot give one person’s number to another. */
describe('a sealed value', () => {
  let registry: Registry;
  let counter: Counter;

  beforeAll(async () => {
    registry = await startRegistry();
    counter = counterOf(registry);
  });
  afterAll(() => registry?.stop());

  const read = (person: string, field: string) =>
    counter.ask<{ student: Partial<Read> | null }>(
      'registrar',
      `query ($id: ID!) { student(id: $id) { id ${field} } }`,
      { id: person },
    );

  /** Exchanges what two persons have sealed in a table, as the administrator of the whole server. */
  const exchange = async (table: string, column: string, persons: readonly string[]): Promise<void> => {
    const url = new URL(testServers().adminUrl);
    url.pathname = new URL(registry.network.service('identity').core.config.DATABASE_URL).pathname;
    const admin = new pg.Client({ connectionString: url.toString() });
    await admin.connect();
    try {
      const { rowCount } = await admin.query(
        `update identity.${table} as own set ${column} = other.${column} from identity.${table} as other
         where own.person_id = any($1::uuid[]) and other.person_id = any($1::uuid[])
           and own.person_id <> other.person_id`,
        [persons],
      );
      expect(rowCount).toBe(2);
    } finally {
      await admin.end();
    }
  };

  const two = async (make: typeof girl, first: number): Promise<string[]> => {
    const registered: Registration[] = [];
    for (const sequence of [first, first + 1])
      registered.push(await counter.registered(taiyuanPrimary, make(sequence)));
    return registered.map(({ student }) => student.id);
  };

  test.each([
    ['document', girl, 60, 'identity_document', 'identityDocument { number(full: true) }'],
    ['student number', withoutDocument, 62, 'student_number', 'studentNumber(full: true)'],
    [
      'student number in the history',
      withoutDocument,
      64,
      'student_number',
      'numberHistory { value(full: true) }',
    ],
  ] as const)(
    'of a %s is not read where it was moved to another person',
    async (_, make, first, table, field) => {
      const persons = await two(make, first);
      const before = await Promise.all(persons.map((person) => read(person, field)));
      expect(before.flatMap(({ errors }) => errors)).toEqual([]);
      await exchange(table, 'sealed', persons);
      for (const person of persons) {
        const { data, errors } = await read(person, field);
        expect(errors.map(({ extensions }) => extensions.code)).toEqual(['INTERNAL']);
        for (const answer of before) expect(JSON.stringify(data)).not.toBe(JSON.stringify(answer.data));
      }
      await exchange(table, 'sealed', persons);
      expect(await Promise.all(persons.map((person) => read(person, field)))).toEqual(before);
    },
  );

  test('of a guardian’s document opens for its child and its place among the guardians alone', async () => {
    const { sealing } = registry.network.service('identity').core;
    const father = mother({
      name: '样例父',
      relation: 'FATHER',
      idDocumentNumber: idNumber('1989-02-03', 4),
    });
    const guardians = [mother(), father];
    const persons = await two((sequence) => girl(sequence, { guardians }), 66);
    const rows = await counter.rows<{ person: string; position: number; sealed: Buffer }>(
      'identity',
      `select person_id as person, position, sealed_document as sealed from guardian
       where person_id = any($1::uuid[]) order by person_id, position`,
      [persons],
    );
    const opened = (sealed: Buffer, person: string, position: number): boolean => {
      try {
        return sealing.open(sealed, guardianContext(person, position)) !== '';
      } catch {
        return false;
      }
    };
    expect(rows).toHaveLength(4);
    for (const { sealed, ...own } of rows) {
      const openedAt = rows.filter(({ person, position }) => opened(sealed, person, position));
      expect(openedAt.map(({ person, position }) => ({ person, position }))).toEqual([own]);
    }
  });
});
