import { DEMO_SCHOOLS } from '#deploy/demo/identities.ts';
import { importWorkbook, startRegistry } from '#test/support/registry.ts';
import { type ImportKind, importedFile } from './import-files.ts';
import { tellAndWait } from './own-process.ts';

/** Imports one file after the other into a registry of its own; tells where its files lie, then each outcome. */
const importAll = async (kinds: readonly ImportKind[]): Promise<void> => {
  const registry = await startRegistry();
  const school = DEMO_SCHOOLS.taiyuanPrimary;
  try {
    await tellAndWait(registry.network.service('enrollment').core.config.FILES_DIR);
    for (const kind of kinds) {
      const file = await importedFile(kind);
      await tellAndWait(await importWorkbook(registry, { who: 'registrar', school, key: kind, ...file }));
    }
  } finally {
    await registry.stop();
  }
  process.disconnect();
};

await importAll(JSON.parse(process.argv[2] ?? ''));
