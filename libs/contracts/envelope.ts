import { z } from 'zod';
import { Instant, Uuid } from './ids.ts';
import { UnknownEventVersion, upcast } from './upcast.ts';

/**
 * CloudEvents 1.0 envelope of every event that leaves a service.
 *
 * `subject` is the aggregate id, `aggregateversion` its gapless version within the source. `data` holds unit
 * codes and opaque ids; names, numbers and addresses never travel in an event.
 */
export const Envelope = z.object({
  specversion: z.literal('1.0'),
  id: Uuid,
  source: z.string(),
  type: z.string(),
  time: Instant,
  subject: z.string(),
  dataschema: z.string(),
  datacontenttype: z.literal('application/json'),
  aggregateversion: z.int().min(1),
  traceparent: z.string().optional(),
  data: z.record(z.string(), z.unknown()),
});
export type Envelope = z.infer<typeof Envelope>;

/** One kind of event: its name, its owner, its schema version and the shape of its data. */
export type EventKind<Type extends string = string, Data extends z.ZodObject = z.ZodObject> = {
  readonly type: Type;
  readonly source: string;
  readonly version: number;
  readonly data: Data;
  readonly summary: string;
};

export const defineEvent = <Type extends string, Data extends z.ZodObject>(
  kind: EventKind<Type, Data>,
): EventKind<Type, Data> => kind;

export const dataSchemaOf = (kind: EventKind): string => `urn:xueji:event:${kind.type}:${kind.version}`;

/** The data of one event kind, checked when it is sent and again when it is received. */
export type DataOf<Kind extends EventKind> = z.infer<Kind['data']>;

/** The version in which the data of an event was written, from its `dataschema`. */
const versionOf = (kind: EventKind, { type, dataschema }: Envelope): number => {
  const prefix = `urn:xueji:event:${kind.type}:`;
  const version = dataschema.startsWith(prefix) ? Number(dataschema.slice(prefix.length)) : Number.NaN;
  if (type !== kind.type || !Number.isInteger(version) || version < 1)
    throw new UnknownEventVersion(kind.type, version);
  return version;
};

/**
 * Reads the data of an envelope as the given kind, from whichever version it was written in. Throws a ZodError that
 * names fields, never values, or UnknownEventVersion.
 */
export const readEvent = <Kind extends EventKind>(kind: Kind, envelope: Envelope): DataOf<Kind> => {
  const version = versionOf(kind, envelope);
  return kind.data.parse(upcast(kind.type, envelope.data, version, kind.version)) as DataOf<Kind>;
};
