import { type Pupil, Roster } from '../world/roster.ts';
import type { World } from '../world/world.ts';
import { children } from './children.ts';

const SHANXI = '2114000001';
const HENAN = '2141000001';

const pupil = (person: string, school: string): Pupil => ({
  ...{ key: person, person, name: '', school, stage: 'PRIMARY', entryYearAdj: 2024, status: 'IN_SCHOOL' },
  ...{ isDisabled: false, isMigrant: false, days: {} },
});

/** Two children of Shanxi and one of Henan, one of whom has gone there. */
const rosterOfThree = (): Roster => {
  const roster = new Roster();
  const mover = pupil('mover', SHANXI);
  for (const each of [mover, pupil('stays', SHANXI), pupil('henan', HENAN)]) roster.found(each);
  roster.changed(mover, { school: HENAN });
  return roster;
};

const sound = {
  nowhere: 0,
  here: [
    { province: '14', school: SHANXI, children: 1 },
    { province: '41', school: HENAN, children: 2 },
  ],
  crossings: [{ way: '14>41', count: 1 }],
  handedOver: [{ person: 'mover', target: HENAN, endedOn: '2025-09-16' }],
  present: [
    { person: 'mover', school: HENAN },
    { person: 'stays', school: SHANXI },
    { person: 'henan', school: HENAN },
  ],
  reported: [] as { person: string; school: string; reportedOn: string }[],
};

const toldOf = (changes: Partial<typeof sound> = {}): Promise<string[]> => {
  const all = { ...sound, ...changes };
  const rows = async (service: string, text: string) => {
    if (text.includes('not p.active')) return [{ count: all.nowhere }];
    if (text.includes('as children')) return all.here;
    if (text.includes('from admission')) return all.reported;
    if (service === 'transfer') return text.includes('as way') ? all.crossings : all.handedOver;
    return all.present;
  };
  const shared = { registry: { rows } };
  return children({
    shared,
    roster: rosterOfThree(),
    standing: (school: string) => school,
  } as unknown as World);
};

describe('of children', () => {
  test('nothing is told where each is in one place, and what one province lost the other has got', async () => {
    expect(await toldOf()).toEqual([]);
  });

  test('who is nowhere is told', async () => {
    expect(await toldOf({ nowhere: 2 })).toEqual(['2 children who were in school are nowhere']);
  });

  test('a child that is lost on the way is told of its province and of all', async () => {
    const here = [{ province: '14', school: SHANXI, children: 1 }];
    expect(await toldOf({ here: [...here, { province: '41', school: HENAN, children: 1 }] })).toEqual([
      '3 children were met in all, and 2 are there',
      'province 41: 1 and 0 children, 1 came, 0 went, but 1 are there',
    ]);
  });

  test('children at a school of another province are told', async () => {
    const here = [
      { province: '41', school: SHANXI, children: 1 },
      { province: '41', school: HENAN, children: 2 },
    ];
    expect(await toldOf({ here })).toContain(`school ${SHANXI} has children of province 41`);
  });

  test('a move that no case has made is told', async () => {
    expect(await toldOf({ crossings: [] })).toEqual(['0 cases moved children 14>41, acknowledged were 1']);
  });

  test('who is elsewhere than the last case says is told, unless the child has gone on from there', async () => {
    const present = [{ person: 'mover', school: SHANXI }];
    expect(await toldOf({ present })).toEqual([
      '1 children are elsewhere than the last transfer that was handed over says',
    ]);
    const reported = [{ person: 'mover', school: SHANXI, reportedOn: '2026-09-01' }];
    expect(await toldOf({ present, reported })).toEqual([]);
    const before = [{ person: 'mover', school: SHANXI, reportedOn: '2025-09-01' }];
    expect(await toldOf({ present, reported: before })).toHaveLength(1);
  });
});
