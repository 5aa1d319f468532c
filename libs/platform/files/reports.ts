import { PassThrough, type Readable, type Writable } from 'node:stream';
import { keepNote } from '../audit/read-audit.ts';
import type { Tx } from '../database/orm.ts';
import { execute, query } from '../database/query.ts';
import { inScopeOnce, type Scope } from '../database/scope.ts';
import { giveUpFile } from './file-rows.ts';
import type { Files } from './files.ts';
import { linkToken } from './links.ts';
import type { MediaType } from './media-types.ts';
import { FileRefused } from './problems.ts';
import { dropFile, placeScope, readFile, storeFile } from './stored-files.ts';

export type NewReport = {
  /** Id of the job that it reports on; one report a job. */
  id: string;
  place: number;
  mediaType: MediaType;
  /** Whether it holds personal data, so that who fetches it is written down (PRV-13). */
  isPersonal: boolean;
};

export type Report = NewReport & { size: number; file: string };

/**
 * Stores what `write` writes, encrypted as it comes, as the report of a job; a former report of the job is replaced.
 * When `write` fails, nothing is stored and its error is thrown.
 */
export const saveReport = async (
  files: Files,
  report: NewReport,
  write: (sink: Writable) => Promise<unknown>,
): Promise<void> => {
  let size = 0;
  const replaced: string[] = [];
  const counted = async function* () {
    for await (const piece of written(write)) {
      size += piece.length;
      yield piece;
    }
  };
  const isKept = await storeFile(files, report.place, counted(), async (tx, file) => {
    const former = await findRow(tx, report.id);
    await execute(
      tx,
      `insert into report (report_id, place, file_id, media_type, size, is_personal, saved_at)
       values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (report_id) do update set file_id = excluded.file_id, media_type = excluded.media_type,
         size = excluded.size, is_personal = excluded.is_personal, saved_at = excluded.saved_at`,
      [report.id, report.place, file, report.mediaType, size, report.isPersonal, files.core.clock.now()],
    );
    if (former) await giveUpFile(tx, former.file);
    replaced.splice(0, 1, ...(former ? [former.file] : []));
    return true;
  });
  if (!isKept) throw new Error('A report took so long to write that it was given up');
  for (const file of replaced) await dropFile(files, file);
};

/** What a producer writes, as a stream; its failure is the stream's. */
async function* written(write: (sink: Writable) => Promise<unknown>): AsyncGenerator<Buffer> {
  const pipe = new PassThrough();
  write(pipe).then(
    () => pipe.end(),
    (error: unknown) => pipe.destroy(error instanceof Error ? error : new Error('A report was not written')),
  );
  yield* pipe as AsyncIterable<Buffer>;
}

type Row = {
  report_id: string;
  place: string | number;
  file_id: string;
  media_type: MediaType;
  size: string | number;
  is_personal: boolean;
};

const findRow = async (tx: Tx, id: string): Promise<Report | undefined> => {
  const [row] = await query<Row>(tx, 'select * from report where report_id = $1', [id]);
  return (
    row && {
      id: row.report_id,
      place: Number(row.place),
      mediaType: row.media_type,
      isPersonal: row.is_personal,
      size: Number(row.size),
      file: row.file_id,
    }
  );
};

/** The report of a job within a scope. */
export const findReport = (files: Files, id: string, scope: Scope): Promise<Report | undefined> =>
  inScopeOnce(files.core.app, scope, (tx) => findRow(tx, id));

export type Reader = { subject: string; unit?: string };

/** A short-lived address of a report for one reader, who must have been found entitled to it. */
export const reportUrl = (files: Files, report: Pick<Report, 'id' | 'place'>, reader: Reader): string => {
  const { sealing, clock, config } = files.core;
  const expiresAt = new Date(Date.parse(clock.now()) + files.limits.linkLife).toISOString();
  const token = linkToken(sealing, 'report', report.id, { ...reader, place: report.place, expiresAt });
  return `${config.PUBLIC_URL}/reports/${report.id}?t=${token}`;
};

/**
 * The plain bytes of a report; who reads personal data is written down first, and what cannot be written down is
 * not read (PRV-13). Throws FileRefused with FILE_UNKNOWN.
 */
export const openReport = async (
  files: Files,
  id: string,
  place: number,
  reader: Reader,
): Promise<{ report: Report; bytes: Readable }> => {
  const report = await findReport(files, id, placeScope(place));
  if (report === undefined) throw new FileRefused('FILE_UNKNOWN');
  if (report.isPersonal) await recordReading(files, report.id, reader);
  return { report, bytes: await readFile(files, report.file) };
};

/** The rows of a report never became persons, so the line names the report instead. */
const recordReading = (files: Files, id: string, reader: Reader): Promise<void> =>
  keepNote(
    files.core.app,
    {
      caller: reader.subject,
      unit: reader.unit,
      operation: `report ${id}`,
      purpose: 'IMPORT_REPORT',
      full: true,
    },
    files.core.clock.now(),
  );
