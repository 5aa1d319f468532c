import type { Bus } from '#libs/platform/bus/bus.ts';
import { connectNats } from '#libs/platform/bus/nats-bus.ts';
import { followTime, tellTime } from '#libs/platform/clock/shared-clock.ts';
import { silentLog } from '#libs/platform/log/log.ts';
import { until } from '#test/events/support/checks.ts';
import { ownName, testServers } from '#test/support/database.ts';

/** Whatever the teller sent before has arrived at the hearer: one connection's messages keep their order. */
const heardUpToHere = async (teller: Bus, hearer: Bus): Promise<void> => {
  const subject = ownName('barrier');
  let heard = false;
  const stop = await hearer.onSignal(subject, () => {
    heard = true;
  });
  await until('the barrier arrived', async () => {
    teller.signal(subject, {});
    return heard;
  });
  await stop();
};

const start = '2026-09-01T08:00:00+08:00';

test('simulated time moves forward in every service that follows it, and never back', async () => {
  const prefix = ownName('clock');
  const bus = () => connectNats({ ...testServers().nats, name: 'clock', prefix, log: silentLog });
  const [one, two] = await Promise.all([bus(), bus()]);
  const [first, second] = await Promise.all([followTime(one, start), followTime(two, start)]);
  const days = () => [first.clock.today(), second.clock.today()];
  try {
    expect(first.clock.now()).toBe('2026-09-01T08:00:00.000+08:00');
    await until('both clocks moved', async () => {
      tellTime(one, '2026-09-02T00:00:00+08:00');
      return days().every((day) => day === '2026-09-02');
    });
    tellTime(one, '2026-08-01T00:00:00+08:00');
    await Promise.all([heardUpToHere(one, one), heardUpToHere(one, two)]);
    expect(days()).toEqual(['2026-09-02', '2026-09-02']);
    tellTime(one, '2026-09-03T00:00:00+08:00');
    await Promise.all([heardUpToHere(one, one), heardUpToHere(one, two)]);
    expect(days()).toEqual(['2026-09-03', '2026-09-03']);
  } finally {
    await Promise.all([first.stop(), second.stop()]);
    await Promise.all([one.close(), two.close()]);
  }
});
