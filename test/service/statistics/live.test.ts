import { schoolDesks } from '#test/service/enrollment/case-desk.ts';
import { otherTaiyuanPrimary } from '#test/service/enrollment/counter.ts';
import { county, type IdentityDesk, identityDeskOf, school } from '#test/service/identity/identity-desk.ts';
import { followLive } from '#test/service/transfer/follow-live.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks } from '#test/support/rules.ts';

type Seen = {
  data?: { statisticsUpdated: { total: number; rows: { count: number }[] } | null };
  errors?: { extensions: { code: string } }[];
};

const counts = `subscription ($scope: ID!) {
  statisticsUpdated(scope: $scope, by: [GENDER], filter: { stage: PRIMARY }) { total rows { count } } }`;

describe('counts as they change', () => {
  let registry: Registry;
  let identity: IdentityDesk;

  beforeAll(async () => {
    registry = await startRegistry();
    identity = await identityDeskOf(registry);
  });
  afterAll(() => registry?.stop());

  test('are told to the county when a school of it registers a pupil, and add up', async () => {
    const totals: number[] = [];
    for await (const { data } of followLive<Seen>(registry, county.head, counts, { scope: '140105' })) {
      const table = data?.statisticsUpdated;
      if (!table) throw new Error('no table');
      expect(table.rows.reduce((sum, { count }) => sum + count, 0)).toBe(table.total);
      if (totals.at(-1) === table.total) continue;
      totals.push(table.total);
      if (totals.length === 3) break;
      await identity.child(totals.length);
    }
    const [first = 0] = totals;
    expect(totals).toEqual([first, first + 1, first + 2]);
  });

  test(breaks('PRV-12', 'are told to no other school and to nobody below, and end at once'), async () => {
    const other = schoolDesks(otherTaiyuanPrimary);
    for (const [who, scope] of [
      [other.head, school.head.school],
      [school.head, '140105'],
    ] as const) {
      const answers: Seen[] = [];
      for await (const seen of followLive<Seen>(registry, who, counts, { scope })) answers.push(seen);
      expect(answers).toMatchObject([
        { data: { statisticsUpdated: null }, errors: [{ extensions: { code: 'OUT_OF_JURISDICTION' } }] },
      ]);
    }
  });
});
