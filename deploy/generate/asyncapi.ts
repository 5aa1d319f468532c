import { z } from 'zod';
import { dataSchemaOf, Envelope, type EventKind } from '#libs/contracts/envelope.ts';

type Json = Record<string, unknown>;

const schemaOf = (shape: z.ZodType): Json => {
  const { $schema: _, ...schema } = z.toJSONSchema(shape, { io: 'input' });
  return schema;
};

const messageName = (kind: EventKind): string =>
  kind.version === 1 ? kind.type : `${kind.type}V${kind.version}`;
const reference = (...path: string[]): Json => ({ $ref: `#/${path.join('/')}` });

const messageOf = (kind: EventKind): Json => ({
  name: kind.type,
  title: kind.type,
  summary: kind.summary,
  contentType: 'application/json',
  payload: {
    allOf: [
      reference('components', 'schemas', 'Envelope'),
      {
        type: 'object',
        properties: {
          source: { const: kind.source },
          type: { const: kind.type },
          dataschema: { const: dataSchemaOf(kind) },
          data: schemaOf(kind.data),
        },
      },
    ],
  },
});

/** Each event type has a channel of its own; later versions of a type share it. */
const channelsOf = (kinds: readonly EventKind[]): Record<string, Json> => {
  const byAddress = Map.groupBy(kinds, (kind) => `{prefix}.event.${kind.source}.${kind.type}`);
  return Object.fromEntries(
    [...byAddress].map(([address, same]) => [
      same[0]?.type ?? address,
      {
        address,
        messages: Object.fromEntries(
          same.map((kind) => [messageName(kind), reference('components', 'messages', messageName(kind))]),
        ),
        parameters: { prefix: reference('components', 'parameters', 'prefix') },
      },
    ]),
  );
};

const operationsOf = (kinds: readonly EventKind[]): Record<string, Json> =>
  Object.fromEntries(
    [...Map.groupBy(kinds, (kind) => kind.type)].map(([type, same]) => [
      `publish${type}`,
      {
        action: 'send',
        channel: reference('channels', type),
        summary: same.at(-1)?.summary,
        messages: same.map((kind) => reference('channels', type, 'messages', messageName(kind))),
        tags: [{ name: same[0]?.source }],
      },
    ]),
  );

/** AsyncAPI 3.0 description of the events that the services publish. */
export const asyncApi = (kinds: readonly EventKind[]): Json => ({
  asyncapi: '3.0.0',
  'x-generated': 'by `npm run generate` from libs/contracts/events; do not edit',
  info: {
    title: '学籍事件 Registration events',
    version: '1.0.0',
    description:
      'CloudEvents 1.0 over NATS JetStream. Delivered at least once; consumers keep a checkpoint by the Seq and ' +
      'Epoch headers. Data holds opaque ids and unit codes, never names, numbers or addresses.',
  },
  defaultContentType: 'application/json',
  channels: channelsOf(kinds),
  operations: operationsOf(kinds),
  components: {
    parameters: { prefix: { description: 'Prefix of the system on a shared server.', default: 'xueji' } },
    messages: Object.fromEntries(kinds.map((kind) => [messageName(kind), messageOf(kind)])),
    schemas: { Envelope: schemaOf(Envelope) },
  },
});
