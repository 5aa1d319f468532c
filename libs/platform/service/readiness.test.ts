import type { MikroORM } from '@mikro-orm/postgresql';
import { createLog } from '../log/log.ts';
import { createReadiness, type ReadinessParts, whatIsMissing } from './readiness.ts';

type Situation = { database?: boolean; broker?: boolean; files?: boolean; trouble?: 'LOG_REPLACED' };

/** A service whose database and broker answer or not. */
const situation = ({ database = true, broker = true, files = true, trouble }: Situation) => {
  const lines: string[] = [];
  let asked = 0;
  const em = {
    config: {},
    getKysely: () => ({
      executeQuery: async () => {
        asked++;
        if (!database) throw new Error('connection refused');
        return { rows: [{ seq: '7', epoch: 'e' }] };
      },
    }),
    transactional: (work: (tx: unknown) => unknown) => work(em),
  };
  const parts: ReadinessParts = {
    worker: { em: { fork: () => em } } as unknown as MikroORM,
    bus: { isReachable: async () => broker },
    inboxes: [{ consumer: 'directory', source: 'organization', inbox: { trouble: () => trouble } }],
    needs: [
      {
        name: 'files',
        probe: async () => {
          if (!files) throw new Error('the disk is away');
        },
      },
    ],
    log: createLog({
      service: 'test',
      level: 'info',
      destination: { write: (line) => void lines.push(line) },
    }),
  };
  return { parts, lines, asked: () => asked };
};

test.each<[Situation, string[]]>([
  [{}, []],
  [{ database: false }, ['database']],
  [{ broker: false }, ['nats']],
  [{ files: false }, ['files']],
  [{ trouble: 'LOG_REPLACED' }, ['LOG_REPLACED directory < organization']],
  [
    { database: false, broker: false, trouble: 'LOG_REPLACED' },
    ['database', 'nats', 'LOG_REPLACED directory < organization'],
  ],
])('with %p what is missing is %p, and ready is what misses nothing', async (state, missing) => {
  const { parts, lines } = situation(state);
  expect(await whatIsMissing(parts)).toEqual(missing);
  expect(await createReadiness(parts)()).toBe(missing.length === 0);
  expect(lines.map((line) => JSON.parse(line).missing)).toEqual(missing.length === 0 ? [] : [missing]);
});

test('a transport without a broker is never missing', async () => {
  const { parts } = situation({});
  expect(await whatIsMissing({ ...parts, bus: {} })).toEqual([]);
});

test('however often it is asked, the database is asked once a second', async () => {
  const { parts, asked } = situation({});
  const isReady = createReadiness(parts);
  await Promise.all([isReady(), isReady(), isReady()]);
  expect(asked()).toBe(1);
});
