import { type ByteSource, fileSource } from './byte-source.ts';
import { openCsvTable } from './csv-table.ts';
import { DEFAULT_LIMITS, type ReadingLimits } from './limits.ts';
import { refusals } from './refusals.ts';
import { sniff } from './sniff.ts';
import type { OpenTable } from './table.ts';
import { openXlsxTable } from './xlsx-table.ts';

/**
 * Opens an uploaded table, or by its path a file of this machine, and finds the header of form F1 in it. It is read
 * where it lies, never copied. What the file is, its content decides; its name is not asked. Throws FileProblem, one
 * clear reason, for everything that cannot be imported, and what the source throws. The caller closes the table.
 */
export async function openTable(
  source: string | ByteSource,
  limits: Partial<ReadingLimits> = {},
): Promise<OpenTable> {
  const bounds: ReadingLimits = { ...DEFAULT_LIMITS, ...limits };
  const file = typeof source === 'string' ? await fileSource(source) : source;
  if (file.size > bounds.maxFileBytes) throw refusals.tooLarge(bounds.maxFileBytes);
  const kind = await sniff(file);
  return kind === 'zip' ? openXlsxTable(file, bounds) : openCsvTable(file, bounds);
}
