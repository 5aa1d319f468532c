import { type Delta, type StepRow, stepsAfter, type TimelinessEvent } from './steps.ts';

const transfer = '01990000-0000-7000-8000-000000000001';

const step = (more: Partial<StepRow> = {}): StepRow => ({
  ...{ transfer, party: 'SOURCE_SCHOOL', version: 4, turn: 1, unit: '2114000001' },
  ...{ place: 14_010_500_001, sourcePlace: 14_010_500_001, targetPlace: 14_010_600_001 },
  openedAt: '2026-09-02T01:00:00.000Z',
  ...{ reportDueOn: '2026-09-30', provisional: false, lateSince: null, settledAt: null },
  ...more,
});

const run = (events: readonly TimelinessEvent[], from: readonly StepRow[] = []) => {
  let steps: readonly StepRow[] = from;
  const deltas: Delta[] = [];
  for (const event of events) {
    const after = stepsAfter(steps, event);
    steps = after.steps;
    deltas.push(...after.deltas);
  }
  return { steps, counts: deltas.map(({ measure, day, n }) => `${measure} ${day} ${n}`) };
};

const opened = (more: Partial<StepRow> = {}): TimelinessEvent => ({ kind: 'OPENED', step: step(more) });
const overdue: TimelinessEvent = {
  ...{ kind: 'OVERDUE', transfer, party: 'SOURCE_SCHOOL', reportDueOn: '2026-09-30' },
};
const decided = (at: string): TimelinessEvent => ({ kind: 'DECIDED', transfer, party: 'SOURCE_SCHOOL', at });
const ended = (at: string): TimelinessEvent => ({ kind: 'ENDED', transfer, at });

describe('a step in the report', () => {
  test('decided on its last day counts in time in that month, and nothing is kept of it', () => {
    const { steps, counts } = run([opened(), decided('2026-09-30T15:59:59.000Z')]);
    expect(counts).toEqual(['DONE_IN_TIME 2026-09-01 1']);
    expect(steps).toEqual([]);
  });

  test('late, it counts in the month of its first late day until it is decided', () => {
    const open = run([opened(), overdue]);
    expect(open.counts).toEqual(['BECAME_OVERDUE 2026-10-01 1', 'OVERDUE 2026-09-30 1']);
    expect(open.steps).toMatchObject([{ lateSince: '2026-10-01', settledAt: null }]);
    const settled = run([decided('2026-10-12T02:00:00.000Z')], open.steps);
    expect(settled.counts).toEqual(['OVERDUE 2026-09-30 -1']);
    expect(settled.steps).toMatchObject([{ settledAt: '2026-10-12T02:00:00.000Z' }]);
  });

  test('decided late before anybody put that on record is late all the same', () => {
    const { steps, counts } = run([opened(), decided('2026-09-30T16:00:00.000Z'), overdue]);
    expect(counts).toEqual(['BECAME_OVERDUE 2026-10-01 1']);
    expect(steps).toMatchObject([{ lateSince: '2026-10-01' }]);
  });

  test('goes on late with the school into which its own was merged, and became late with the former one', () => {
    const taken = [{ party: 'SOURCE_SCHOOL', unit: '2114000002', place: 14_010_500_002 }];
    const succeeded: TimelinessEvent = { kind: 'SUCCEEDED', transfer, sourcePlace: 14_010_500_002, taken };
    const { steps, counts } = run([opened(), overdue, succeeded]);
    expect(counts.slice(1)).toEqual([
      'OVERDUE 2026-09-30 1',
      'OVERDUE 2026-09-30 -1',
      'OVERDUE 2026-09-30 1',
    ]);
    expect(steps).toMatchObject([{ unit: '2114000002', place: 14_010_500_002, sourcePlace: 14_010_500_002 }]);
    const other = run([opened({ party: 'TARGET_AUTHORITY' }), succeeded]);
    expect(other.steps).toMatchObject([{ unit: '2114000001', sourcePlace: 14_010_500_002 }]);
  });

  test('that lapses with its case before its day counts nowhere, after it as late', () => {
    expect(run([opened(), ended('2026-09-30T02:00:00.000Z')])).toEqual({ steps: [], counts: [] });
    expect(run([opened(), ended('2026-10-01T02:00:00.000Z')]).counts).toEqual([
      'BECAME_OVERDUE 2026-10-01 1',
    ]);
    expect(run([opened(), overdue, ended('2026-10-05T02:00:00.000Z')]).counts.at(-1)).toBe(
      'OVERDUE 2026-09-30 -1',
    );
  });

  test('is late by no day that may still move, and by the day it is moved to', () => {
    const provisional = opened({ provisional: true });
    expect(run([provisional, decided('2026-11-05T02:00:00.000Z')]).counts).toEqual([
      'DONE_IN_TIME 2026-11-01 1',
    ]);
    const moved: TimelinessEvent = {
      ...{
        kind: 'DUE_MOVED',
        transfer,
        party: 'SOURCE_SCHOOL',
        reportDueOn: '2026-11-04',
        provisional: false,
      },
    };
    expect(run([provisional, moved, decided('2026-11-05T02:00:00.000Z')]).counts).toEqual([
      'BECAME_OVERDUE 2026-11-01 1',
    ]);
  });

  test('of an earlier turn is over when a later one opens; one of the same turn goes on', () => {
    const authority = (party: string) =>
      opened({ party, turn: 2, version: 7, openedAt: '2026-09-10T02:00:00.000Z' });
    const { steps, counts } = run([opened(), authority('SOURCE_AUTHORITY'), authority('TARGET_AUTHORITY')]);
    expect(counts).toEqual(['DONE_IN_TIME 2026-09-01 1']);
    expect(steps.map(({ party }) => party)).toEqual(['SOURCE_AUTHORITY', 'TARGET_AUTHORITY']);
  });

  test('is put on record once', () => {
    expect(run([opened(), overdue, overdue]).counts).toHaveLength(2);
  });
});
