import { randomUUID } from 'node:crypto';
import { authorityDesks, type Desk } from '#test/service/enrollment/case-desk.ts';
import { type Counter, codesOf, counterOf, type Told } from '#test/service/enrollment/counter.ts';
import { girl, idNumber } from '#test/service/enrollment/pupils.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { county, type KeyDesk, keyDeskOf, ministry, province, school } from './key-desk.ts';

type Deletion = {
  id: string;
  state: string;
  version: number;
  numberKind: string;
  number: string | null;
  student: { id: string } | null;
  papers: { mediaType: string }[];
  allowedActions: string[];
  decisionReason: string | null;
};
type Answer = { deletion: Deletion | null; findings: Told[] };

const fields = `id state version numberKind number student { id } papers { mediaType } allowedActions decisionReason`;
const told = 'findings { ruleId outcome code path basis { article } }';

/** A G number is in principle never deleted; the province brings evidence, the ministry decides (ID-11). */
describe('the deletion of a number', () => {
  let registry: Registry;
  let counter: Counter;
  let desk: KeyDesk;
  const pupils: string[] = [];

  beforeAll(async () => {
    registry = await startRegistry();
    counter = counterOf(registry);
    desk = keyDeskOf(registry);
    for (const sequence of [1, 2, 3]) pupils.push((await desk.pupil(girl(sequence))).student.id);
    registry.clock.moveTo('2027-03-02T09:00:00+08:00');
    await desk.issue();
  }, 60_000);
  afterAll(() => registry?.stop());

  const pupil = (at: number): string => pupils[at] ?? '';
  const versionOf = async (student: string): Promise<number> =>
    (await desk.identity(school.registrar, student)).identityVersion;
  const evidence = async (who: Desk = province): Promise<string[]> => [(await desk.proof(who)).upload];

  const tryRequest = async (who: Desk, student: string, more: Record<string, unknown> = {}) =>
    desk.ask<{ requestNumberDeletion: Answer }>(
      who,
      `mutation ($input: RequestNumberDeletionInput!) {
        requestNumberDeletion(input: $input) { deletion { ${fields} } ${told} } }`,
      {
        input: {
          idempotencyKey: randomUUID(),
          student,
          expectedVersion: await versionOf(student),
          reason: '重复学籍，材料附后',
          ...more,
        },
      },
    );
  const request = async (student: string, more: Record<string, unknown> = {}): Promise<Answer> =>
    desk.answered(await tryRequest(province, student, { evidence: await evidence(), ...more }))
      .requestNumberDeletion;
  const tryDecide = (
    who: Desk,
    { id, version }: Pick<Deletion, 'id' | 'version'>,
    decision: string,
    reason: string | null = null,
  ) =>
    desk.ask<{ decideNumberDeletion: Answer }>(
      who,
      `mutation ($input: DecideNumberDeletionInput!) {
        decideNumberDeletion(input: $input) { deletion { ${fields} } ${told} } }`,
      {
        input: { idempotencyKey: randomUUID(), deletion: id, expectedVersion: version, decision, reason },
      },
    );
  const decide = async (...order: Parameters<typeof tryDecide>): Promise<Answer> =>
    desk.answered(await tryDecide(...order)).decideNumberDeletion;
  const requested = async (student: string): Promise<Deletion> => {
    const { deletion, findings } = await request(student);
    if (deletion === null) throw new Error(`Refused: ${JSON.stringify(findings)}`);
    return deletion;
  };
  const codes = (answer: { errors: { extensions: { code?: string } }[] }) =>
    answer.errors.map(({ extensions }) => extensions.code);

  test(breaks('ID-11', 'is not asked for by a school, a county or a city, nor by the ministry'), async () => {
    for (const who of [
      school.registrar,
      school.head,
      county.head,
      authorityDesks('140100', 'CITY').head,
      ministry,
    ])
      expect(codes(await tryRequest(who, pupil(0)))).toEqual(['OUT_OF_JURISDICTION']);
    const henan: Desk = { ...province, sub: 'province-410000', unit: '410000' };
    expect(codes(await tryRequest(henan, pupil(0)))).toEqual(['OUT_OF_JURISDICTION']);
    expect((await tryRequest(henan, pupil(0))).errors).toEqual(
      (
        await desk.ask(
          henan,
          `mutation ($input: RequestNumberDeletionInput!) { requestNumberDeletion(input: $input) { ${told} } }`,
          {
            input: { idempotencyKey: 'nobody', student: randomUUID(), expectedVersion: 1, reason: '理由' },
          },
        )
      ).errors,
    );
  });

  test(breaks('ID-11', 'is not asked for without evidence; the preview tells the same'), async () => {
    const answer = desk.answered(await tryRequest(province, pupil(0))).requestNumberDeletion;
    expect(answer.deletion).toBeNull();
    expect(answer.findings.map(({ ruleId, code }) => [ruleId, code])).toEqual([
      ['ID-11', 'G_NUMBER_DELETE_FORBIDDEN'],
    ]);
    const preview = await desk.ask<{ previewNumberDeletion: { findings: Told[] } }>(
      province,
      `query ($input: RequestNumberDeletionInput!) { previewNumberDeletion(input: $input) { findings { code } } }`,
      {
        input: {
          idempotencyKey: randomUUID(),
          student: pupil(0),
          expectedVersion: await versionOf(pupil(0)),
          reason: '理由',
        },
      },
    );
    expect(codesOf(desk.answered(preview).previewNumberDeletion.findings)).toEqual([
      'G_NUMBER_DELETE_FORBIDDEN',
    ]);
  });

  test(
    holds(
      'ID-11',
      'is decided by the ministry: the number ends, pupil and history stay, and it is found still',
    ),
    async () => {
      const before = await desk.identity(school.registrar, pupil(0));
      const asked = await requested(pupil(0));
      expect(asked).toMatchObject({
        state: 'REQUESTED',
        numberKind: 'G_FORMAL',
        number: `${before.studentNumber?.slice(0, 3)}**************${before.studentNumber?.slice(-2)}`,
        papers: [{ mediaType: 'application/pdf' }],
        allowedActions: [],
      });
      expect(await desk.identity(school.registrar, pupil(0))).toEqual(before);
      const waiting = await desk.ask<{ numberDeletions: { edges: { node: Deletion }[] } }>(
        ministry,
        `{ numberDeletions(state: REQUESTED) { edges { node { ${fields} } } } }`,
      );
      const [listed] = desk.answered(waiting).numberDeletions.edges;
      expect(listed?.node).toMatchObject({
        id: asked.id,
        student: null,
        papers: [{ mediaType: 'application/pdf' }],
        allowedActions: ['APPROVE', 'REFUSE'],
      });
      const { deletion } = await decide(ministry, asked, 'APPROVE');
      expect(deletion).toMatchObject({ state: 'DELETED', allowedActions: [] });
      const now = await desk.identity(school.registrar, pupil(0));
      expect(now).toMatchObject({ name: before.name, numberKind: null, studentNumber: null });
      expect(now.numberHistory.map(({ kind, state }) => [kind, state])).toEqual([
        ['L_TEMPORARY', 'SUPERSEDED'],
        ['G_FORMAL', 'DELETED'],
      ]);
      const found = await desk.ask<{ studentByNumber: { id: string } }>(
        school.registrar,
        'query ($number: String!) { studentByNumber(number: $number) { id } }',
        { number: before.studentNumber },
      );
      expect(found.data?.studentByNumber.id).toBe(pupil(0));
      await registry.settled();
      const [counted] = await counter.rows<{ number_kind: string | null }>(
        'statistics',
        'select number_kind from pupil where person_id = $1',
        [pupil(0)],
      );
      expect(counted).toEqual({ number_kind: null });
      expect(codesOf((await request(pupil(0))).findings)).toEqual(['NUMBER_NOT_IN_USE']);
    },
  );

  test(
    breaks('ID-11', 'is decided by no province, county or school, and not seen by another province'),
    async () => {
      const asked = await requested(pupil(1));
      for (const who of [school.head, county.head, { ...province, roles: ['DECISION_MAKER'] }])
        expect(codes(await tryDecide(who, asked, 'APPROVE'))).toEqual(['OUT_OF_JURISDICTION']);
      const seen = (who: Desk, id: string) =>
        desk.ask(who, `query ($id: ID!) { numberDeletion(id: $id) { state } }`, { id });
      const henan: Desk = { ...province, sub: 'province-410000', unit: '410000' };
      const there = await seen(henan, asked.id);
      expect(codes(there)).toEqual(['OUT_OF_JURISDICTION']);
      expect(await seen(henan, `${pupil(1)}.${randomUUID()}`)).toEqual(there);
      expect(codes(await seen(county.head, asked.id))).toEqual(['OUT_OF_JURISDICTION']);
      expect(codesOf((await request(pupil(1))).findings)).toEqual(['NUMBER_DELETION_RUNNING']);
      expect(codesOf((await decide(ministry, asked, 'REFUSE')).findings)).toEqual([
        'DECISION_REASON_MISSING',
      ]);
      const before = await desk.identity(school.registrar, pupil(1));
      const { deletion } = await decide(ministry, asked, 'REFUSE', '可按关键信息修改办理');
      expect(deletion).toMatchObject({ state: 'REFUSED', decisionReason: '可按关键信息修改办理' });
      expect(await desk.identity(school.registrar, pupil(1))).toEqual(before);
      expect(codesOf((await decide(ministry, deletion ?? asked, 'APPROVE')).findings)).toEqual([
        'CASE_ENDED',
      ]);
    },
  );

  test('by one of two who decide at the same moment: the other sees the version of now', async () => {
    const asked = await requested(pupil(1));
    const answers = await Promise.all([
      tryDecide(ministry, asked, 'REFUSE', '理由'),
      tryDecide({ ...ministry, sub: 'second' }, asked, 'REFUSE', '理由'),
    ]);
    const lost = answers.flatMap(({ errors }) => errors.map(({ extensions }) => extensions));
    expect(lost).toMatchObject([{ code: 'VERSION_CONFLICT', currentVersion: asked.version + 1 }]);
  });

  test('concerns the number that it was asked for: one that was replaced meanwhile is not deleted', async () => {
    const asked = await requested(pupil(2));
    const number = idNumber('2020-05-06', 90);
    await desk.applied(pupil(2), { idDocumentType: 'RESIDENT_ID', idDocumentNumber: number });
    expect(codesOf((await decide(ministry, asked, 'APPROVE')).findings)).toEqual(['NUMBER_NOT_IN_USE']);
    expect((await desk.identity(school.registrar, pupil(2))).studentNumber).toBe(`G${number}`);
  });

  test(
    breaks('ID-32', 'writes nothing by a request’s own role: no decision, no end of a number'),
    async () => {
      const may = await counter.rows<{ may: boolean }>(
        'identity',
        `select has_table_privilege('xueji_identity_app', 'number_deletion', 'update')
         or has_any_column_privilege('xueji_identity_app', 'number_deletion', 'update')
         or has_table_privilege('xueji_identity_app', 'key_history', 'insert') as may`,
      );
      expect(may).toEqual([{ may: false }]);
    },
  );
});
