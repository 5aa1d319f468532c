import fc from 'fast-check';
import { anyStory } from '#test/service/statistics/stories.ts';
import { blocksOfPlace } from '../stock/blocks.ts';
import type { Dated } from '../stock/course.ts';
import { isCounted } from '../stock/pupil.ts';
import { type Flow, type FlowEvent, flowAfter, type Registered } from './flow.ts';
import { flowCellsOf, flowPairsOf } from './flow-cells.ts';

const flowEventOf = ({ day, event }: Dated, nth: number): FlowEvent => ({
  ...{ event: `e${nth}`, day, person: event.person, origin: null, case: null },
  kind: event.kind === 'REGISTERED' ? 'REGISTRATION' : nth % 3 === 0 ? 'SUSPENSION' : 'TRANSFER',
  change: event,
});

/** Flows of a story and, by day, where everybody was counted at the end of it. */
const lived = (story: readonly Dated[]) => {
  const people = new Map<string, Registered>();
  const places = new Map<string, { day: string; place: number | null }[]>();
  const flows: Flow[] = [];
  for (const [nth, told] of story.entries()) {
    const { person } = told.event;
    const { after, flow } = flowAfter(people.get(person), flowEventOf(told, nth));
    if (flow !== undefined) flows.push(flow);
    if (after === undefined) continue;
    people.set(person, after);
    const { registration, place } = after.pupil;
    const counted = registration !== null && isCounted(registration.status) ? place : null;
    places.set(person, [...(places.get(person) ?? []), { day: after.day, place: counted }]);
  }
  const countIn = (place: number, width: number, day: string): number =>
    [...places.values()].filter((steps) => {
      const last = steps.findLast((step) => step.day <= day);
      return last?.place != null && last.place - (last.place % width) === place;
    }).length;
  return { flows, countIn };
};

const days = ['2026-06-19', '2026-07-10', '2026-08-01', '2026-09-15', '2026-12-31'];
const sumOf = (cells: readonly { n: number }[]): number => cells.reduce((sum, { n }) => sum + n, 0);

describe('flows', () => {
  test('opening + in - out = closing in every block of the tree over every period of random lives', () => {
    fc.assert(
      fc.property(anyStory, ({ enrollment }) => {
        const { flows, countIn } = lived(enrollment);
        const cells = flowCellsOf(flows);
        const touched = new Set(
          flows.flatMap(({ source, target }) =>
            [source, target].flatMap((seat) => (seat ? [seat.place] : [])),
          ),
        );
        for (const { place, width } of [...touched].flatMap(blocksOfPlace)) {
          for (const [at, before] of days.slice(0, -1).entries()) {
            const until = days[at + 1] ?? '';
            const own = cells.filter(
              (cell) =>
                cell.place === place && cell.width === width && before < cell.day && cell.day <= until,
            );
            const entered = sumOf(own.filter(({ direction }) => direction === 'IN'));
            const left = sumOf(own.filter(({ direction }) => direction === 'OUT'));
            expect(countIn(place, width, before) + entered - left).toBe(countIn(place, width, until));
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  test('are counted alike however they are cut into batches', () => {
    fc.assert(
      fc.property(anyStory, fc.integer({ min: 1, max: 7 }), ({ enrollment }, size) => {
        const { flows } = lived(enrollment);
        const named = (cells: readonly { n: number }[]) => {
          const sums = new Map<string, number>();
          for (const { n, ...key } of cells)
            sums.set(JSON.stringify(key), (sums.get(JSON.stringify(key)) ?? 0) + n);
          return sums;
        };
        const batches: Flow[][] = [];
        for (let at = 0; at < flows.length; at += size) batches.push(flows.slice(at, at + size));
        expect(named(batches.flatMap(flowCellsOf))).toEqual(named(flowCellsOf(flows)));
        expect(named(batches.flatMap(flowPairsOf))).toEqual(named(flowPairsOf(flows)));
      }),
      { numRuns: 100 },
    );
  });

  test('between two blocks are told once for each width at which they are two', () => {
    const seat = (place: number) => ({ school: String(place), place });
    const flow: Flow = {
      ...{
        person: 'p',
        event: 'e',
        day: '2026-09-01',
        kind: 'TRANSFER',
        origin: null,
        enrollment: 'x',
        case: null,
      },
      ...{ stage: 'PRIMARY', gender: 'MALE', entryYearAdj: 2024, lastGrade: 6, frozenAt: null },
      ...{ source: seat(14_010_500_001), target: seat(14_010_600_002) },
    };
    expect(flowPairsOf([flow]).map(({ width, source, target }) => [width, source, target])).toEqual([
      [1, 14_010_500_001, 14_010_600_002],
      [100_000, 14_010_500_000, 14_010_600_000],
    ]);
    expect(flowCellsOf([flow]).map(({ width, place, direction }) => [width, place, direction])).toEqual([
      [1, 14_010_500_001, 'OUT'],
      [1, 14_010_600_002, 'IN'],
      [100_000, 14_010_500_000, 'OUT'],
      [100_000, 14_010_600_000, 'IN'],
      [10_000_000, 14_010_000_000, 'WITHIN'],
      [1_000_000_000, 14_000_000_000, 'WITHIN'],
      [100_000_000_000, 0, 'WITHIN'],
    ]);
  });
});
