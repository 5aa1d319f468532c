import { readPosition } from '#gateway/live/position.ts';
import { from, type Seen, subscribe, type Transport } from './clients.ts';

/** `last` is the number of the event after which nothing follows, once that is known. */
export type Followed = { url(): string; bearer: string; id: string; last(): number | undefined };

const query =
  'subscription ($id: ID!, $after: String) { transferUpdated(transfer: $id, after: $after) { state step } }';

const seqOf = ({ extensions }: Seen): number =>
  readPosition(extensions?.live?.position ?? '')?.place?.seq ?? -1;

/**
 * Follows a case as a client should: comes back whenever its stream breaks off, and goes on from the position of its
 * last update, until it has seen the last event. What it got is its result.
 */
export const followToTheEnd = async (
  transport: Transport,
  { url, bearer, id, last }: Followed,
): Promise<Seen[]> => {
  const got: Seen[] = [];
  while (true) {
    const after = got.at(-1)?.extensions?.live?.position;
    const body = { query, variables: { id, after } };
    try {
      for await (const seen of subscribe(transport, {
        url: url(),
        bearer,
        body,
        ...from(transport, after),
      })) {
        if (seen.extensions?.live) got.push(seen);
        if (seqOf(seen) === last()) return got;
      }
    } catch {
      await new Promise(setImmediate);
    }
  }
};

/** Where what a client got differs from each event covered once, by updates whose positions rise; empty where it does not. */
export const faultsOf = (got: readonly Seen[], last: number): string[] => {
  const faults: string[] = [];
  let [place, covered] = [seqOf(got[0] ?? {}), 0];
  const first = place;
  for (const seen of got.slice(1)) {
    const { events, gap } = seen.extensions?.live ?? { position: '' };
    const seq = seqOf(seen);
    if (gap || events === undefined) faults.push(`a gap at ${seq}`);
    else if (events > 0 && seq <= place) faults.push(`${events} events at ${seq} after ${place}`);
    else if (seq < place) faults.push(`${seq} after ${place}`);
    covered += events ?? 0;
    place = seq;
  }
  if (place !== last) faults.push(`ends at ${place}, not at ${last}`);
  if (covered !== last - first) faults.push(`covers ${covered} events of ${last - first}`);
  return faults;
};
