import type { RunningService } from '#libs/platform/service/start.ts';

/** Events that are still on their way to a consumer somewhere in the network. */
export const eventsUnderWay = async (services: readonly RunningService[]): Promise<number> => {
  const heads = new Map<string, number>();
  for (const service of services) heads.set(service.name, (await service.relay.head()).seq);
  return services.reduce(
    (sum, { inboxes }) =>
      sum +
      inboxes.reduce(
        (most, { source, inbox }) => Math.max(most, (heads.get(source) ?? 0) - inbox.position()),
        0,
      ),
    0,
  );
};

/** Waits until every consumer has seen every event, telling now and then how many are left. */
export const caughtUp = async (
  services: readonly RunningService[],
  onLeft: (left: number) => void,
  signal: AbortSignal,
): Promise<void> => {
  for (;;) {
    signal.throwIfAborted();
    const left = await eventsUnderWay(services);
    onLeft(left);
    if (left <= 0) return;
    for (const { relay, inboxes } of services) {
      relay.wake();
      for (const { inbox } of inboxes) inbox.wake();
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
};
