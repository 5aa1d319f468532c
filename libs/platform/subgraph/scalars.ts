import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import { beijing, dayOf } from '../clock/clock.ts';

const textScalar = (
  name: string,
  description: string,
  isValid: (text: string) => boolean,
  write: (value: unknown) => string = String,
): GraphQLScalarType => {
  const check = (value: unknown): string => {
    if (typeof value === 'string' && isValid(value)) return value;
    throw new GraphQLError(`${name}: ${description}`, { extensions: { code: 'BAD_USER_INPUT' } });
  };
  return new GraphQLScalarType({
    name,
    description,
    parseValue: check,
    serialize: write,
    parseLiteral: (node) => check(node.kind === Kind.STRING ? node.value : undefined),
  });
};

const isDay = (text: string): boolean => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const parsed = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(text);
};

const isInstant = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/.test(text) &&
  !Number.isNaN(Date.parse(text));

const earliestYear = 1949;
const latestYear = 2200;

const SchoolYear = new GraphQLScalarType({
  name: 'SchoolYear',
  description: 'the starting year of a school year, a whole number',
  serialize: Number,
  parseValue: (value) => {
    if (typeof value === 'number' && Number.isInteger(value) && value >= earliestYear && value <= latestYear)
      return value;
    throw new GraphQLError('SchoolYear: a whole number such as 2025', {
      extensions: { code: 'BAD_USER_INPUT' },
    });
  },
  parseLiteral: (node) => {
    const year = node.kind === Kind.INT ? Number(node.value) : Number.NaN;
    if (year >= earliestYear && year <= latestYear) return year;
    throw new GraphQLError('SchoolYear: a whole number such as 2025', {
      extensions: { code: 'BAD_USER_INPUT' },
    });
  },
});

/** Resolvers of the scalars that every subgraph shares. */
export const sharedScalars = {
  Date: textScalar('Date', 'a calendar day such as 2025-09-01', isDay, (value) =>
    value instanceof Date ? dayOf(value.toISOString()) : String(value).slice(0, 10),
  ),
  DateTime: textScalar('DateTime', 'an instant such as 2025-09-01T08:00:00+08:00', isInstant, (value) =>
    beijing(value instanceof Date ? value.getTime() : Date.parse(String(value))),
  ),
  Month: textScalar('Month', 'a month such as 2025-09', (text) => /^\d{4}-(0[1-9]|1[0-2])$/.test(text)),
  SchoolYear,
};
