import { silentLog } from '../log/log.ts';
import { inTurn } from './in-turn.ts';

describe('several kinds of work in one loop', () => {
  it('go on beside one that throws, which is told when nothing else is left', async () => {
    let left = 2;
    const step = inTurn(silentLog, {
      failing: async () => {
        throw new Error('always');
      },
      going: async () => left > 0 && left-- > 0,
    });
    expect(await step()).toBe(true);
    expect(left).toBe(0);
    await expect(step()).rejects.toThrow('always');
  });
});
