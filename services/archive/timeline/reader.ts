import { type DataOf, type Envelope, type EventKind, readEvent } from '#libs/contracts/envelope.ts';
import { type Line, lineOf, type Said } from './line.ts';

/** How an event of one kind becomes a line of somebody's life; undefined for one that is no line. */
export type Reader = { type: string; source: string; read(event: Envelope): Line | undefined };

/** A reader of events of a kind. */
export const reader = <Kind extends EventKind>(
  kind: Kind,
  say: (data: DataOf<Kind>) => Said | undefined,
): Reader => ({
  type: kind.type,
  source: kind.source,
  read: (event) => {
    const said = say(readEvent(kind, event));
    return said && lineOf(event, said);
  },
});
