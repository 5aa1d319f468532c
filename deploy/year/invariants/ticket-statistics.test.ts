import type { World } from '../world/world.ts';
import { ticketStatistics } from './ticket-statistics.ts';

const cells = [
  { unit: '140105', measure: 'FILED:COMPLAINT', day: '2025-10-01', n: 2 },
  { unit: '2114000001', measure: 'LATE:SUPERVISION', day: '2025-10-01', n: 1 },
  { unit: '140105', measure: 'OVERDUE:SUPERVISION', day: '2025-09-30', n: 1 },
  { unit: '140105', measure: 'FILED:COMPLAINT', day: '2025-09-01', n: 4 },
];
const figures = { filed: 2, answeredInTime: 0, answeredLate: 1, overdue: 1, escalated: 0 };

/** What the owner's rows come to, what the view keeps, and what the ministry is told of October. */
const schools = { ...figures, filed: 0, overdue: 0 };
const toldOf = ({
  kept = cells,
  total = figures,
  shanxi = figures,
  school = schools,
} = {}): Promise<string[]> =>
  ticketStatistics({
    shared: {
      plan: { tree: { find: (code: string) => (code.length === 10 ? undefined : { level: 'COUNTY' }) } },
      registry: { rows: async (service: string) => (service === 'statistics' ? kept : cells) },
    },
    today: '2025-10-31',
    read: async () => ({
      ticketStatistics: {
        total,
        levels: [{ level: 'SCHOOL', ...school }],
        rows: [{ unit: '140000', ...shanxi }],
      },
    }),
  } as unknown as World);

describe('the figures of tickets', () => {
  test('that are what the rows of tickets come to are sound', async () => {
    expect(await toldOf()).toEqual([]);
  });

  test.each([
    [
      { kept: cells.slice(1) },
      'the figures of tickets tell 140105 FILED:COMPLAINT 2025-10-01: 0, there are 2',
    ],
    [
      { kept: [...cells, { unit: '140106', measure: 'LATE:COMPLAINT', day: '2025-10-01', n: 1 }] },
      'the figures of tickets tell 140106 LATE:COMPLAINT 2025-10-01: 1, there are 0',
    ],
    [{ total: { ...figures, overdue: 0 } }, 'the ministry is told of the nation overdue: 0, there are 1'],
    [
      { school: { ...schools, answeredLate: 0 } },
      'the ministry is told of SCHOOL answeredLate: 0, there are 1',
    ],
    [{ shanxi: { ...figures, filed: 6 } }, 'the ministry is told of 140000 filed: 6, there are 2'],
  ])('that say %j are told with the cell that differs', async (more, sentence) => {
    expect(await toldOf(more)).toEqual([sentence]);
  });
});
