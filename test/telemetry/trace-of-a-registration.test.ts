import { randomUUID } from 'node:crypto';
import {
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { DEMO_SCHOOLS } from '#deploy/demo/identities.ts';
import { checkCharacter } from '#libs/law/identity/citizen-id.ts';
import { createLog } from '#libs/platform/log/log.ts';
import { startTracing } from '#libs/platform/telemetry/sdk.ts';
import type { Telemetry } from '#libs/platform/telemetry/telemetry.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';

const idNumberOf = (body: string): string => `${body}${checkCharacter(body)}`;

const child = { name: '样例追踪', idNumber: idNumberOf('14010520200506018'), phone: '13811112222' };
const mother = { name: '样例追踪母', idNumber: idNumberOf('14010519900101014'), phone: '13833334444' };
const secrets = [...Object.values(child), ...Object.values(mother)];

/** The form with its values written into the document, and an operation named like a number: the worst a client does. */
const registration = `mutation n${child.idNumber} { registerStudent(input: {
  idempotencyKey: "${randomUUID()}", school: "${DEMO_SCHOOLS.taiyuanPrimary}", form: {
    name: "${child.name}", gender: FEMALE, nationalityOrRegion: "156", overseasCategory: NONE, ethnicGroup: "01",
    idDocumentType: RESIDENT_ID, idDocumentNumber: "${child.idNumber}", birthDate: "2020-05-06",
    contactPhone: "${child.phone}", currentAddress: "(140105)样例路1号", householdAddress: "(140105)样例路1号",
    gradeName: "一年级", className: "1班", isBoarder: false, isDisabled: false, isLeftBehind: false,
    guardians: [{ name: "${mother.name}", relation: MOTHER, isLegalGuardian: true, idDocumentType: RESIDENT_ID,
      idDocumentNumber: "${mother.idNumber}", householdAddress: "(140105)样例路1号", phone: "${mother.phone}" }] } })
  { enrollment { id } findings { code } } }`;

const both = (one: SpanProcessor, other: SpanProcessor): SpanProcessor => ({
  onStart: (span, parent) => {
    one.onStart(span, parent);
    other.onStart(span, parent);
  },
  onEnd: (span) => {
    one.onEnd(span);
    other.onEnd(span);
  },
  forceFlush: async () => {
    await one.forceFlush();
    await other.forceFlush();
  },
  shutdown: async () => {
    await one.shutdown();
    await other.shutdown();
  },
});

/** Everything that a span holds, as text. */
const textOf = ({ name, attributes, events, status, links, resource }: ReadableSpan): string =>
  JSON.stringify({ name, attributes, events, status, links, resource: resource.attributes });

describe('with a collector configured, registering a child', () => {
  const sent = new InMemorySpanExporter();
  const recorded = new InMemorySpanExporter();
  const lines: string[] = [];
  let telemetry: Telemetry;
  let registry: Registry;
  let trace: ReadableSpan[];

  beforeAll(async () => {
    telemetry = startTracing({
      service: 'registry',
      ratio: 1,
      exporter: sent,
      processor: (cleaned) => both(new SimpleSpanProcessor(cleaned), new SimpleSpanProcessor(recorded)),
    });
    const log = (service: string) =>
      createLog({ service, level: 'debug', destination: { write: (line) => void lines.push(line) } });
    registry = await startRegistry({ log });
    const { data, errors } = await registry.ask<{ registerStudent: { enrollment: { id: string } } }>(
      'registrar',
      registration,
    );
    expect({ errors, id: data?.registerStudent.enrollment.id }).toMatchObject({
      errors: [],
      id: expect.any(String),
    });
    await registry.settled();
    const request = sent.getFinishedSpans().find((span) => span.name === 'gateway.request');
    const traceId = request?.spanContext().traceId;
    trace = sent.getFinishedSpans().filter((span) => span.spanContext().traceId === traceId);
  });

  afterAll(async () => {
    await registry?.stop();
    await telemetry?.stop();
  });

  const named = (form: RegExp): ReadableSpan[] => trace.filter((span) => form.test(span.name));

  const pathTo = (span: ReadableSpan | undefined): string[] => {
    if (span === undefined) return [];
    const parent = trace.find((candidate) => candidate.spanContext().spanId === span.parentSpanId);
    return [...pathTo(parent), span.name];
  };

  test('is one trace through gateway, subgraph and database', () => {
    expect(trace.filter((span) => span.parentSpanId === undefined).map((span) => span.name)).toEqual([
      'POST /graphql',
    ]);
    const statement = named(/^sql insert$/).find((span) =>
      String(span.attributes['db.query.text']).includes('into intake'),
    );
    expect(pathTo(statement)).toEqual([
      'POST /graphql',
      'gateway.request',
      'gateway.execute',
      'gateway.fetch',
      'POST /graphql',
      'sql insert',
    ]);
  });

  test('the trace goes on to the owner of the person and its database', () => {
    const [answer] = named(/^answer identity\./);
    expect(pathTo(answer).slice(-3)).toEqual([
      'POST /graphql',
      expect.stringMatching(/^ask identity\./),
      answer?.name,
    ]);
    const below = named(/^sql /).filter((span) => pathTo(span).includes(answer?.name ?? ''));
    expect(below.length).toBeGreaterThan(0);
  });

  test('the trace goes on over the event to every consumer', () => {
    expect(named(/^publish /).length).toBeGreaterThan(0);
    const applied = named(/^apply /).map((span) => span.attributes['xueji.source']);
    expect(new Set(applied)).toEqual(new Set(['identity', 'enrollment']));
    for (const span of named(/^apply /)) expect(pathTo(span)[0]).toBe('POST /graphql');
  });

  test('no span that is sent holds a number, a name or a telephone number of anybody', () => {
    const spans = sent.getFinishedSpans().map(textOf);
    expect(spans.length).toBeGreaterThan(50);
    for (const secret of secrets) expect(spans.filter((span) => span.includes(secret))).toEqual([]);
  });

  test('neither does any span of our own before it is cleaned', () => {
    const own = recorded.getFinishedSpans().filter((span) => span.instrumentationLibrary.name === 'xueji');
    expect(own.length).toBeGreaterThan(50);
    for (const secret of secrets) expect(own.map(textOf).filter((span) => span.includes(secret))).toEqual([]);
  });

  test('what is cleaned did hold them: the gateway’s library writes the name of the operation into its spans', () => {
    expect(recorded.getFinishedSpans().map(textOf).join()).toContain(child.idNumber);
  });

  test('log lines written meanwhile name the trace', () => {
    const [root] = trace.filter((span) => span.parentSpanId === undefined);
    const operation = lines.find((line) => line.includes('"message":"operation"'));
    expect(JSON.parse(operation ?? '{}')).toMatchObject({
      trace_id: root?.spanContext().traceId,
      span_id: expect.stringMatching(/^[0-9a-f]{16}$/),
    });
    for (const secret of secrets) expect(lines.join('')).not.toContain(secret);
  });

  test('idle workers record nothing', () => {
    const roots = sent.getFinishedSpans().filter((span) => span.parentSpanId === undefined);
    expect(roots.filter((span) => span.name.startsWith('sql '))).toEqual([]);
  });
});
