import { guardianContext } from '#services/identity/person/claim-key.ts';
import { authorityDesks, type Desk, schoolDesks } from '#test/service/enrollment/case-desk.ts';
import { beiguanPrimary } from '#test/service/enrollment/counter.ts';
import { idNumber, mother, withoutDocument } from '#test/service/enrollment/pupils.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { errorsOf, type IdentityDesk, identityDeskOf, type Problem, standing } from './identity-desk.ts';

const motherOf = (sequence: number) => mother({ idDocumentNumber: idNumber('1990-01-01', sequence) });

/** Two records of one child in two provinces: nobody below the ministry stands above both (ID-18, ID-19). */
describe('a duplicate across provinces', () => {
  let registry: Registry;
  let desk: IdentityDesk;
  let stands: string;
  let second: string;
  let record: Problem;

  const beiguan = schoolDesks(beiguanPrimary);
  const bureau = authorityDesks('410503');
  const henan: Desk = { ...authorityDesks('410000').head, level: 'PROVINCE' };
  const ministry: Desk = {
    ...{ sub: 'ministry-head', level: 'MINISTRY', unit: '000000', roles: ['DECISION_MAKER'] },
  };

  const issue = async (): Promise<void> => {
    const ask = async () =>
      desk.answered(
        await registry.ask<{ issueFormalNumbers: { run: { state: string } | null } }>(
          'ministry',
          `mutation ($input: IssueFormalNumbersInput!) { issueFormalNumbers(input: $input) { run { state } } }`,
          { input: { idempotencyKey: 'spring' } },
        ),
      ).issueFormalNumbers.run?.state;
    await desk.counter.until('the issue is done', async () => (await ask()) === 'DONE');
    await registry.settled();
  };
  const seenBy = async (who: Desk): Promise<Problem[]> =>
    (await desk.problems(who)).filter(({ kind }) => kind === 'DUPLICATE');
  const statusOf = async (student: string) =>
    desk.counter.rows<{ status: string; active: boolean }>(
      'enrollment',
      'select status, active from enrollment where person_id = $1',
      [student],
    );
  const merging = { endsRegistration: true, evidence: [] as string[] };

  beforeAll(async () => {
    registry = await startRegistry();
    desk = await identityDeskOf(registry);
    const name = '样例两省';
    stands = await desk.child(1, { name, guardians: [motherOf(7)] });
    second = await desk.child(
      2,
      { ...withoutDocument(2), name, guardians: [motherOf(92)] },
      { school: beiguanPrimary, authority: 'beiguan' },
    );
    const { sealing } = registry.network.service('identity').core;
    await desk.counter.change('identity', 'update guardian set sealed_document = $2 where person_id = $1', [
      second,
      sealing.seal(idNumber('1990-01-01', 7), guardianContext(second, 1)),
    ]);
    registry.clock.moveTo('2027-03-01T09:00:00+08:00');
    await issue();
    const [found] = await seenBy(beiguan.registrar);
    if (found === undefined) throw new Error('The issue has found no duplicate');
    record = found;
  });
  afterAll(() => registry?.stop());

  test(
    breaks('PRV-12', 'is nothing to the ministry before it is referred, nor to who covers one of both'),
    async () => {
      expect(record).toMatchObject({ source: 'SYSTEM', state: 'OPEN', other: null });
      expect(await seenBy(ministry)).toEqual([]);
      const order = { ...merging, standing: stands };
      expect(errorsOf(await desk.tryResolve(ministry, record, 'MERGED', order))).toEqual([
        'OUT_OF_JURISDICTION',
      ]);
      const verifying = await desk.act(bureau.registrar, record, 'VERIFY');
      record = await desk.act(bureau.registrar, verifying, 'FAULT_FOUND');
      const evidence = [await desk.authorityPaper('410503')];
      const byBureau = await desk.tryResolve(bureau.head, record, 'MERGED', { ...order, evidence });
      expect(errorsOf(byBureau)).toEqual(['OUT_OF_JURISDICTION']);
      const byHenan = desk.only(await desk.tryResolve(henan, record, 'MERGED', { ...order, evidence }));
      expect(standing(byHenan.findings)).toEqual(['ACC-18 ROLE_MISSING']);
    },
  );

  test(
    holds(
      'ID-19',
      'is referred by the county with its papers to the ministry, which sees both and may end it',
    ),
    async () => {
      record = await desk.act(beiguan.registrar, record, 'REFER');
      expect(record.turn).toBe('410503');
      const paper = await desk.authorityPaper('410503');
      const { handleProblemRecord } = desk.answered(
        await desk.ask<{ handleProblemRecord: { problem: Problem } }>(
          bureau.registrar,
          `mutation ($input: HandleProblemRecordInput!) {
            handleProblemRecord(input: $input) { problem { id version turn state history { act papers } } } }`,
          {
            input: {
              ...{ idempotencyKey: 'raise', problem: record.id, expectedVersion: record.version },
              ...{ action: 'REFER', note: '另一条学籍在外省', evidence: [paper] },
            },
          },
        ),
      );
      expect(handleProblemRecord.problem).toMatchObject({ turn: '000000', state: 'SETTLING' });
      expect(handleProblemRecord.problem.history.at(-1)).toEqual({ act: 'REFER', papers: 1 });
      const [seen, ...others] = await seenBy(ministry);
      expect(others).toEqual([]);
      expect(seen).toMatchObject({ student: { id: second }, allowedActions: ['RESOLVE'] });
      if (seen !== undefined) record = seen;
    },
  );

  test(breaks('ID-18', 'is not ended by the ministry in any other way than as one child’s'), async () => {
    const other = await desk.tryResolve(ministry, record, 'DATA_CORRECTED', { evidence: [] });
    expect(errorsOf(other)).toEqual(['OUT_OF_JURISDICTION']);
    const silent = desk.only(
      await desk.tryResolve(ministry, record, 'MERGED', {
        ...{ standing: stands, endsRegistration: false, evidence: [] },
      }),
    );
    expect(standing(silent.findings)).toEqual(['ID-18 OTHER_REGISTRATION_RUNNING']);
    expect(await statusOf(second)).toEqual([{ status: 'IN_SCHOOL', active: true }]);
  });

  test(
    holds('ID-18', 'becomes one record by the ministry’s word: one number, one registration, nobody lost'),
    async () => {
      const resolved = await desk.resolve(ministry, record, 'MERGED', { ...merging, standing: stands });
      expect(resolved).toMatchObject({ state: 'RESOLVED', resolution: 'MERGED', allowedActions: [] });
      await registry.settled();
      expect(await statusOf(second)).toEqual([{ status: 'CANCELLED', active: false }]);
      expect(await statusOf(stands)).toEqual([{ status: 'IN_SCHOOL', active: true }]);
      const numbers = await desk.counter.rows<{ person: string; state: string }>(
        'identity',
        `select person_id as person, state from student_number where person_id = any($1::uuid[]) and state = 'ACTIVE'`,
        [[stands, second]],
      );
      expect(numbers).toEqual([{ person: stands, state: 'ACTIVE' }]);
      const [claims] = await desk.counter.rows<{ persons: string[] }>(
        'identity',
        'select array_agg(distinct person_id::text) as persons from number_claim where person_id = any($1::uuid[])',
        [[stands, second]],
      );
      expect(claims?.persons).toEqual([stands]);
    },
  );
});
