import { createHash } from 'node:crypto';
import { z } from 'zod';
import { dataSchemaOf, type Envelope, type EventKind } from '#libs/contracts/envelope.ts';

type Schema = {
  type?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  format?: string;
  pattern?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  minimum?: number;
  minLength?: number;
};

/** The same value every time for one place in one kind. */
const digest = (seed: string): string => createHash('sha256').update(seed).digest('hex');

const uuidOf = (seed: string): string => {
  const hex = digest(seed);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

/** Texts that fit the patterns of the contracts: digits in the length that they ask for, or a digest. */
const fitting = (pattern: string, seed: string): string => {
  if (pattern.includes('[0-9a-f]')) return digest(seed);
  const length = Number(/\\d\{(\d+)\}/.exec(pattern)?.[1] ?? 1);
  return '110101202609010001'.slice(0, length);
};

const textOf = ({ format, pattern }: Schema, seed: string): string => {
  if (format === 'uuid') return uuidOf(seed);
  if (format === 'date') return '2026-09-01';
  if (format === 'date-time') return '2026-09-01T08:00:00.000+08:00';
  return pattern === undefined ? `sample ${digest(seed).slice(0, 6)}` : fitting(pattern, seed);
};

/** A value that a JSON schema admits; unions take their first member, lists hold one item. */
const sampleValue = (schema: Schema, seed: string): unknown => {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  if (schema.anyOf !== undefined) return sampleValue(schema.anyOf[0] ?? {}, seed);
  if (schema.type === 'object') {
    const entries = Object.entries(schema.properties ?? {});
    return Object.fromEntries(entries.map(([name, inner]) => [name, sampleValue(inner, `${seed}.${name}`)]));
  }
  if (schema.type === 'array') return [sampleValue(schema.items ?? {}, `${seed}[0]`)];
  if (schema.type === 'integer' || schema.type === 'number') return Math.max(schema.minimum ?? 0, 0) + 1;
  if (schema.type === 'boolean') return true;
  if (schema.type === 'null') return null;
  return textOf(schema, seed);
};

/** One envelope of a kind, the same every time, as its source would have sent it. */
export const sampleOf = (kind: EventKind): Envelope => {
  const seed = `${kind.source}.${kind.type}.${kind.version}`;
  return {
    specversion: '1.0',
    id: uuidOf(`${seed} id`),
    source: kind.source,
    type: kind.type,
    time: '2026-09-01T08:00:00.000+08:00',
    subject: uuidOf(`${seed} subject`),
    dataschema: dataSchemaOf(kind),
    datacontenttype: 'application/json',
    aggregateversion: 1,
    data: kind.data.parse(sampleValue(z.toJSONSchema(kind.data, { io: 'input' }) as Schema, seed)),
  };
};
