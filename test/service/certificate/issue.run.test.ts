import { randomUUID } from 'node:crypto';
import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import { parseCertificateNumber } from '#libs/law/certificate/number.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { issueChunk } from '#services/certificate/issue/issue-chunk.ts';
import { issueNext } from '#services/certificate/issue/issue-worker.ts';
import { ordersWhere } from '#services/certificate/issue/order-rows.ts';
import { authorityDesks, type Desk, schoolDesks } from '#test/service/enrollment/case-desk.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import {
  type CertificateDesk,
  certificateDeskOf,
  codesOf,
  everyCondition,
  type Order,
  type Pupil,
} from './certificate-desk.ts';

const county = authorityDesks('140105');
const city = authorityDesks('140100', 'CITY');
const province = authorityDesks('140000', 'PROVINCE');
const beiguan = authorityDesks('410503');

type Desks = { registrar: Desk; head: Desk };

describe('certificates', () => {
  let registry: Registry;
  let desk: CertificateDesk;
  let senior: SchoolFact;
  let junior: SchoolFact;

  beforeAll(async () => {
    registry = await startRegistry({ certificates: true, start: '2026-07-06T09:00:00+08:00' });
    desk = certificateDeskOf(registry);
    senior = await desk.schoolWith('SENIOR');
    junior = await desk.schoolWith('JUNIOR');
  });
  afterAll(() => registry?.stop());

  const inCertificates = <Row>(text: string, parameters: readonly unknown[] = []) =>
    asWorker(registry.network.service('certificate').core.worker, (tx) => query<Row>(tx, text, parameters));

  const claim = ({ person }: Pupil, outcome: string, conditions: object | null = everyCondition) => ({
    ...{ student: person, outcome, conditions },
  });
  /** Students whose outcome was reviewed, and who have graduated or completed by it. */
  const ended = async (
    school: SchoolFact,
    count: number,
    {
      outcome = 'GRADUATION',
      by = county,
      household,
    }: { outcome?: string; by?: Desks; household?: null } = {},
  ): Promise<{ pupils: Pupil[]; batch: string }> => {
    const pupils = await desk.graduating(school, count, household);
    const conditions =
      outcome === 'GRADUATION' ? everyCondition : { ...everyCondition, fitnessPassed: false };
    const { batch } = await desk.upload(
      schoolDesks(school.code).registrar,
      pupils.map((pupil) => claim(pupil, outcome, conditions)),
    );
    const { id } = await desk.reviewed(by, batch);
    const { done } = await desk.graduate(school, pupils, outcome === 'GRADUATION' ? 'GRADUATE' : 'COMPLETE');
    expect(done).toBe(count);
    await registry.settled();
    return { pupils, batch: id };
  };
  const first = <T>([one]: readonly T[]): T => {
    if (one === undefined) throw new Error('There is none');
    return one;
  };

  test(
    holds('CRT-01', 'the competent authority numbers and issues the certificates of a junior school'),
    async () => {
      const { pupils, batch } = await ended(junior, 2);
      expect(await desk.issued(county, batch)).toMatchObject({ state: 'DONE', issued: 2, skipped: 0 });
      const certificates = await Promise.all(
        pupils.map(async ({ person }) => first(await desk.certificatesOf(county.registrar, person))),
      );
      expect(certificates[0]).toMatchObject({
        ...{ kind: 'GRADUATION', state: 'ISSUED', issuedOn: '2026-07-06' },
        issuer: { kind: 'COMPETENT_AUTHORITY', code: '140105' },
      });
      const numbers = certificates.map(({ number }) => parseCertificateNumber(number));
      expect(numbers.map((parts) => parts?.serial).sort()).toEqual([1, 2]);
      expect(numbers[0]).toMatchObject({ issuer: '140105', kind: 'GRADUATION', year: 2026 });
    },
  );

  test(breaks('CRT-01', 'neither the school nor the city issues them'), async () => {
    const { batch } = await ended(junior, 1);
    for (const { registrar } of [schoolDesks(junior.code), city]) {
      expect(codesOf(await desk.prepare(registrar, batch))).toEqual(['CRT-01 REJECT ISSUER_NOT_AUTHORISED']);
    }
  });

  test(
    holds('CRT-03', 'the city issues those of a senior school, the province those of a school that it runs'),
    async () => {
      const { pupils, batch } = await ended(senior, 1);
      await desk.issued(city, batch);
      const { person } = first(pupils);
      expect(first(await desk.certificatesOf(schoolDesks(senior.code).head, person)).issuer).toEqual({
        ...{ kind: 'CITY', code: '140100' },
      });
      const direct = await desk.schoolWith('SENIOR', '140105', '140000');
      const theirs = await ended(direct, 1, { by: province });
      await desk.issued(province, theirs.batch);
      const own = first(await desk.certificatesOf(province.head, first(theirs.pupils).person));
      expect(own.issuer).toEqual({ kind: 'PROVINCE', code: '140000' });
    },
  );

  test(breaks('CRT-03', 'the county that reviewed them does not issue'), async () => {
    const { batch } = await ended(senior, 1);
    expect(codesOf(await desk.prepare(county.registrar, batch))).toEqual([
      'CRT-03 REJECT ISSUER_NOT_AUTHORISED',
    ]);
  });

  test(
    holds('CRT-06', 'the school issues the certificate of completion, and of incompletion to who withdrew'),
    async () => {
      const own = schoolDesks(senior.code);
      const { pupils, batch } = await ended(senior, 1, { outcome: 'COMPLETION' });
      expect(await desk.issued(own, batch)).toMatchObject({ issued: 1 });
      const completed = first(await desk.certificatesOf(own.head, first(pupils).person));
      expect(completed).toMatchObject({ kind: 'COMPLETION', issuer: { kind: 'SCHOOL', code: senior.code } });
    },
  );

  test(
    holds('CRT-05', 'who withdrew from senior school is incomplete and gets the certificate of it'),
    async () => {
      const own = schoolDesks(senior.code);
      const pupil = first(await desk.graduating(senior, 1));
      await asWorker(registry.network.service('certificate').core.worker, (tx) =>
        execute(tx, `update study set status = 'WITHDRAWN', ended_on = '2026-06-30' where person_id = $1`, [
          pupil.person,
        ]),
      );
      const { batch } = await desk.upload(own.registrar, [claim(pupil, 'INCOMPLETION', null)]);
      await desk.reviewed(county, batch);
      await desk.issued(own, batch?.id ?? null);
      expect(first(await desk.certificatesOf(own.head, pupil.person)).kind).toBe('INCOMPLETION');
    },
  );

  test(breaks('CRT-06', 'no authority issues it in Shanxi'), async () => {
    const { batch } = await ended(senior, 1, { outcome: 'COMPLETION' });
    expect(codesOf(await desk.prepare(city.registrar, batch))).toEqual([
      'CRT-06 REJECT ISSUER_NOT_AUTHORISED',
    ]);
  });

  test(holds('CRT-08', 'elsewhere the competent authority provides the certificates'), async () => {
    const theirs = await desk.schoolWith('JUNIOR', '410503');
    const { pupils, batch } = await ended(theirs, 1, { by: beiguan });
    expect(await desk.issued(beiguan, batch)).toMatchObject({ issued: 1 });
    const { person } = first(pupils);
    expect(first(await desk.certificatesOf(beiguan.head, person)).issuer.code).toBe('410503');
    expect(await desk.certificatesOf(county.head, person)).toEqual([]);
  });

  test(breaks('CRT-08', 'and the school itself does not'), async () => {
    const theirs = await desk.schoolWith('JUNIOR', '410503');
    const { batch } = await ended(theirs, 1, { by: beiguan });
    expect(codesOf(await desk.prepare(schoolDesks(theirs.code).registrar, batch))).toEqual([
      'CRT-08 REJECT ISSUER_NOT_AUTHORISED',
    ]);
  });

  test('nothing is issued before the review, by one person alone, or to who is still in school', async () => {
    const pupils = await desk.graduating(junior, 2);
    const { batch } = await desk.upload(
      schoolDesks(junior.code).registrar,
      pupils.map((pupil) => claim(pupil, 'GRADUATION', null)),
    );
    if (batch === null) throw new Error('Nothing was uploaded');
    expect(codesOf(await desk.prepare(county.registrar, batch.id))).toEqual([
      'CRT-07 REJECT OUTCOME_NOT_REVIEWED',
    ]);
    await desk.reviewed(county, batch);
    await desk.graduate(junior, pupils.slice(0, 1));
    await registry.settled();
    const { order } = await desk.prepare(county.registrar, batch.id);
    if (order === null) throw new Error('Not prepared');
    const both = { ...county.head, sub: county.registrar.sub };
    expect(codesOf(await desk.decideIssue(both, order))).toEqual([
      'ACC-18 REJECT SAME_PERSON_HANDLES_AND_DECIDES',
    ]);
    expect((await desk.decideIssue(county.head, order)).order?.state).toBe('RUNNING');
    await registry.network.service('certificate').atRest();
    const done = await desk.orderOf(county.head, order.id);
    expect(done).toMatchObject({ issued: 1, skipped: 1 });
    expect(done.leftOut.map(({ student }) => student.id)).toEqual([pupils[1]?.person]);
    expect(done.leftOut.flatMap(codesOf)).toEqual(['CRT-07 REJECT OUTCOME_CONTRADICTED']);
  });

  test(
    breaks('CRT-12', 'a paper whose stub cannot be filled is not given, and the student is listed'),
    async () => {
      const own = schoolDesks(senior.code);
      const { batch } = await ended(senior, 1, { outcome: 'COMPLETION', household: null });
      const done = await desk.issued(own, batch);
      expect(done).toMatchObject({ issued: 0, skipped: 1 });
      expect(done.leftOut.flatMap(codesOf)).toEqual(['CRT-12 REJECT STUB_INCOMPLETE']);
      expect(done.leftOut[0]?.findings[0]?.path).toEqual(['fields', 'nativeProvince', 'nativeCounty']);
    },
  );

  test(
    holds('CRT-12', 'who has no document of identity and no household gets the paper all the same'),
    async () => {
      const own = schoolDesks(senior.code);
      const { batch, pupils } = await ended(senior, 1, { outcome: 'COMPLETION', household: null });
      await asWorker(registry.network.service('identity').core.worker, async (tx) => {
        const { person } = first(pupils);
        await execute(
          tx,
          `update person set document_type = 'NONE', overseas_category = 'FOREIGN' where person_id = $1`,
          [person],
        );
        await execute(tx, 'update identity_document set valid_to = now() where person_id = $1', [person]);
      });
      expect(await desk.issued(own, batch)).toMatchObject({ issued: 1, skipped: 0 });
    },
  );

  describe('in the background', () => {
    const pupilsReviewed = (count: number) => ended(junior, count);
    const preparedFor = async (batch: string): Promise<Order> => {
      const { order } = await desk.prepare(county.registrar, batch);
      if (order === null) throw new Error('Not prepared');
      return order;
    };
    const numbersOf = (batch: string) =>
      inCertificates<{ number: string }>(
        `select c.number from certificate c join outcome o on o.person_id = c.person_id and o.kind = c.kind
         where o.batch_id = $1 order by 1`,
        [batch],
      );

    test('an order goes on where a worker died, and nobody gets two certificates', async () => {
      const { core } = registry.network.service('certificate');
      const { batch } = await pupilsReviewed(5);
      const { order } = await desk.prepare(county.registrar, batch);
      const later = await desk.prepare(county.registrar, batch);
      if (order === null || later.order === null) throw new Error('Not prepared');
      const lease = randomUUID();
      const leased = `update issue_order set state = 'RUNNING', responsible = '样例', decided_at = prepared_at, lease = $2,
        lease_until = '2099-01-01' where order_id = $1`;
      await inCertificates(leased, [order.id, lease]);
      await inCertificates('update issue_order set upto = 1000000 where order_id = $1', [order.id]);
      const held = async () =>
        first(await asWorker(core.worker, (tx) => ordersWhere(tx, 'order_id = $1', [order.id])));
      expect(await issueChunk(core, await held(), lease, 2)).toBe('MORE');
      expect(await numbersOf(batch)).toHaveLength(2);
      const dying = { ...core, bus: { ...core.bus, request: () => Promise.reject(new Error('died')) } };
      await expect(issueChunk(dying, await held(), lease, 2)).rejects.toThrow('died');
      expect(await issueChunk(core, { ...(await held()), after: 0 }, lease, 2)).toBe('STOPPED');
      expect(await issueChunk(core, await held(), randomUUID(), 2)).toBe('STOPPED');
      expect(await numbersOf(batch)).toHaveLength(2);
      await inCertificates(`update issue_order set lease_until = '2020-01-01' where order_id = $1`, [
        order.id,
      ]);
      await registry.network.service('certificate').atRest();
      expect(await numbersOf(batch)).toHaveLength(5);
      expect(await desk.orderOf(county.head, order.id)).toMatchObject({ state: 'DONE', issued: 5 });
      await desk.decideIssue(county.head, later.order);
      await registry.network.service('certificate').atRest();
      expect(await desk.orderOf(county.head, later.order.id)).toMatchObject({ state: 'DONE', issued: 0 });
      expect(await numbersOf(batch)).toHaveLength(5);
    });

    test('a paused order stops and goes on when it is told to', async () => {
      const { batch } = await pupilsReviewed(1);
      const { order } = await desk.prepare(county.registrar, batch);
      if (order === null) throw new Error('Not prepared');
      await inCertificates('update issue_order set upto = 1000000 where order_id = $1', [order.id]);
      await asWorker(registry.network.service('certificate').core.worker, (tx) =>
        execute(
          tx,
          `update issue_order set state = 'PAUSED', responsible = '样例', decided_at = prepared_at where order_id = $1`,
          [order.id],
        ),
      );
      await registry.network.service('certificate').atRest();
      const paused = await desk.orderOf(county.head, order.id);
      expect(paused).toMatchObject({ state: 'PAUSED', issued: 0, allowedActions: ['CONTINUE'] });
      expect((await desk.turn(county.head, 'pauseIssue', paused)).findings[0]?.code).toBe('ORDER_STATE');
      await desk.turn(county.head, 'continueIssue', paused);
      await registry.network.service('certificate').atRest();
      expect(await desk.orderOf(county.head, order.id)).toMatchObject({ state: 'DONE', issued: 1 });
    });

    test(
      holds('CRT-13', 'two orders and two workers at once: every number once, every student once'),
      async () => {
        const { core } = registry.network.service('certificate');
        const batches = [await pupilsReviewed(4), await pupilsReviewed(4)];
        const orders: Order[] = [];
        for (const { batch } of [...batches, ...batches]) orders.push(await preparedFor(batch));
        await Promise.all(orders.map((order) => desk.decideIssue(county.head, order)));
        await Promise.all([issueNext(core), issueNext(core), issueNext(core)]);
        await registry.network.service('certificate').atRest();
        const done = await Promise.all(orders.map(({ id }) => desk.orderOf(county.head, id)));
        expect(done.map(({ state }) => state)).toEqual(['DONE', 'DONE', 'DONE', 'DONE']);
        expect(done.reduce((sum, { issued }) => sum + issued, 0)).toBe(8);
        const rows = await inCertificates<{ number: string; person: string }>(
          `select number, person_id as person from certificate where issuer = '140105' and kind = 'GRADUATION'`,
        );
        expect(new Set(rows.map(({ number }) => number)).size).toBe(rows.length);
        const serials = rows.map(({ number }) => parseCertificateNumber(number)?.serial ?? 0);
        expect(Math.max(...serials)).toBe(rows.length);
      },
    );

    test(breaks('CRT-13', 'a number that is taken is given to nobody again'), async () => {
      const [row] = await inCertificates<{ number: string; person: string }>(
        `select number, person_id as person from certificate limit 1`,
      );
      await expect(
        inCertificates(`insert into certificate_number values ($1, $2, $2, now())`, [
          row?.number,
          row?.person,
        ]),
      ).rejects.toThrow(/duplicate key/);
      await expect(inCertificates('delete from certificate_number')).rejects.toThrow(/permission denied/);
    });
  });
});
