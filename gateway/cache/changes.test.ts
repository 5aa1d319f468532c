import { buildASTSchema, parse } from 'graphql';
import { readEventKinds } from '#deploy/generate/event-kinds.ts';
import type { Envelope } from '#libs/contracts/envelope.ts';
import { registrarEvents } from '#libs/contracts/events/registrar.ts';
import { directoryProjection } from '#libs/platform/directory/projection.ts';
import { flowProjection } from '#services/statistics/flows/projection.ts';
import { stockProjection } from '#services/statistics/stock/projection.ts';
import { ticketProjection } from '#services/statistics/tickets/projection.ts';
import { timelinessProjection } from '#services/statistics/timeliness/projection.ts';
import { TIMELINESS_TYPES } from '#services/statistics/timeliness/read-event.ts';
import { readGuards } from '../authorization/guards.ts';
import { readSupergraph } from '../federation/graph.ts';
import { readCaching } from './cacheable.ts';
import { accountChangedBy, changedBy, changesNothing, tagsChangedBy } from './changes.ts';

const kinds = await readEventKinds(new URL('../../', import.meta.url));
const supergraph = buildASTSchema(parse(await readSupergraph()), { assumeValidSDL: true });
const cacheables = readCaching(supergraph, readGuards(supergraph)).fields;

const topicsOf = (kind: { source: string; type: string }, data = {}): string[] =>
  tagsChangedBy({ ...kind, data });

test('every kind of event changes a topic, or it is said why its source has others', () => {
  const silent = kinds.filter((kind) => topicsOf(kind).length === 0);
  const unexplained = silent.filter(({ source }) => changesNothing[source] === undefined);
  expect(unexplained.map(({ source, type }) => `${source} ${type}`)).toEqual([]);
  for (const source of Object.keys(changesNothing))
    expect(silent.map((kind) => kind.source)).toContain(source);
  const sources = new Set(kinds.map((kind) => kind.source));
  const types = new Set(kinds.map((kind) => `${kind.source} ${kind.type}`));
  for (const { source, only = [], but = [] } of Object.values(changedBy).flat()) {
    expect(sources).toContain(source);
    for (const type of [...only, ...but]) expect(types).toContain(`${source} ${type}`);
  }
});

test('the topics of the schema are those of the table', () => {
  const named = new Set([...cacheables.values()].flatMap(({ topics }) => topics));
  expect([...named].sort()).toEqual(Object.keys(changedBy).sort());
});

test.each([
  ['statistics.stock', stockProjection, undefined],
  ['statistics.flows', flowProjection, undefined],
  ['statistics.timeliness', timelinessProjection, TIMELINESS_TYPES],
  ['statistics.tickets', ticketProjection, undefined],
] as const)('%s changes with every event that its projection learns from', (topic, { sources }, types) => {
  const read = kinds.filter(
    ({ source, type }) => sources.includes(source) && (types?.includes(type) ?? true),
  );
  expect(read.length).toBeGreaterThan(5);
  const missed = read.filter((kind) => !topicsOf(kind).includes(topic));
  expect(missed.map(({ source, type }) => `${source} ${type}`)).toEqual([]);
});

test('everything changes with what services know of units, schools and calendars', () => {
  const used = ['UnitsSet', 'SchoolSet', 'PromotionSet', 'TermCalendarSet', 'WorkingDaysPublished'];
  for (const type of used) {
    expect(directoryProjection.sources).toContain('organization');
    expect(topicsOf({ source: 'organization', type })).toEqual(Object.keys(changedBy));
  }
});

test('a registration changes the tables of its province, of both where it moves, and those of the nation', () => {
  const moved = { school: '2141000001', province: '410000', from: { province: '330000' } };
  const kind = { source: 'enrollment', type: 'EnrollmentHandedOver' };
  expect(topicsOf(kind, moved).sort()).toEqual([
    'statistics.flows.33',
    'statistics.flows.41',
    'statistics.flows.any',
    'statistics.stock.33',
    'statistics.stock.41',
    'statistics.stock.any',
  ]);
  expect(topicsOf(kind, { province: '660000' })).toContain('statistics.stock.65');
  expect(topicsOf(kind, {})).toEqual(['statistics.stock', 'statistics.flows']);
});

test('every event of an account tells whose it is, and no other does', () => {
  const told = kinds.filter(({ source, type }) => {
    const event = { source, type, data: { subject: 'login' } } as unknown as Envelope;
    return accountChangedBy(event) === 'login';
  });
  expect(told.map(({ type }) => type).sort()).toEqual(
    registrarEvents.map(({ type }) => type as string).sort(),
  );
});
