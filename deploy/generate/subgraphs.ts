import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import type { Subgraph } from '#gateway/compose.ts';

/** The SDL of every service that has one, by name: what all share, then its own. */
export const readSubgraphs = async (root: URL): Promise<Subgraph[]> => {
  const shared = await readFile(new URL('libs/platform/subgraph/shared.graphql', root), 'utf8');
  const folders = await readdir(new URL('services/', root), { withFileTypes: true });
  const services = folders
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({ name, file: new URL(`services/${name}/schema.graphql`, root) }))
    .filter(({ file }) => existsSync(file))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1));
  return Promise.all(
    services.map(async ({ name, file }) => ({ name, sdl: `${shared}\n${await readFile(file, 'utf8')}` })),
  );
};
