import { monthsOfYear } from '../days.ts';
import { Tally } from '../world/tally.ts';
import type { World } from '../world/world.ts';
import { paths } from './paths.ts';

const days = monthsOfYear().flatMap((month) => month.days);
const END = '2026-09-30';

const toldOn = (today: string, provinces: readonly string[], tally = new Tally()): Promise<string[]> =>
  paths({ shared: { plan: { provinces }, days }, today, tally } as unknown as World);

describe('at the end of a year of two provinces', () => {
  test('every way that nobody has seen is told', async () => {
    const told = await toldOn(END, ['14', '41']);
    expect(told).toContain('nobody has seen: transfer 14>41 HANDED_OVER');
    expect(told).toContain('no transfer has ended AUTO_CANCELLED');
    expect(told).toContain('nobody was refused: CALL_UP_WITHOUT_REPORTING');
    const tally = new Tally();
    tally.begin('2026-09');
    tally.act('transfer 14>41 AUTO_CANCELLED');
    expect(await toldOn(END, ['14', '41'], tally)).toHaveLength(told.length - 1);
  });

  test('and neither before nor in a year of one', async () => {
    expect(await toldOn('2026-08-31', ['14', '41'])).toEqual([]);
    expect(await toldOn(END, ['14'])).toEqual([]);
  });
});
