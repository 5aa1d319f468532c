import { csv, xlsx } from '#libs/platform/files/media-types.ts';
import {
  csvOf,
  FORM_HEADER,
  goodRows,
  inFormOrder,
} from '#services/enrollment/import/fixtures/form-files.ts';
import { workbookOf } from '#services/enrollment/import/fixtures/workbook-bytes.ts';

export type ImportKind = 'WORKBOOK' | 'CSV';

/** Sixty rows of first-graders of 2026; every tenth lacks an item, so that there is a report to write. */
export const importedRows: readonly (readonly string[])[] = goodRows(60, 2026).map((cells, at) =>
  inFormOrder(at % 10 === 3 ? { ...cells, gender: '' } : cells),
);

/** They as a file that is not compressed: a plain copy of it would show their numbers. */
export const importedFile = async (kind: ImportKind): Promise<{ bytes: Buffer; mediaType: string }> => {
  const rows = [FORM_HEADER, ...importedRows];
  if (kind === 'CSV') return { bytes: Buffer.from(csvOf(rows)), mediaType: csv };
  const sheets = [{ name: '表', rows }];
  return { bytes: await workbookOf({ sheets, shared: true, compress: false }), mediaType: xlsx };
};
