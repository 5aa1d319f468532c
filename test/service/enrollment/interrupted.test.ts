import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { type Counter, counterOf, otherTaiyuanPrimary, taiyuanPrimary } from './counter.ts';
import { girl } from './pupils.ts';

/** What is left when a registration breaks off between identity's answer and its own last write. */
describe('a registration that was interrupted', () => {
  let registry: Registry;
  let counter: Counter;
  let second = 0;

  beforeAll(async () => {
    registry = await startRegistry();
    counter = counterOf(registry);
  });
  afterAll(() => registry?.stop());

  const asOwner = async (text: string): Promise<void> => {
    const { OWNER_DATABASE_URL } = registry.network.service('enrollment').core.config;
    const client = new pg.Client({ connectionString: OWNER_DATABASE_URL });
    await client.connect();
    try {
      await client.query(text);
    } finally {
      await client.end();
    }
  };

  /** Runs work while no registration can be written, as if the database had gone in that moment. */
  const whileNothingIsWritten = async <T>(work: () => Promise<T>): Promise<T> => {
    await asOwner('alter table enrollment add constraint interrupted check (false) not valid');
    try {
      return await work();
    } finally {
      await asOwner('alter table enrollment drop constraint interrupted');
    }
  };

  const later = (): void => {
    second += 11;
    registry.clock.moveTo(new Date(Date.parse('2026-09-02T09:00:00+08:00') + second * 1_000).toISOString());
  };

  const traces = async (birthDate: string) => {
    const persons = await counter.rows<{ id: string }>(
      'identity',
      'select person_id as id from person where birth_date = $1',
      [birthDate],
    );
    const numbers = await counter.rows(
      'identity',
      'select 1 from student_number n join person p using (person_id) where p.birth_date = $1',
      [birthDate],
    );
    const registrations = await counter.rows(
      'enrollment',
      'select status from enrollment where person_id = any($1::uuid[])',
      [persons.map(({ id }) => id)],
    );
    return { persons: persons.length, numbers: numbers.length, registrations: registrations.length };
  };

  test(
    holds('ID-01', 'is brought to its end by itself: one person, one number, one registration'),
    async () => {
      const birthDate = '2020-02-01';
      const { errors } = await whileNothingIsWritten(() =>
        counter.tryRegister(taiyuanPrimary, girl(1, { birthDate })),
      );
      expect(errors.map(({ extensions }) => extensions.code)).toEqual(['INTERNAL']);
      expect(await traces(birthDate)).toEqual({ persons: 1, numbers: 1, registrations: 0 });
      later();
      await counter.until(
        'the sweeper has ended it',
        async () => (await traces(birthDate)).registrations === 1,
      );
      await registry.settled();
      expect(await traces(birthDate)).toEqual({ persons: 1, numbers: 1, registrations: 1 });
    },
  );

  test('is the same registration when the school sends it again under the same key', async () => {
    const birthDate = '2020-02-02';
    const idempotencyKey = randomUUID();
    await whileNothingIsWritten(() =>
      counter.tryRegister(taiyuanPrimary, girl(2, { birthDate }), { idempotencyKey }),
    );
    const again = await counter.registered(taiyuanPrimary, girl(2, { birthDate }), { idempotencyKey });
    expect(again.status).toBe('PENDING_APPROVAL');
    expect(await traces(birthDate)).toEqual({ persons: 1, numbers: 1, registrations: 1 });
  });

  test(
    breaks('ID-17', 'keeps the child for its school: another one is told of the record meanwhile'),
    async () => {
      const birthDate = '2020-02-03';
      await whileNothingIsWritten(() => counter.tryRegister(taiyuanPrimary, girl(3, { birthDate })));
      const { enrollment, findings } = await counter.register(otherTaiyuanPrimary, girl(3, { birthDate }));
      expect(enrollment).toBeNull();
      expect(findings.map(({ code }) => code)).toEqual(['DUPLICATE_RECORD_FOUND']);
      later();
      await counter.until(
        'the sweeper has ended it',
        async () => (await traces(birthDate)).registrations === 1,
      );
      expect(await traces(birthDate)).toEqual({ persons: 1, numbers: 1, registrations: 1 });
    },
  );

  test('does not keep the others waiting when it can never be ended', async () => {
    const birthDate = '2020-02-04';
    await whileNothingIsWritten(() => counter.tryRegister(taiyuanPrimary, girl(4, { birthDate })));
    await counter.change(
      'enrollment',
      `insert into intake (intake_id, content_key, school, place, province, region, authority, sealed, facts, state,
         findings, opened_by, opened_at)
       select gen_random_uuid(), '\\x00', school, place, province, region, authority, '\\x00', facts, 'COLLECTING',
         findings, opened_by, opened_at - interval '1 hour' from intake where state = 'COLLECTING' limit 1`,
    );
    later();
    await counter.until(
      'the sweeper has ended it',
      async () => (await traces(birthDate)).registrations === 1,
    );
  });

  test('a correction that broke off is ended as well, and nothing else is done to the registration before', async () => {
    const form = girl(5, { birthDate: '2020-02-05' });
    const waiting = await counter.registered(taiyuanPrimary, form);
    const { results } = await counter.decide('xiaodian', 'RETURN', [waiting], { reason: '请更正' });
    const sent = results[0]?.enrollment ?? waiting;
    const corrected = { ...form, isBoarder: true };
    await whileNothingIsWritten(() => counter.resubmit(taiyuanPrimary, sent, '更正', { form: corrected }));
    const { errors } = await counter.resubmit(taiyuanPrimary, sent, '不更正了');
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['VERSION_CONFLICT']);
    later();
    const now = () =>
      counter.rows<{ status: string; boarder: boolean }>(
        'enrollment',
        `select status, (marks ->> 'boarder')::boolean as boarder from enrollment where person_id = $1`,
        [sent.student.id],
      );
    await counter.until(
      'the sweeper has ended it',
      async () => (await now())[0]?.status === 'PENDING_APPROVAL',
    );
    expect(await now()).toEqual([{ status: 'PENDING_APPROVAL', boarder: true }]);
  });
});
