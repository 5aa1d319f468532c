import { DEMO_SCHOOLS } from '#deploy/demo/identities.ts';
import { importWorkbook, startRegistry } from '#test/support/registry.ts';
import { type ImportOrder, importedFile } from './import-order.ts';
import { tellAndWait } from './own-process.ts';

const importWhole = async ({ kind }: ImportOrder): Promise<void> => {
  const registry = await startRegistry();
  try {
    const { bytes, mediaType } = await importedFile(kind);
    await tellAndWait({ filesDir: registry.network.service('enrollment').core.config.FILES_DIR });
    const school = DEMO_SCHOOLS.taiyuanPrimary;
    const job = await importWorkbook(registry, { who: 'registrar', school, bytes, mediaType, key: kind });
    await tellAndWait(job);
  } finally {
    await registry.stop();
  }
  process.disconnect();
};

await importWhole(JSON.parse(process.argv[2] ?? ''));
