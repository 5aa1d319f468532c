import type { MikroORM } from '@mikro-orm/postgresql';
import { Registry } from 'prom-client';
import { type Measure, takeMeasures } from './measures.ts';

/** A database whose answers are set by the test. */
const situation = (measure: Measure) => {
  const state: { rows: unknown[]; fails: boolean; asked: unknown[] } = { rows: [], fails: false, asked: [] };
  const em = {
    config: {},
    getKysely: () => ({
      executeQuery: async ({ sql, parameters }: { sql: string; parameters: unknown }) => {
        state.asked.push([sql, parameters]);
        if (state.fails) throw new Error('not now');
        return { rows: state.rows };
      },
    }),
    transactional: (work: (tx: unknown) => unknown) => work(em),
  };
  const registry = new Registry();
  takeMeasures(registry, { em: { fork: () => em } } as unknown as MikroORM, [measure]);
  const series = async () => (await registry.metrics()).split('\n').filter((line) => /^\w/.test(line));
  return { state, series };
};

const plain: Measure = { name: 'xueji_rows', help: 'Rows', statement: 'select 1 as value', goodFor: 0 };

test('a number of the database becomes a series, also where the driver hands it over as text', async () => {
  const { state, series } = situation({ ...plain, parameters: () => ['2026-09-02'] });
  state.rows = [{ value: '7' }];
  expect(await series()).toEqual(['xueji_rows 7']);
  expect(state.asked).toEqual([['select 1 as value', ['2026-09-02']]]);
});

test('each row of labels is a series, and one that is gone is told no more', async () => {
  const { state, series } = situation({ ...plain, labels: ['state'] });
  state.rows = [
    { state: 'DONE', value: 2 },
    { state: 'FAILED', value: 1 },
  ];
  expect(await series()).toEqual(['xueji_rows{state="DONE"} 2', 'xueji_rows{state="FAILED"} 1']);
  state.rows = [{ state: 'DONE', value: 3 }];
  expect(await series()).toEqual(['xueji_rows{state="DONE"} 3']);
});

test.each([[undefined], [['state']]])(
  'with labels %p a database that does not answer leaves no old value',
  async (labels) => {
    const { state, series } = situation({ ...plain, labels });
    state.rows = [{ state: 'DONE', value: 2 }];
    expect(await series()).toHaveLength(1);
    state.fails = true;
    expect(await series()).toEqual([]);
  },
);

test('an answer that is still good is not asked for again', async () => {
  const { state, series } = situation({ ...plain, goodFor: 60_000 });
  state.rows = [{ value: 7 }];
  await series();
  state.rows = [{ value: 8 }];
  expect(await series()).toEqual(['xueji_rows 7']);
  expect(state.asked).toHaveLength(1);
});
