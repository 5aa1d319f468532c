import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { DEMO_SCHOOLS } from '#deploy/demo/identities.ts';
import { type GraphAnswer, type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { until } from '#test/support/until.ts';

type Payload = {
  payload: { registrar: { id: string; version: number } | null; findings: { code: string }[] };
};

/** Accounts as every service behind the gateway knows them. */
describe('a filed account', () => {
  let registry: Registry;
  let registrar: { id: string; version: number };

  const change = async (mutation: string, type: string, input: Record<string, unknown>) => {
    const answer = await registry.ask<Payload>(
      'xiaodian',
      `mutation ($input: ${type}!) { payload: ${mutation}(input: $input) { registrar { id version } findings { code } } }`,
      { input: { idempotencyKey: randomUUID(), ...input } },
    );
    if (!answer.data?.payload.registrar) throw new Error(`Refused: ${JSON.stringify(answer)}`);
    registrar = answer.data.payload.registrar;
  };
  const seen = () => ({ registrar: registrar.id, expectedVersion: registrar.version });

  beforeAll(async () => {
    registry = await startRegistry();
    await change('nominateRegistrar', 'NominateRegistrarInput', {
      school: DEMO_SCHOOLS.taiyuanPrimary,
      roles: ['REGISTRAR'],
      subject: 'demo-registrar',
      name: '甄文书',
      isEstablishmentStaff: true,
    });
    await change('recordTraining', 'RecordTrainingInput', { ...seen(), trainedOn: '2026-09-01' });
    await change('fileRegistrar', 'FileRegistrarInput', seen());
    await change('activateAccount', 'ActivateAccountInput', seen());
    await registry.settled();
  }, 30_000);
  afterAll(() => registry?.stop());

  const questions = [
    '{ registrars(first: 1) { edges { cursor } } }',
    '{ enrollments(first: 1) { edges { cursor } } }',
    `{ enrollmentStatistics(scope: "${DEMO_SCHOOLS.taiyuanPrimary}", by: []) { total } }`,
    `{ student(id: "${randomUUID()}") { id } }`,
  ];
  const codesOf = ({ errors }: GraphAnswer<unknown>) => errors.map(({ extensions }) => extensions.code);
  /** Until every service answers as expected: what it remembers of an account is at most a second old. */
  const answeredWith = async (expected: unknown): Promise<void> => {
    let told: unknown;
    const isSo = async () => {
      const answers = await Promise.all(questions.map((question) => registry.ask('registrar', question)));
      told = answers.map(codesOf);
      return isDeepStrictEqual(told, expected);
    };
    await until('every service answers as expected', isSo, { within: 10_000 }).catch(() => undefined);
    expect(told).toEqual(expected);
  };
  const open = [[], [], [], ['OUT_OF_JURISDICTION']];

  test(holds('ACC-18', 'that is open is served by every service'), () => answeredWith(open));

  test(
    breaks('ACC-18', 'that is suspended is refused by every service with what to do, and served again'),
    async () => {
      await change('suspendAccount', 'AccountDecisionInput', { ...seen(), reason: '待查' });
      await registry.settled();
      await answeredWith(questions.map(() => ['ACCOUNT_SUSPENDED']));
      const { errors } = await registry.ask('registrar', questions[1] ?? '');
      expect(errors[0]?.message).toContain('上一级教育行政部门');
      expect((await registry.ask('head', '{ enrollments(first: 1) { edges { cursor } } }')).errors).toEqual(
        [],
      );
      await change('restoreAccount', 'AccountDecisionInput', { ...seen(), reason: '已查清' });
      await registry.settled();
      await answeredWith(open);
    },
  );
});
