import { z } from 'zod';
import { dataSchemaOf, defineEvent, type Envelope, readEvent } from './envelope.ts';
import { UnknownEventVersion, type Upcasters, upcast } from './upcast.ts';

const steps: Upcasters = {
  Moved: {
    1: ({ to }) => ({ target: to }),
    2: (data) => ({ ...data, at: null }),
  },
};

const Moved = defineEvent({
  type: 'Moved',
  source: 'tests',
  version: 1,
  summary: 'Something moved.',
  data: z.object({ to: z.string() }),
});

const envelope = (dataschema: string, type = 'Moved'): Envelope => ({
  specversion: '1.0',
  id: '0192d4e0-0000-7000-8000-000000000001',
  source: 'tests',
  type,
  time: '2026-09-01T08:00:00+08:00',
  subject: 'thing',
  dataschema,
  datacontenttype: 'application/json',
  aggregateversion: 1,
  data: { to: 'there' },
});

describe('events of older versions', () => {
  test('are brought to the version of the reader step by step', () => {
    expect(upcast('Moved', { to: 'there' }, 1, 3, steps)).toEqual({ target: 'there', at: null });
    expect(upcast('Moved', { target: 'there' }, 2, 3, steps)).toEqual({ target: 'there', at: null });
  });

  test('are left as they are when they have the version of the reader', () => {
    const data = { target: 'there', at: null };
    expect(upcast('Moved', data, 3, 3, steps)).toBe(data);
  });

  test('are refused when a step is missing, and so are those of a newer version than the reader', () => {
    expect(() => upcast('Moved', {}, 1, 5, steps)).toThrow(UnknownEventVersion);
    expect(() => upcast('Moved', {}, 4, 3, steps)).toThrow(UnknownEventVersion);
    expect(() => upcast('Other', {}, 1, 2, steps)).toThrow(UnknownEventVersion);
  });
});

describe('reading an event', () => {
  test('gives its data when kind and version are the reader’s', () => {
    expect(readEvent(Moved, envelope(dataSchemaOf(Moved)))).toEqual({ to: 'there' });
  });

  test.each([
    ['of a newer version', 'urn:xueji:event:Moved:2', 'Moved'],
    ['without a version', 'urn:xueji:event:Moved', 'Moved'],
    ['that says it is of another kind', 'urn:xueji:event:Left:1', 'Moved'],
    ['of another type', 'urn:xueji:event:Moved:1', 'Left'],
  ])('%s is refused', (_, dataschema, type) => {
    expect(() => readEvent(Moved, envelope(dataschema, type))).toThrow();
  });
});
