import type { OperationsQuery } from './generated/operations.ts';

export type Service = NonNullable<OperationsQuery['operations']>['services'][number];
export type Consumer = Service['consumers'][number] & { service: string };
export type Parked = Service['parked'][number] & { service: string };
export type Rebuild = Service['rebuilds'][number] & { service: string };
export type Clock = Service['clocks'][number] & { service: string };

/** What every service tells of one thing, each line with its service. */
export const linesOf = <Line extends object>(
  services: readonly Service[],
  linesIn: (service: Service) => readonly Line[],
): (Line & { service: string })[] =>
  services.flatMap((service) => linesIn(service).map((line) => ({ ...line, service: service.name })));

/** True where somebody should look: events wait, or their source is unheard of or was replaced. */
export const isBehind = ({ behind, parked, refused }: Consumer): boolean =>
  behind !== 0 || parked > 0 || refused;

/** Consumers with those first that are the furthest behind. */
export const byLag = (consumers: readonly Consumer[]): Consumer[] =>
  consumers.toSorted(
    (one, other) => other.waitingSeconds - one.waitingSeconds || weight(other) - weight(one),
  );

const weight = ({ behind, parked }: Consumer): number => (behind ?? 0) + parked;

/** How far a rebuild is, in whole percent; undefined while it is unknown how long the logs are. */
export const percentOf = ({ read, total }: Rebuild): number | undefined =>
  total === null || total <= 0 ? undefined : Math.min(100, Math.floor((100 * read) / total));

/** Days, the present one first, on each of which some service told of readings. */
export const daysOf = (services: readonly Service[]): string[] =>
  [...new Set(services.flatMap(({ reads }) => reads.map(({ day }) => day)))].toSorted().toReversed();
