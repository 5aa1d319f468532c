import { type Standing, standingOf } from '#libs/contracts/commands/standing.ts';
import { SERVICES } from '#libs/contracts/vocabulary.ts';
import type { Bus } from '#libs/platform/bus/bus.ts';
import { ask } from '#libs/platform/commands/internal.ts';
import type { ServiceStanding } from '../generated/types.ts';

const silent = (name: string): ServiceStanding => ({
  ...{ name, answers: false, version: null, since: null, own: null },
  ...{ consumers: [], parked: [], rebuilds: [], clocks: [], reads: [] },
});

/** Events that a rebuild of a consumer has to read in all; null while the end of a source's log is unknown. */
const totalOf = (consumer: string, consumers: Standing['consumers']): number | null => {
  const heads = consumers.filter((each) => each.consumer === consumer).map(({ head }) => head);
  if (heads.length === 0) return null;
  return heads.reduce<number | null>((sum, head) => (sum === null || head === null ? null : sum + head), 0);
};

const viewOf = (name: string, standing: Standing): ServiceStanding => {
  const { own, consumers, rebuilds, ...told } = standing;
  return {
    ...{ name, answers: true, ...told },
    own: { waiting: own.waiting, head: own.head, unpublished: Math.max(0, own.head - own.published) },
    consumers: consumers.map(({ consumer, source, position, head, parked, trouble, waiting }) => ({
      ...{ consumer, source, parked, refused: trouble !== null, waitingSeconds: Math.floor(waiting) },
      behind: head === null ? null : Math.max(0, head - position),
    })),
    rebuilds: rebuilds.map((rebuild) => ({ ...rebuild, total: totalOf(rebuild.consumer, consumers) })),
  };
};

/** How every service stands; one that does not answer in time, or not as this one understands, is there as silent. */
export const standings = (bus: Bus): Promise<ServiceStanding[]> =>
  Promise.all(
    SERVICES.map((name) =>
      ask(bus, standingOf(name), {}).then(
        (standing) => viewOf(name, standing),
        () => silent(name),
      ),
    ),
  );
