import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { openCsvTable } from './csv-table.ts';
import { DEFAULT_LIMITS, type ReadingLimits } from './limits.ts';
import { localCopy } from './local-copy.ts';
import { sniff } from './sniff.ts';
import type { OpenTable } from './table.ts';
import { openXlsxTable } from './xlsx-table.ts';

/**
 * Opens an uploaded table, a path or a stream, and finds the header of form F1 in it. What the file is, its content
 * decides; its name is not asked. Throws FileProblem, one clear reason, for everything that cannot be imported.
 * The caller closes the table.
 */
export async function openTable(
  source: string | Readable,
  limits: Partial<ReadingLimits> = {},
): Promise<OpenTable> {
  const bounds: ReadingLimits = { ...DEFAULT_LIMITS, ...limits };
  const copy = await localCopy(source, bounds.maxFileBytes);
  try {
    const table = await openByContent(copy.path, bounds);
    const close = async () => {
      await table.close();
      await copy.dispose();
    };
    return { ...table, close };
  } catch (error) {
    await copy.dispose();
    throw error;
  }
}

async function openByContent(path: string, limits: ReadingLimits): Promise<OpenTable> {
  const file = await open(path);
  try {
    const kind = await sniff(file);
    return kind === 'zip' ? await openXlsxTable(path, limits) : await openCsvTable(path, limits);
  } finally {
    await file.close();
  }
}
