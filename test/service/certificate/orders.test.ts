import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import { query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { authorityDesks, type Desk, schoolDesks } from '#test/service/enrollment/case-desk.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import {
  type CertificateDesk,
  certificateDeskOf,
  codesOf,
  type Order,
  type Pupil,
} from './certificate-desk.ts';

const county = authorityDesks('140105');
const reason = '测试结果有误';

describe('what an order to issue is about', () => {
  let registry: Registry;
  let desk: CertificateDesk;
  let junior: SchoolFact;
  let own: { registrar: Desk; head: Desk };

  beforeAll(async () => {
    registry = await startRegistry({ certificates: true, start: '2026-07-06T09:00:00+08:00' });
    desk = certificateDeskOf(registry);
    junior = await desk.schoolWith('JUNIOR');
    own = schoolDesks(junior.code);
  });
  afterAll(() => registry?.stop());

  const inCertificates = <Row>(text: string, parameters: readonly unknown[] = []) =>
    asWorker(registry.network.service('certificate').core.worker, (tx) => query<Row>(tx, text, parameters));
  const graduation = ({ person }: Pupil) => ({ student: person, outcome: 'GRADUATION' });
  const reviewed = async (count: number) => {
    const pupils = await desk.graduating(junior, count);
    const { batch } = await desk.upload(own.registrar, pupils.map(graduation));
    const done = await desk.reviewed(county, batch);
    await desk.graduate(junior, pupils);
    await registry.settled();
    return { pupils, batch: done };
  };
  const prepared = async (batch: string | null = null): Promise<Order> => {
    const { order, findings } = await desk.prepare(county.registrar, batch);
    if (order === null) throw new Error(JSON.stringify(findings));
    return order;
  };
  const atRest = () => registry.network.service('certificate').atRest();

  test('is fixed when it is approved: what is reviewed later waits for the next one', async () => {
    const early = await reviewed(2);
    const order = await prepared();
    const { order: approved } = await desk.decideIssue(county.head, order);
    if (approved === null) throw new Error('Not approved');
    await inCertificates(`update issue_order set state = 'PAUSED' where order_id = $1`, [order.id]);
    await atRest();
    const late = await reviewed(1);
    const paused = await desk.orderOf(county.head, order.id);
    if (paused.state === 'PAUSED') await desk.turn(county.head, 'continueIssue', paused);
    await atRest();
    expect(await desk.orderOf(county.head, order.id)).toMatchObject({ state: 'DONE', total: 2, issued: 2 });
    expect(early.batch.size).toBe(2);
    expect(await desk.issued(county)).toMatchObject({ total: 1, issued: late.pupils.length });
  });

  test('stops at a fault that does not pass, says why, and goes on by hand', async () => {
    const { batch } = await reviewed(1);
    const serial = `update certificate_serial set last = $1 where issuer = '140105' and kind = 'GRADUATION' returning last`;
    const [before] = await inCertificates<{ last: number }>(
      `select last from certificate_serial where issuer = '140105' and kind = 'GRADUATION'`,
    );
    await inCertificates(serial, [999_999]);
    const order = await prepared(batch.id);
    await desk.decideIssue(county.head, order);
    await atRest();
    const failed = await desk.orderOf(county.head, order.id);
    expect(failed).toMatchObject({
      ...{ state: 'FAILED', failure: 'CERTIFICATE_NUMBER_TAKEN', issued: 0, allowedActions: ['CONTINUE'] },
    });
    await registry.settled();
    expect(
      await inCertificates(`select seq from event_log where type = 'IssueFailed' and aggregate_id = $1`, [
        `issue-order:${order.id}`,
      ]),
    ).toHaveLength(1);
    await inCertificates(serial, [before?.last]);
    await desk.turn(county.head, 'continueIssue', failed);
    await atRest();
    expect(await desk.orderOf(county.head, order.id)).toMatchObject({
      ...{ state: 'DONE', failure: null, issued: 1 },
    });
  });

  test('leaves out what was taken back meanwhile, with its reason, and the school sorts it anew', async () => {
    const { pupils, batch } = await reviewed(2);
    const [wrong] = pupils;
    if (wrong === undefined) throw new Error('nobody');
    const takeBack = (who: Desk, students: readonly string[], version = batch.version) =>
      desk.ask<{ batch: { size: number } | null; findings: { code: string }[] }>(
        who,
        'takeBackOutcomes',
        'TakeBackOutcomesInput',
        'batch { size } findings { code }',
        { batch: batch.id, expectedVersion: version, students, reason },
      );
    const order = await prepared(batch.id);
    const done = await takeBack(county.head, [wrong.person]);
    expect(done.data?.takeBackOutcomes).toEqual({ batch: { size: 1 }, findings: [] });
    const again = await takeBack(county.head, [wrong.person], batch.version + 1);
    expect(again.data?.takeBackOutcomes?.findings.map(({ code }) => code)).toEqual(['OUTCOME_STATE']);
    expect((await takeBack(own.head, [wrong.person])).errors[0]?.extensions.code).toBeDefined();
    await desk.decideIssue(county.head, order);
    await atRest();
    expect(await desk.orderOf(county.head, order.id)).toMatchObject({ state: 'DONE', total: 1, issued: 1 });
    const { data } = await desk.desk.ask<{
      outcomeBatch: {
        outcomes: { student: { id: string }; state: string; takenBackReason: string | null }[];
      };
    }>(
      county.registrar,
      'query ($id: ID!) { outcomeBatch(id: $id) { outcomes { student { id } state takenBackReason } } }',
      { id: batch.id },
    );
    expect(data?.outcomeBatch.outcomes.find(({ student }) => student.id === wrong.person)).toMatchObject({
      ...{ state: 'RETURNED', takenBackReason: reason },
    });
    expect((await desk.upload(own.registrar, [graduation(wrong)])).proceed).toEqual([{ id: wrong.person }]);
  });

  test('is uploaded once where two upload the same students in the same moment', async () => {
    const pupils = await desk.graduating(junior, 3);
    const both = await Promise.all([1, 2].map(() => desk.upload(own.registrar, pupils.map(graduation))));
    const sizes = both.map(({ proceed }) => proceed.length).toSorted();
    expect(sizes).toEqual([0, 3]);
    expect(both.flatMap(({ held }) => held.flatMap(codesOf))).toEqual(
      pupils.map(() => 'null REJECT OUTCOME_STANDS'),
    );
  });
});
