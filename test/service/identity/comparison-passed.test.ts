import { girl, idNumber } from '#test/service/enrollment/pupils.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { county, type IdentityDesk, identityDeskOf, type Problem, school } from './identity-desk.ts';
import { type KeyDesk, keyDeskOf } from './key-desk.ts';

/** What the population register did not know is settled by what it knows now, without anybody's decision (W-22). */
describe('a record of a comparison that failed', () => {
  let registry: Registry;
  let desk: IdentityDesk;
  let keys: KeyDesk;
  const pupils: string[] = [];
  const numbers = [1, 2, 3].map((sequence) => idNumber('2020-05-06', sequence));

  const issue = async (unit: string): Promise<void> => {
    const ask = () =>
      registry.ask<{ issueFormalNumbers: { run: { state: string } | null; findings: { code: string }[] } }>(
        'ministry',
        `mutation ($input: IssueFormalNumbersInput!) {
          issueFormalNumbers(input: $input) { run { state } findings { code } } }`,
        { input: { idempotencyKey: `spring-${unit}`, unit } },
      );
    await desk.counter.until(
      'the run is done',
      async () => desk.answered(await ask()).issueFormalNumbers.run?.state === 'DONE',
    );
    await registry.settled();
  };
  const pupil = (index: number): string => pupils[index] ?? '';
  const record = async (index: number): Promise<Problem> => {
    const listed = await desk.problems(school.registrar);
    const [found, ...others] = listed.filter(({ student }) => student.id === pupil(index));
    if (found === undefined || others.length > 0) throw new Error('One record was expected');
    return found;
  };
  const moves = (index: number) =>
    desk.counter.rows<{ state: string }>(
      'identity',
      `select event -> 'data' ->> 'state' as state from event_log
       where type = 'ProblemRecordMoved' and event -> 'data' ->> 'person' = $1 order by seq`,
      [pupil(index)],
    );

  beforeAll(async () => {
    registry = await startRegistry();
    desk = await identityDeskOf(registry);
    keys = keyDeskOf(registry);
    for (const sequence of [1, 2, 3]) pupils.push((await keys.pupil(girl(sequence))).student.id);
    for (const number of numbers) registry.register.disagreeAbout(number);
    registry.clock.moveTo('2027-03-10T09:00:00+08:00');
    await issue('140105');
  });
  afterAll(() => registry?.stop());

  test(
    breaks('ID-19', 'stands open after the spring run, and the pupil keeps the temporary number'),
    async () => {
      for (const index of [0, 1, 2]) {
        expect(await record(index)).toMatchObject({ kind: 'COMPARISON_FAILED', state: 'OPEN' });
        const { numberKind, verification } = await keys.identity(school.registrar, pupil(index));
        expect([numberKind, verification.comparison]).toEqual(['L_TEMPORARY', 'FAIL']);
      }
    },
  );

  test(holds('ID-19', 'is settled by a re-check that passes after a change of the ID number'), async () => {
    const number = idNumber('2020-05-06', 40);
    await keys.applied(pupil(1), { idDocumentType: 'RESIDENT_ID', idDocumentNumber: number });
    expect(await record(1)).toMatchObject({
      ...{ state: 'RESOLVED', resolution: 'DATA_CORRECTED', turn: null, allowedActions: [] },
      history: [
        { act: 'REPORT', state: 'OPEN', unit: 'SYSTEM' },
        { act: 'COMPARISON_PASSED', state: 'RESOLVED', unit: 'SYSTEM' },
      ],
    });
    expect((await moves(1)).map(({ state }) => state)).toEqual(['OPEN', 'RESOLVED']);
    const { verification } = await keys.identity(school.registrar, pupil(1));
    expect(verification.comparison).toBe('PASS');
  });

  test(
    holds(
      'ID-19',
      'is settled by the next issue run once the register knows the pupil, however far it stood',
    ),
    async () => {
      await desk.act(county.registrar, await record(0), 'VERIFY');
      registry.register.agreeAbout(numbers[0] ?? '');
      await issue('140000');
      expect(await record(0)).toMatchObject({
        ...{ state: 'RESOLVED', resolution: 'DATA_CORRECTED' },
        history: [{ act: 'REPORT' }, { act: 'VERIFY' }, { act: 'COMPARISON_PASSED' }],
      });
      const { numberKind } = await keys.identity(school.registrar, pupil(0));
      expect(numberKind).toBe('G_FORMAL');
      const open = await desk.problems(county.registrar, { kind: 'COMPARISON_FAILED', open: true });
      expect(open.map(({ student }) => student.id)).toEqual([pupil(2)]);
    },
  );

  test(breaks('ID-19', 'stays with the pupil whom the register still does not know, told once'), async () => {
    expect(await record(2)).toMatchObject({ state: 'OPEN', history: [{ act: 'REPORT' }] });
    expect((await moves(2)).map(({ state }) => state)).toEqual(['OPEN']);
  });
});
