import type { World } from '../world/world.ts';
import { timeliness } from './timeliness.ts';

const late = { transfer: 'one', party: 'SOURCE_SCHOOL', unit: '2114000001' };
const missed = [{ unit: '2114000001', becameOverdue: 1 }];

/** A province with one late step, and what its report says. */
const toldOf = (report: {
  total?: object;
  named?: readonly object[];
  overdue?: readonly object[];
}): Promise<string[]> => {
  const rows = async (service: string, text: string) => {
    if (text.includes('event_log')) return [{ count: service === 'transfer' ? 2 : 1 }];
    return text.includes('group by') ? missed : [late];
  };
  const page = (nodes: readonly object[]) => ({
    edges: nodes.map((node) => ({ node })),
    pageInfo: { hasNextPage: false },
  });
  const timelinessReport = {
    total: { overdue: 1, becameOverdue: 1, blockedRefusals: 3, ...report.total },
    namedUnits: page(report.named ?? [...missed, { unit: '2114000002', becameOverdue: 0 }]),
    overdueSteps: page(report.overdue ?? [late]),
  };
  const shared = { registry: { rows }, plan: { provinces: ['14'] } };
  return timeliness({
    shared,
    today: '2025-10-31',
    read: async () => ({ timelinessReport }),
  } as unknown as World);
};

describe('the monthly report', () => {
  test('that names each missed step once is sound', async () => {
    expect(await toldOf({})).toEqual([]);
  });

  test.each([
    [{ total: { overdue: 0 } }, 'the report of 14 counts late steps: 0, there are 1'],
    [{ total: { becameOverdue: 2 } }, 'the report of 14 counts missed steps: 2, there are 1'],
    [{ total: { blockedRefusals: 2 } }, 'the report of 14 counts blocked refusals: 2, there are 3'],
    [{ named: [] }, 'the units that the report of 14 names for a missed step are not those that there are'],
    [
      { named: [...missed, ...missed] },
      'the units that the report of 14 names for a missed step are not those that there are',
    ],
    [{ overdue: [late, late] }, 'the late steps on the board of 14 are not those that there are'],
  ])('that says %j is told', async (report, sentence) => {
    expect(await toldOf(report)).toEqual([sentence]);
  });
});
