import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { type Counter, counterOf, taiyuanPrimary } from './counter.ts';
import { type Merging, mergingOf } from './merging.ts';
import { girl } from './pupils.ts';

const standing = '2114000002';
const order = { standing, ending: [taiyuanPrimary], from: '2026-09-21' };

/** A county changes its mind about a merger before anybody could move. */
describe('a merger that was decided', () => {
  let registry: Registry;
  let counter: Counter;
  let merging: Merging;
  let pupil: string;
  let first: string;

  beforeAll(async () => {
    registry = await startRegistry();
    counter = counterOf(registry);
    merging = mergingOf(registry);
    pupil = (await counter.registered(taiyuanPrimary, girl(1))).id;
    first = await decided();
  });
  afterAll(() => registry?.stop());

  const decided = async (): Promise<string> => {
    const { merger, findings } = await merging.merge(order);
    if (merger === null) throw new Error(`Not decided: ${JSON.stringify(findings)}`);
    await registry.settled();
    return merger.id;
  };
  const problem = async (merger: string) =>
    (await merging.tryRevoke(merger)).errors.map(({ extensions }) => extensions.problems);
  const schoolOf = async (id: string): Promise<string | undefined> =>
    (
      await counter.rows<{ school: string }>(
        'enrollment',
        'select school from enrollment where person_id = $1 and active',
        [id.slice(0, 36)],
      )
    )[0]?.school;

  test.each(['taiyuan', 'beiguan', 'shanxi'])(
    breaks('ORG-11', 'is not for %s to take back, who did not decide it'),
    async (who) => {
      const { errors } = await merging.tryRevoke(first, who);
      expect(errors.map(({ extensions }) => extensions.code)).toEqual(['OUT_OF_JURISDICTION']);
      expect((await merging.school(taiyuanPrimary)).merger?.state).toBe('DECIDED');
    },
  );

  test(holds('ORG-11', 'is taken back by who decided it, and every school goes on'), async () => {
    const { revokeSchoolMerger } = merging.answered(await merging.tryRevoke(first));
    expect(revokeSchoolMerger.merger).toMatchObject({
      ...{ id: first, state: 'REVOKED', revocationReason: '重新论证', leftRegistrations: 0 },
    });
    await registry.settled();
    expect(await merging.school(taiyuanPrimary)).toMatchObject({
      ...{ state: 'ACTIVE', successor: null, merger: { state: 'REVOKED' } },
    });
    expect(await problem(first)).toMatchObject([[{ code: 'MERGER_ENDED', path: ['merger'] }]]);
  });

  test('may be decided anew, and is taken back until the last second of the second day before', async () => {
    const second = await decided();
    await registry.clock.moveTo('2026-09-19T23:59:59+08:00');
    const { revokeSchoolMerger } = merging.answered(await merging.tryRevoke(second));
    expect(revokeSchoolMerger.merger?.state).toBe('REVOKED');
    await registry.settled();
  });

  test('stands from the day before its day', async () => {
    const third = await decided();
    await registry.clock.moveTo('2026-09-20T00:00:00+08:00');
    expect(await problem(third)).toMatchObject([[{ code: 'MERGER_BEGUN', path: ['merger'] }]]);
    expect(await schoolOf(pupil)).toBe(taiyuanPrimary);
    await registry.clock.moveTo('2026-09-21T00:00:00+08:00');
    await counter.until('the pupil has moved', async () => (await schoolOf(pupil)) === standing);
    await registry.settled();
    expect(await problem(third)).toMatchObject([[{ code: expect.stringMatching(/^MERGER_/) }]]);
  });
});

describe('a merger that was taken back', () => {
  let registry: Registry;
  beforeAll(async () => {
    registry = await startRegistry();
  });
  afterAll(() => registry?.stop());

  test(breaks('ENR-69', 'moves nobody on the day on which it would have'), async () => {
    const counter = counterOf(registry);
    const merging = mergingOf(registry);
    const { id } = await counter.registered(taiyuanPrimary, girl(1));
    const { merger } = await merging.merge(order);
    merging.answered(await merging.tryRevoke(merger?.id ?? ''));
    await registry.settled();
    await registry.clock.moveTo('2026-09-22T08:00:00+08:00');
    const { enrollment } = await counter.register(taiyuanPrimary, girl(2));
    expect(enrollment?.school.id).toBe(taiyuanPrimary);
    await registry.settled();
    const [row] = await counter.rows<{ school: string }>(
      'enrollment',
      'select school from enrollment where person_id = $1',
      [id.slice(0, 36)],
    );
    expect(row?.school).toBe(taiyuanPrimary);
    expect((await merging.school(taiyuanPrimary)).state).toBe('ACTIVE');
  });
});
