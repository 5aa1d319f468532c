import { inDatabase } from '#libs/platform/database/provision.ts';

/** What a database remembers of the demo nation in it. */
export type NationMark = {
  /** Pupils that it was planned with. */
  scale: number;
  /** False while the loading has begun and not ended. */
  loaded: boolean;
};

/** Codes of PostgreSQL for a table and for a database that is not there. */
const notThere: readonly unknown[] = ['42P01', '3D000'];

/**
 * The mark in a database of the registry, `undefined` where no demo nation was ever begun.
 * @param url of an administrator, naming the database
 */
export const findNation = (url: string): Promise<NationMark | undefined> =>
  inDatabase(url, async (client) => {
    const { rows } = await client.query<NationMark>(
      'select scale, loaded_at is not null as loaded from demo.nation',
    );
    return rows[0];
  }).catch((error: unknown) => {
    if (notThere.includes((error as { code?: unknown }).code)) return undefined;
    throw error;
  });

/** Marks that a nation of this scale is being loaded. */
export const beginNation = (url: string, scale: number): Promise<void> =>
  inDatabase(url, async (client) => {
    await client.query('create schema if not exists demo');
    await client.query(
      `create table if not exists demo.nation (
         id int primary key check (id = 1), scale int not null, begun_at timestamptz not null, loaded_at timestamptz)`,
    );
    await client.query(
      'insert into demo.nation (id, scale, begun_at) values (1, $1, now()) on conflict do nothing',
      [scale],
    );
  });

/** Marks that all of the nation is there. */
export const endNation = (url: string): Promise<void> =>
  inDatabase(url, async (client) => {
    await client.query('update demo.nation set loaded_at = now() where loaded_at is null');
  });
