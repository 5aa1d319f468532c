import type { World } from '../world/world.ts';
import { transfers } from './transfers.ts';

const ended = {
  ...{ id: 'ended', person: 'a', state: 'HANDED_OVER', isStudy: false, isStarted: true, isEnded: true },
  ...{ ends: 1, due: 0, isAwaited: false, isPurged: true },
};
const running = {
  ...{ id: 'running', person: 'b', state: 'SOURCE_SCHOOL_REVIEW', isStudy: false, isStarted: true },
  ...{ isEnded: false, ends: 0, due: 1, isAwaited: false, isPurged: true },
};
const study = {
  ...{ ...running, id: 'study', person: 'c', state: 'AWAIT_REPORTING', isStudy: true },
  ...{ due: 0, isAwaited: true, isPurged: false },
};
const places = [
  { id: 'ended', state: 'TAKEN' },
  { id: 'running', state: 'HELD' },
];
const moves = [{ id: 'ended' }];

/** What is told of these cases, places and moves, in a year that knows of the cases that run. */
const toldOf = (cases: readonly { id: string }[], held = places, moved = moves): Promise<string[]> => {
  const rows = async (_: string, text: string) => {
    if (text.includes('place_reservation')) return held;
    return text.includes('transfer_move') ? moved : cases;
  };
  const memory = new Map([['transfers', [{ id: 'running' }, { id: 'study' }]]]);
  return transfers({ shared: { registry: { rows }, memory } } as unknown as World);
};

describe('of transfers', () => {
  test('nothing is told where each has ended once or somebody is due, and a place', async () => {
    expect(await toldOf([ended, running, study])).toEqual([]);
  });

  test.each([
    ['1 children have more than one started transfer', [ended, running, { ...study, person: 'b' }]],
    ['1 transfers run and nobody has to do anything about them', [ended, { ...running, due: 0 }, study]],
    [
      '1 transfers run and nobody has to do anything about them',
      [ended, { ...running, isPurged: false }, study],
    ],
    [
      '1 transfers run and nobody has to do anything about them',
      [ended, running, { ...study, isAwaited: false }],
    ],
    [
      '1 transfers have more or fewer ends than one, or an end before it',
      [{ ...ended, ends: 2 }, running, study],
    ],
    [
      '1 transfers have more or fewer ends than one, or an end before it',
      [ended, { ...running, ends: 1 }, study],
    ],
    [
      '1 transfers say otherwise than the registers whether a registration has moved',
      [{ ...ended, state: 'REJECTED' }, running, study],
    ],
    ['1 places are held for transfers that have ended or not begun', [ended, study]],
  ])('%s', async (sentence, cases) => {
    expect(await toldOf(cases)).toEqual([sentence]);
  });

  test('those that hold no place, or that nobody knows of, are told', async () => {
    expect(await toldOf([ended, running, study], [])).toEqual([
      '1 started transfers hold no place at the receiving school',
    ]);
    expect(await toldOf([ended, running, study, { ...study, id: 'other', person: 'd' }])).toEqual([
      '1 transfers run that nobody of the year was told of',
    ]);
  });
});
