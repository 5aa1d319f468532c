import { execute, query } from '#libs/platform/database/query.ts';
import { asWorker, inScope } from '#libs/platform/database/scope.ts';
import { sqlStateOf } from '#libs/platform/errors/sql-state.ts';
import { counterOf, taiyuanPrimary } from '#test/service/enrollment/counter.ts';
import { girl } from '#test/service/enrollment/pupils.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';

const everywhere = { lo: 0, hi: Number.MAX_SAFE_INTEGER, persons: [] };

/** What the database itself lets nobody do to a student number, whoever asks. */
describe('student numbers', () => {
  let registry: Registry;
  let person: string;

  beforeAll(async () => {
    registry = await startRegistry();
    const { id } = await counterOf(registry).registered(taiyuanPrimary, girl(1));
    person = id.slice(0, 36);
  });
  afterAll(() => registry?.stop());

  describe('in the database', () => {
    const core = () => registry.network.service('identity').core;
    const states: Record<string, string> = { denied: '42501', notUnique: '23505', check: '23514' };

    const asRequest = (text: string, parameters: unknown[] = []) =>
      inScope(core().app, everywhere, (tx) => execute(tx, text, parameters));
    const asWork = (text: string, parameters: unknown[] = []) =>
      asWorker(core().worker, (tx) => execute(tx, text, parameters));

    const refusal = async (work: Promise<unknown>): Promise<string | undefined> =>
      work.then(
        () => undefined,
        (error) => sqlStateOf(error),
      );

    test('a worker asked in the middle of a request works as the worker, on a connection of its own', async () => {
      const who = 'select current_user as role';
      const [inside] = await inScope(core().app, everywhere, () =>
        asWorker(core().worker, (tx) => query<{ role: string }>(tx, who)),
      );
      expect(inside?.role).toBe('xueji_identity_worker');
    });

    test(holds('ID-32', 'requests read the numbers of their scope'), async () => {
      const rows = await inScope(core().app, everywhere, (tx) =>
        query(tx, 'select 1 from student_number where person_id = $1', [person]),
      );
      expect(rows).toHaveLength(1);
    });

    test.each([
      [`update student_number set state = 'SUPERSEDED', valid_to = now()`],
      [`update student_number set place = 1`],
      [`update student_number set kind = 'G_FORMAL'`],
      ['delete from student_number'],
      ['delete from number_claim'],
    ])(breaks('ID-32', 'a request cannot: %s'), async (text) => {
      expect(await refusal(asRequest(text))).toBe(states.denied);
    });

    test.each([
      [`update student_number set kind = 'G_FORMAL'`],
      [`update student_number set sealed = ''`],
      [`update student_number set valid_from = now()`],
      [`update student_number set reason = 'X'`],
      [`update student_number set approver = 'X'`],
      [`update student_number set checks = '{}'`],
      ['delete from student_number'],
    ])(breaks('ID-32', 'a worker cannot: %s'), async (text) => {
      expect(await refusal(asWork(text))).toBe(states.denied);
    });

    const resealed = `select reseal_student_number_sealed(array[person_id::text, ordinal::text], sealed, $2) as done
      from student_number where person_id = $1 and ordinal = 1`;

    test(breaks('ID-32', 'nobody but a worker seals them anew, and other words are not taken'), async () => {
      const [row] = await asWorker(core().worker, (tx) =>
        query<{ sealed: Buffer }>(tx, 'select sealed from student_number where person_id = $1', [person]),
      );
      const sealed = row?.sealed ?? Buffer.alloc(0);
      const longer = Buffer.concat([sealed, Buffer.from([1])]);
      expect(await refusal(asRequest(resealed, [person, sealed]))).toBe(states.denied);
      expect(await refusal(asWork(resealed, [person, longer]))).toBe(states.check);
      expect(await refusal(asWork(resealed, [person, sealed]))).toBeUndefined();
    });

    const second = `insert into student_number (person_id, ordinal, place, kind, state, sealed, valid_from, valid_to, reason,
      approver, checks) select person_id, 99, place, $2, $3, sealed, valid_from, $4, 'X', 'X', $5::jsonb
      from student_number where person_id = $1 and ordinal = 1`;

    test(breaks('ID-01', 'nobody has two numbers in use'), async () => {
      const order = [person, 'J_FORMAL', 'ACTIVE', null, '{}'];
      expect(await refusal(asWork(second, order))).toBe(states.notUnique);
    });

    test(breaks('ID-01', 'one number never belongs to two persons'), async () => {
      const again = `insert into number_claim (hash, person_id) select hash, $1 from number_claim limit 1`;
      expect(await refusal(asWork(again, [person]))).toBe(states.notUnique);
    });

    test.each([
      ['no check', '{}'],
      ['the search alone', '{"duplicateCheck": "CLEAN"}'],
      ['a comparison that failed', '{"duplicateCheck": "CLEAN", "comparison": "FAIL"}'],
    ])(breaks('ID-10', 'a G number with %s on record is refused'), async (_, checks) => {
      const order = [person, 'G_FORMAL', 'SUPERSEDED', '2026-09-03', checks];
      expect(await refusal(asWork(second, order))).toBe(states.check);
    });

    test(breaks('ID-05', 'a number of a fourth kind is refused'), async () => {
      const order = [person, 'X_FORMAL', 'SUPERSEDED', '2026-09-03', '{}'];
      expect(await refusal(asWork(second, order))).toBe(states.check);
    });

    test(breaks('ID-32', 'a number that ended says when, and one in use has no end'), async () => {
      expect(await refusal(asWork(second, [person, 'J_FORMAL', 'SUPERSEDED', null, '{}']))).toBe(
        states.check,
      );
      const ending = 'update student_number set valid_to = $2 where person_id = $1';
      expect(await refusal(asWork(ending, [person, '2026-09-03']))).toBe(states.check);
    });
  });
});
