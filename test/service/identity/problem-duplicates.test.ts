import { guardianContext } from '#services/identity/person/claim-key.ts';
import { authorityDesks, type Desk } from '#test/service/enrollment/case-desk.ts';
import { otherTaiyuanPrimary, taiyuanPrimary } from '#test/service/enrollment/counter.ts';
import { idNumber, mother, withoutDocument } from '#test/service/enrollment/pupils.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import {
  county,
  errorsOf,
  type IdentityDesk,
  identityDeskOf,
  type Problem,
  school,
  standing,
} from './identity-desk.ts';

const motherOf = (sequence: number) => mother({ idDocumentNumber: idNumber('1990-01-01', sequence) });

/** Two records of one child: found, and settled so that no child is lost and none doubled (ID-01, ID-08, ID-18). */
describe('a duplicate', () => {
  let registry: Registry;
  let desk: IdentityDesk;

  beforeAll(async () => {
    registry = await startRegistry();
    desk = await identityDeskOf(registry);
  });
  afterAll(() => registry?.stop());

  /** Somebody of the same name and birth whom the school has registered and the authority finally refused. */
  const refused = async (sequence: number, name: string): Promise<string> => {
    const waiting = await desk.counter.registered(
      taiyuanPrimary,
      withoutDocument(sequence, { name, guardians: [motherOf(sequence + 50)] }),
    );
    await desk.counter.decide('xiaodian', 'REFUSE', [waiting], { reason: '重复', ground: 'RECORD_EXISTS' });
    await registry.settled();
    return waiting.student.id;
  };
  const settling = async (student: string, other: string): Promise<Problem> => {
    const opened = await desk.report(school.registrar, student, 'DUPLICATE', { other });
    expect(opened.other?.id).toBe(other);
    const referred = await desk.act(school.registrar, opened, 'REFER');
    return desk.act(county.registrar, await desk.act(county.registrar, referred, 'VERIFY'), 'FAULT_FOUND');
  };
  const merging = async (standingRecord: string) => ({
    ...{ standing: standingRecord, evidence: [await desk.authorityPaper('140105')] },
  });
  const numbersOf = async (student: string) =>
    (
      await desk.kept<{ numberHistory: { value: string; state: string; kind: string }[] }>(
        student,
        'numberHistory { value(full: true) state kind }',
      )
    ).numberHistory;
  const byNumber = async (number: string, who: Desk = school.registrar) =>
    desk.answered(
      await desk.ask<{ studentByNumber: { id: string } }>(
        who,
        'query ($number: String!) { studentByNumber(number: $number) { id } }',
        { number },
      ),
    ).studentByNumber.id;

  test(
    holds('ID-01', 'becomes one record: every number of the one that falls finds the child who stands'),
    async () => {
      const name = '样例重';
      const stands = await desk.child(1, { name });
      const falls = await refused(2, name);
      const [former] = await numbersOf(falls);
      const [own] = await numbersOf(stands);
      const record = await settling(stands, falls);
      const resolved = await desk.resolve(county.head, record, 'MERGED', await merging(stands));
      expect(resolved).toMatchObject({ state: 'RESOLVED', resolution: 'MERGED' });
      expect(await byNumber(former?.value ?? '')).toBe(stands);
      expect(await byNumber(own?.value ?? '')).toBe(stands);
      expect(await numbersOf(stands)).toEqual([{ ...own, state: 'ACTIVE' }]);
      expect((await numbersOf(falls)).map(({ state }) => state)).toEqual(['SUPERSEDED']);
      const again = await desk.counter.register(
        taiyuanPrimary,
        withoutDocument(2, { name, guardians: [motherOf(52)] }),
      );
      expect(again.enrollment).toBeNull();
      expect(again.findings.map(({ code }) => code)).toContain('DUPLICATE_RECORD_FOUND');
      await registry.settled();
      const merged = await desk.counter.rows<{ data: object }>(
        'identity',
        `select event -> 'data' as data from event_log where type = 'RecordsMerged'`,
      );
      expect(merged.map(({ data }) => data)).toMatchObject([{ person: stands, fell: falls }]);
    },
  );

  test(breaks('ID-18', 'is not merged while the registration that falls still runs'), async () => {
    const name = '样例双籍';
    const stands = await desk.child(11, { name });
    const runs = await desk.child(12, { ...withoutDocument(12), name, guardians: [motherOf(62)] });
    const record = await settling(stands, runs);
    const answer = desk.only(await desk.tryResolve(county.head, record, 'MERGED', await merging(stands)));
    expect(standing(answer.findings)).toEqual(['ID-18 OTHER_REGISTRATION_RUNNING']);
    expect(await numbersOf(runs)).toMatchObject([{ state: 'ACTIVE' }]);
    await desk.counter.change('identity', `update schooling set status = 'CANCELLED' where person_id = $1`, [
      runs,
    ]);
    const [ended] = await numbersOf(runs);
    const resolved = await desk.resolve(county.head, record, 'MERGED', await merging(stands));
    expect(resolved.state).toBe('RESOLVED');
    expect(await numbersOf(runs)).toMatchObject([{ state: 'SUPERSEDED' }]);
    expect(await byNumber(ended?.value ?? '')).toBe(stands);
    const [one] = await desk.counter.rows<{ active: number }>(
      'identity',
      `select count(*)::int as active from student_number where person_id = any($1::uuid[]) and state = 'ACTIVE'`,
      [[stands, runs]],
    );
    expect(one?.active).toBe(1);
  });

  test(breaks('ID-18', 'of two children who have nothing in common is no duplicate'), async () => {
    const [one, two] = [await desk.child(21, { name: '样例一人' }), await refused(22, '样例另人')];
    const record = await settling(one, two);
    const answer = desk.only(await desk.tryResolve(county.head, record, 'MERGED', await merging(one)));
    expect(standing(answer.findings)).toEqual(['ID-18 NOT_THE_SAME_CHILD']);
    const third = await desk.child(23, { name: '样例三人' });
    expect(errorsOf(await desk.tryResolve(county.head, record, 'MERGED', await merging(third)))).toEqual([
      'BAD_USER_INPUT',
    ]);
  });

  test(breaks('PRV-12', 'is merged by no school, and by no authority that does not cover both'), async () => {
    const name = '样例跨区';
    const here = await desk.child(31, { name });
    const there = await desk.child(
      32,
      { ...withoutDocument(32), name, guardians: [motherOf(82)] },
      { school: otherTaiyuanPrimary, authority: 'yingze' },
    );
    const city = authorityDesks('140100', 'CITY');
    const opened = await desk.report(city.registrar, here, 'DUPLICATE', { other: there });
    const verifying = await desk.act(county.registrar, opened, 'VERIFY');
    const record = await desk.act(county.registrar, verifying, 'FAULT_FOUND');
    expect(record.other).toBeNull();
    expect(errorsOf(await desk.tryResolve(school.head, record, 'MERGED', await merging(here)))).toEqual([
      'OUT_OF_JURISDICTION',
    ]);
    expect(errorsOf(await desk.tryResolve(county.head, record, 'MERGED', await merging(here)))).toEqual([
      'OUT_OF_JURISDICTION',
    ]);
  });

  test(
    breaks('ID-08', 'keeps a child without ID number from a J number, and is told with the other record'),
    async () => {
      const name = '样例同一';
      const known = await desk.child(41, { name, guardians: [motherOf(7)] });
      const second = await desk.child(42, { ...withoutDocument(42), name, guardians: [motherOf(92)] });
      const single = await desk.child(43, { ...withoutDocument(43), name: '样例无证' });
      const { sealing } = registry.network.service('identity').core;
      await desk.counter.change('identity', 'update guardian set sealed_document = $2 where person_id = $1', [
        second,
        sealing.seal(idNumber('1990-01-01', 7), guardianContext(second, 1)),
      ]);
      registry.clock.moveTo('2027-03-01T09:00:00+08:00');
      const issue = async () =>
        desk.answered(
          await registry.ask<{ issueFormalNumbers: { run: { state: string } | null } }>(
            'ministry',
            `mutation ($input: IssueFormalNumbersInput!) { issueFormalNumbers(input: $input) { run { state } } }`,
            { input: { idempotencyKey: 'spring' } },
          ),
        ).issueFormalNumbers.run?.state;
      await issue();
      await desk.counter.until('the issue is done', async () => (await issue()) === 'DONE');
      await registry.settled();
      const kinds = async (student: string) => (await numbersOf(student)).at(-1)?.kind;
      expect([await kinds(known), await kinds(second), await kinds(single)]).toEqual([
        ...['G_FORMAL', 'L_TEMPORARY', 'J_FORMAL'],
      ]);
      const found = (await desk.problems(school.registrar, { kind: 'DUPLICATE', open: true })).filter(
        ({ student: { id } }) => id === second,
      );
      expect(found).toMatchObject([
        {
          source: 'SYSTEM',
          state: 'OPEN',
          turn: taiyuanPrimary,
          other: { id: known },
          history: [{ act: 'REPORT' }],
        },
      ]);
    },
  );

  test(
    holds('ID-11', 'whose number must go waits for the ministry’s word, and goes on or ends by it'),
    async () => {
      const province: Desk = { ...authorityDesks('140000').registrar, level: 'PROVINCE' };
      const ministry: Desk = {
        ...{ sub: 'ministry-head', level: 'MINISTRY', unit: '000000', roles: ['DECISION_MAKER'] },
      };
      const [formal] = await desk.counter.rows<{ person: string }>(
        'identity',
        `select person_id as person from student_number where kind = 'G_FORMAL' and state = 'ACTIVE' limit 1`,
      );
      const student = formal?.person ?? '';
      const opened = await desk.report(school.registrar, student, 'FALSE_INFORMATION');
      const record = await desk.act(
        school.registrar,
        await desk.act(school.registrar, opened, 'VERIFY'),
        'FAULT_FOUND',
      );
      const seen = async () => (await desk.problems(school.registrar)).find(({ id }) => id === record.id);
      const decided = async (decision: 'APPROVE' | 'REFUSE') => {
        const { identityVersion } = await desk.kept<{ identityVersion: number }>(student, 'identityVersion');
        const { requestNumberDeletion } = desk.answered(
          await desk.ask<{ requestNumberDeletion: { deletion: { id: string; version: number } | null } }>(
            province,
            `mutation ($input: RequestNumberDeletionInput!) {
              requestNumberDeletion(input: $input) { deletion { id version } findings { code } } }`,
            {
              input: {
                ...{
                  idempotencyKey: decision,
                  student,
                  expectedVersion: identityVersion,
                  reason: '材料附后',
                },
                evidence: [await desk.authorityPaper('140000')],
              },
            },
          ),
        );
        expect(await seen()).toMatchObject({ state: 'DELETION_REQUESTED', allowedActions: [] });
        const { deletion } = requestNumberDeletion;
        desk.answered(
          await desk.ask(
            ministry,
            `mutation ($input: DecideNumberDeletionInput!) {
              decideNumberDeletion(input: $input) { deletion { state } findings { code } } }`,
            {
              input: {
                ...{ idempotencyKey: decision, deletion: deletion?.id, expectedVersion: deletion?.version },
                ...{ decision, reason: '已核查' },
              },
            },
          ),
        );
      };
      await decided('REFUSE');
      expect(await seen()).toMatchObject({ state: 'SETTLING' });
      await decided('APPROVE');
      expect(await seen()).toMatchObject({ state: 'RESOLVED', resolution: 'RECORD_ENDED' });
    },
  );
});
