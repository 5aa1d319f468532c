import type { MikroORM } from '@mikro-orm/postgresql';
import { Gauge, type Registry } from 'prom-client';
import { single } from '../database/scope.ts';

/**
 * A number that the service's database tells when it is asked for, as the worker role sees it. The statement yields
 * one row for each set of labels: the label columns and `value`. Labels are closed words or names of the program.
 */
export type Measure = {
  /** `xueji_…`, by the conventions of Prometheus. */
  name: string;
  help: string;
  labels?: readonly string[];
  statement: string;
  parameters?: () => readonly unknown[];
  /** An answer is good for so many milliseconds, however often it is asked for. */
  goodFor?: number;
};

type Row = { value: string | number | null } & Record<string, unknown>;

const usuallyGoodFor = 5_000;
const patience = 2_000;

/** The answer, or the failure to give one in time. */
const inTime = async <T>(work: Promise<T>, milliseconds: number): Promise<T> => {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error('No answer in time')), milliseconds);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
};

/** A series whose statement failed has no value: an old one would look like the present. */
const gaugeOf = (measure: Measure, registry: Registry, orm: MikroORM): Gauge<string> => {
  const { name, help, labels = [], statement, parameters = () => [], goodFor = usuallyGoodFor } = measure;
  let askedAt = Number.NEGATIVE_INFINITY;
  return new Gauge({
    name,
    help,
    labelNames: [...labels],
    registers: [registry],
    async collect() {
      if (performance.now() - askedAt < goodFor) return;
      askedAt = performance.now();
      const rows = await inTime(single<Row>(orm, statement, parameters()), patience).catch((): Row[] => []);
      this.reset();
      if (rows.length === 0 && labels.length === 0) this.remove();
      for (const row of rows) {
        this.set(
          Object.fromEntries(labels.map((label) => [label, String(row[label])])),
          Number(row.value ?? 0),
        );
      }
    },
  });
};

/** Adds measures to a registry; they are taken when the registry is read. */
export const takeMeasures = (registry: Registry, orm: MikroORM, measures: readonly Measure[]): void => {
  for (const measure of measures) gaugeOf(measure, registry, orm);
};
