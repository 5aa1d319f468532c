import { randomUUID } from 'node:crypto';
import { recount } from '#services/statistics/recount.ts';
import { authorityDesks, type Desk } from '#test/service/enrollment/case-desk.ts';
import { codesOf, type Told } from '#test/service/enrollment/counter.ts';
import { girl } from '#test/service/enrollment/pupils.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { county, type KeyDesk, keyDeskOf, ministry, province, school } from './key-desk.ts';

/** A pupil goes on as a pupil after the number was deleted, and has one number like everybody (ID-01, ID-11). */
describe('a pupil whose number was deleted', () => {
  let registry: Registry;
  let desk: KeyDesk;
  const pupils: string[] = [];

  beforeAll(async () => {
    registry = await startRegistry();
    desk = keyDeskOf(registry);
    for (const sequence of [1, 2]) pupils.push((await desk.pupil(girl(sequence))).student.id);
    registry.clock.moveTo('2027-03-02T09:00:00+08:00');
    await desk.issue();
  });
  afterAll(() => registry?.stop());

  const pupil = (at: number): string => pupils[at] ?? '';
  const identity = (student: string) => desk.identity(school.registrar, student);
  const findNumber = async (number: string): Promise<string> =>
    desk.answered(
      await desk.ask<{ studentByNumber: { id: string } }>(
        school.registrar,
        'query ($number: String!) { studentByNumber(number: $number) { id } }',
        { number },
      ),
    ).studentByNumber.id;
  const tryGive = async (who: Desk, student: string, more: object = {}) =>
    desk.ask<{ giveNumberAnew: { student: { id: string } | null; findings: Told[] } }>(
      who,
      `mutation ($input: GiveNumberAnewInput!) {
        giveNumberAnew(input: $input) { student { id } findings { ruleId outcome code } } }`,
      {
        input: {
          ...{ idempotencyKey: randomUUID(), student },
          expectedVersion: (await identity(student)).identityVersion,
          ...more,
        },
      },
    );
  const give = async (student: string) => desk.answered(await tryGive(county.head, student)).giveNumberAnew;
  const deleted = async (student: string): Promise<void> => {
    const { requestNumberDeletion } = desk.answered(
      await desk.ask<{ requestNumberDeletion: { deletion: { id: string; version: number } } }>(
        province,
        `mutation ($input: RequestNumberDeletionInput!) {
          requestNumberDeletion(input: $input) { deletion { id version } findings { code } } }`,
        {
          input: {
            ...{ idempotencyKey: randomUUID(), student, reason: '材料附后' },
            expectedVersion: (await identity(student)).identityVersion,
            evidence: [(await desk.proof(province)).upload],
          },
        },
      ),
    );
    const { id, version } = requestNumberDeletion.deletion;
    desk.answered(
      await desk.ask(
        ministry,
        `mutation ($input: DecideNumberDeletionInput!) {
          decideNumberDeletion(input: $input) { deletion { state } findings { code } } }`,
        {
          input: {
            idempotencyKey: randomUUID(),
            deletion: id,
            expectedVersion: version,
            decision: 'APPROVE',
          },
        },
      ),
    );
    await registry.settled();
  };

  test(breaks('ID-01', 'is given none while a number is in use'), async () => {
    const { student, findings } = await give(pupil(1));
    expect(student).toBeNull();
    expect(codesOf(findings)).toEqual(['NUMBER_IN_USE']);
    expect((await identity(pupil(1))).numberKind).toBe('G_FORMAL');
  });

  test(
    holds(
      'ID-01',
      'has a temporary one again by the county’s decision; the deleted one finds the child for ever',
    ),
    async () => {
      const before = await identity(pupil(0));
      await deleted(pupil(0));
      expect((await identity(pupil(0))).numberKind).toBeNull();
      expect(await give(pupil(0))).toMatchObject({ student: { id: pupil(0) }, findings: [] });
      await registry.settled();
      const after = await identity(pupil(0));
      expect(after.numberKind).toBe('L_TEMPORARY');
      expect(after.studentNumber).toMatch(/^L140105/);
      expect(after.numberHistory.map(({ kind, state, reason }) => [kind, state, reason])).toEqual([
        ['L_TEMPORARY', 'SUPERSEDED', 'REGISTRATION'],
        ['G_FORMAL', 'DELETED', 'YEARLY_ISSUE'],
        ['L_TEMPORARY', 'ACTIVE', 'AFTER_DELETION'],
      ]);
      for (const { value } of after.numberHistory) expect(await findNumber(value)).toBe(pupil(0));
      expect(after.numberHistory[1]?.value).toBe(before.studentNumber);
      const [told] = await desk.counter.rows<{ data: object }>(
        'identity',
        `select event -> 'data' as data from event_log where type = 'NumberGivenAnew'`,
      );
      expect(told?.data).toMatchObject({ person: pupil(0), kind: 'L_TEMPORARY' });
      const [row] = await desk.counter.rows<{ kind: string }>(
        'statistics',
        'select number_kind as kind from pupil where person_id = $1',
        [pupil(0)],
      );
      expect(row?.kind).toBe('L_TEMPORARY');
      expect(await recount(registry.network.service('statistics').core.worker)).toEqual([]);
      expect(codesOf((await give(pupil(0))).findings)).toEqual(['NUMBER_IN_USE']);
    },
  );

  test(
    holds('ID-07', 'is issued a formal one with everybody, though it is the deleted one again'),
    async () => {
      const ask = async () =>
        desk.answered(
          await registry.ask<{ issueFormalNumbers: { run: { state: string } | null } }>(
            'ministry',
            `mutation ($input: IssueFormalNumbersInput!) { issueFormalNumbers(input: $input) { run { state } } }`,
            { input: { idempotencyKey: 'again', unit: '140105' } },
          ),
        ).issueFormalNumbers.run?.state;
      await desk.counter.until('the run is done', async () => (await ask()) === 'DONE');
      await registry.settled();
      const { numberKind, numberHistory } = await identity(pupil(0));
      expect(numberKind).toBe('G_FORMAL');
      expect(numberHistory.map(({ state }) => state)).toEqual([
        ...['SUPERSEDED', 'DELETED', 'SUPERSEDED', 'ACTIVE'],
      ]);
      expect(await findNumber(numberHistory[3]?.value ?? '')).toBe(pupil(0));
    },
  );

  test(breaks('PRV-12', 'is given none by the school, another county or the ministry'), async () => {
    await deleted(pupil(1));
    for (const who of [school.head, county.registrar, authorityDesks('140106').head, ministry])
      expect((await tryGive(who, pupil(1))).errors.map(({ extensions }) => extensions.code)).toEqual([
        'OUT_OF_JURISDICTION',
      ]);
    const late = await tryGive(county.head, pupil(1), { expectedVersion: 1 });
    expect(late.errors.map(({ extensions }) => extensions.code)).toEqual(['VERSION_CONFLICT']);
    expect((await identity(pupil(1))).numberKind).toBeNull();
  });
});
