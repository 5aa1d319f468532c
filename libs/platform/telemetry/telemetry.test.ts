import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { context, SpanKind, trace } from '@opentelemetry/api';
import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { createLog } from '../log/log.ts';
import { spanAttributes } from './attributes.ts';
import { onBehalfOf } from './events.ts';
import { routeOf } from './http.ts';
import { startTracing } from './sdk.ts';
import { contextOf, continuing, inSpan, isTraced, keptTrace, outgoingTrace, traceIds } from './spans.ts';
import { inStatement, kindOf, observeStatements } from './statements.ts';
import { startTelemetry, type Telemetry } from './telemetry.ts';

const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const traceparent = (digit: string, flags = '01'): string =>
  `00-${digit.repeat(32)}-${digit.repeat(16)}-${flags}`;

describe('without a collector', () => {
  test('nothing of the tracing SDK is loaded, and work is done all the same', () => {
    const script = `
      const { startTelemetry } = await import(${JSON.stringify(file('./telemetry.ts'))});
      await import(${JSON.stringify(file('../service/run.ts'))});
      const { inSpan } = await import(${JSON.stringify(file('./spans.ts'))});
      const { stop } = await startTelemetry({ service: 'test', endpoint: process.env.ENDPOINT });
      const done = await inSpan('work', {}, async () => 'done');
      const { default: { _cache: loaded } } = await import('node:module');
      const sdk = Object.keys(loaded).some((path) => /@opentelemetry.(sdk-trace-base|exporter-trace)/.test(path));
      await stop();
      process.stdout.write(JSON.stringify({ done, sdk }));
      process.exit(0);`;
    const run = (endpoint: string | undefined) =>
      JSON.parse(
        execFileSync(process.execPath, ['--no-warnings', '--input-type=module', '-e', script], {
          encoding: 'utf8',
          cwd: file('.'),
          env: { PATH: process.env.PATH ?? '', ...(endpoint ? { ENDPOINT: endpoint } : {}) },
        }),
      );
    expect(run(undefined)).toEqual({ done: 'done', sdk: false });
    const withDeadCollector = run('http://127.0.0.1:9');
    expect(withDeadCollector).toEqual({ done: 'done', sdk: true });
  });

  test('no trace context is sent, kept or logged', async () => {
    const { stop } = await startTelemetry({ service: 'test' });
    await inSpan('work', {}, async () => {
      expect([outgoingTrace(), keptTrace(), traceIds(), isTraced()]).toEqual([{}, {}, undefined, false]);
    });
    await stop();
  });
});

describe('with a collector', () => {
  let exporter: InMemorySpanExporter;
  let telemetry: Telemetry;

  const start = (ratio = 1) =>
    startTracing({ service: 'test', ratio, exporter, processor: (to) => new SimpleSpanProcessor(to) });

  beforeEach(() => {
    exporter = new InMemorySpanExporter();
    telemetry = start();
  });
  afterEach(() => telemetry.stop());

  const spans = () =>
    exporter.getFinishedSpans().map((span) => ({
      name: span.name,
      trace: span.spanContext().traceId,
      links: span.links.map((link) => link.context.spanId),
    }));

  test('a span that fails carries the code of the failure and never its text', async () => {
    const failure = Object.assign(new Error('name is 岑小满'), { code: '23505' });
    await expect(inSpan('work', {}, () => Promise.reject(failure))).rejects.toBe(failure);
    const [span] = exporter.getFinishedSpans();
    expect(span).toMatchObject({ attributes: { 'error.type': '23505' }, status: { code: 2 } });
    expect(JSON.stringify([span?.attributes, span?.status, span?.events])).not.toContain('岑小满');
  });

  test('of what a library writes into its spans only known attributes leave, without events and long numbers', () => {
    const span = trace.getTracer('library').startSpan('library.work');
    span.setAttributes({
      'graphql.document': '岑小满',
      operationName: '岑小满',
      'db.query.text': 'of 110105201901010012',
    });
    span.recordException(new Error('岑小满'));
    span.setStatus({ code: 2, message: '岑小满' });
    span.end();
    const [sent] = exporter.getFinishedSpans();
    expect(sent?.attributes).toEqual({ 'db.query.text': 'of …' });
    expect(sent?.events).toEqual([]);
    expect(sent?.status).toEqual({ code: 2 });
  });

  test('a received trace is continued, and one that its sender does not record is not recorded here', async () => {
    await continuing(traceparent('a'), () => inSpan('mine', {}, async () => undefined));
    await continuing(traceparent('b', '00'), () =>
      inSpan('not mine', {}, async () => {
        expect(keptTrace()).toEqual({});
        expect(outgoingTrace().traceparent).toContain('b'.repeat(32));
      }),
    );
    expect(spans().map(({ name, trace: id }) => [name, id])).toEqual([['mine', 'a'.repeat(32)]]);
  });

  test.each(['', 'nonsense', '00-short-00-01', 7, null, undefined])('%p is no trace', (received) => {
    expect(trace.getSpanContext(contextOf(received))).toBeUndefined();
  });

  test('a run of events of one trace is applied within that trace', async () => {
    const events = [1, 2].map(() => ({ type: 'PersonClaimed', traceparent: traceparent('a') }));
    await onBehalfOf({ verb: 'apply', facts: { 'xueji.consumer': 'c' } }, events, () =>
      inSpan('sql insert', {}, async () => undefined),
    );
    expect(spans().map(({ name, trace: id }) => [name, id])).toEqual([
      ['sql insert', 'a'.repeat(32)],
      ['apply PersonClaimed', 'a'.repeat(32)],
    ]);
  });

  test('a run of several traces is one span, and each trace has a span that links to it', async () => {
    const events = [
      { type: 'PersonClaimed', traceparent: traceparent('a') },
      { type: 'not a kind 岑小满', traceparent: traceparent('b') },
      { type: 'Untraced' },
      null,
    ];
    await onBehalfOf({ verb: 'apply', facts: {} }, events, async () => undefined);
    const [first, second, batch] = spans();
    expect([first?.name, first?.trace]).toEqual(['apply PersonClaimed', 'a'.repeat(32)]);
    expect([second?.name, second?.trace]).toEqual(['apply unknown', 'b'.repeat(32)]);
    expect(batch).toMatchObject({ name: 'apply batch', links: ['a'.repeat(16), 'b'.repeat(16)] });
    const batchId = exporter.getFinishedSpans()[2]?.spanContext().spanId;
    expect([first?.links, second?.links]).toEqual([[batchId], [batchId]]);
    expect(exporter.getFinishedSpans().map((span) => span.kind)).toEqual(Array(3).fill(SpanKind.CONSUMER));
  });

  test('a run without traces makes no span', async () => {
    await onBehalfOf({ verb: 'publish', facts: {} }, [{ type: 'PersonClaimed' }], async () => undefined);
    expect(spans()).toEqual([]);
  });

  test('a statement is a span only as part of traced work, with its text and nothing of its values', async () => {
    const database = { config: {} };
    const run = async () => 'row';
    await inStatement(database, 'select 1', run);
    await inSpan('work', {}, () => inStatement(database, 'select name from person where id = $1', run));
    expect(spans().map(({ name }) => name)).toEqual(['sql select', 'work']);
    expect(exporter.getFinishedSpans()[0]?.attributes).toEqual({
      'db.system.name': 'postgresql',
      'db.query.text': 'select name from person where id = $1',
    });
  });

  test('a log line names the span that is under way, and none when there is none', async () => {
    const lines: string[] = [];
    const log = createLog({
      service: 'test',
      level: 'info',
      destination: { write: (line) => void lines.push(line) },
    });
    log.info('outside');
    await inSpan('work', {}, async (span) => {
      log.info('inside');
      const { traceId, spanId } = span.spanContext();
      expect(JSON.parse(lines[1] ?? '')).toMatchObject({ trace_id: traceId, span_id: spanId });
    });
    expect(lines[0]).not.toContain('trace_id');
  });

  test('with a ratio of 0 no trace is begun here', async () => {
    await telemetry.stop();
    telemetry = start(0);
    await inSpan('work', {}, async () => undefined);
    expect(spans()).toEqual([]);
  });

  test('after the stop nothing is under way any more', async () => {
    await telemetry.stop();
    await inSpan('work', {}, async () => expect(trace.getSpan(context.active())?.isRecording()).toBeFalsy());
  });
});

test.each([
  ['/graphql', '/graphql'],
  ['/uploads/01920000-1234-7000-8000-123456789012', '/uploads/:id'],
  ['/reports/01920000-1234-7000-8000-123456789012', '/reports/:id'],
  ['/papers/01920000-1234-7000-8000-123456789012', '/papers/:id'],
  ['/electronic/01920000-1234-7000-8000-123456789012', '/electronic/:id'],
  ['/pages/01920000-1234-7000-8000-123456789012', '/pages/:id'],
  ['/uploads/110105201901010012', undefined],
  ['/graphql/stream', undefined],
  ['/readyz', undefined],
  ['/岑小满', undefined],
])('the path %s is the route %s', (path, route) => {
  expect(routeOf(path)).toBe(route);
});

test('every statement of an observed database is timed, and failures are told apart', async () => {
  const database = { config: {} };
  const seen: unknown[] = [];
  observeStatements(database, (kind, seconds, outcome) => void seen.push([kind, seconds >= 0, outcome]));
  await inStatement(database, ' Insert into a values ($1)', async () => undefined);
  await expect(inStatement(database, 'truncate a', () => Promise.reject(new Error('no')))).rejects.toThrow(
    'no',
  );
  await inStatement({ config: {} }, 'select 1', async () => undefined);
  expect(seen).toEqual([
    ['insert', true, 'ok'],
    ['other', true, 'error'],
  ]);
  expect(kindOf('with a as (select 1) select * from a')).toBe('with');
});

test('the list of attributes that may leave is sorted and holds nothing that a caller writes', () => {
  expect([...spanAttributes]).toEqual([...spanAttributes].sort());
  for (const written of [
    'graphql.document',
    'graphql.operation.name',
    'url.full',
    'url.query',
    'enduser.id',
  ]) {
    expect(spanAttributes).not.toContain(written);
  }
});
