import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, openAsBlob } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { ImportFailure } from '#deploy/local/import/failure.ts';
import { askGraph, reach } from '#deploy/local/import/graph.ts';
import type { Registry } from '#deploy/local/import/registry.ts';

type Problem = { code: string; message: string; messageEn: string };
type Upload = { id: string; url: string; state: string; problem: Problem | null };

const mediaTypes: Readonly<Record<string, string>> = {
  '.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  '.csv': 'text/csv',
};

const requestUpload = `mutation ImportRequestUpload($input: RequestUploadInput!) {
  requestUpload(input: $input) { upload { id url } findings { message } }
}`;
const completeUpload = `mutation ImportCompleteUpload($input: CompleteUploadInput!) {
  completeUpload(input: $input) { upload { id state problem { code message messageEn } } findings { message } }
}`;

/** Announces a file, sends it and has it checked; returns the id of the accepted upload. Throws `ImportFailure`. */
export async function sendFile(registry: Registry, file: string, school: string): Promise<string> {
  const announced = {
    ...(await describeFile(file)),
    name: basename(file),
    school,
    idempotencyKey: randomUUID(),
  };
  const asked = await askGraph<{ requestUpload: { upload: Upload | null; findings: { message: string }[] } }>(
    registry,
    requestUpload,
    { input: announced },
  );
  const { upload, findings } = asked.requestUpload;
  if (upload === null) throw new ImportFailure(...findings.map(({ message }) => message));
  await put(upload.url, file);
  const done = await askGraph<{ completeUpload: { upload: Upload | null } }>(registry, completeUpload, {
    input: { upload: upload.id },
  });
  const { state, problem } = done.completeUpload.upload ?? {};
  if (state !== 'ACCEPTED') throw refused(problem ?? undefined);
  return upload.id;
}

/** Size and SHA-256 of a file that can be imported. */
async function describeFile(file: string): Promise<{ size: number; sha256: string; mediaType: string }> {
  const mediaType = mediaTypes[extname(file).toLowerCase()];
  const found = await stat(file).catch(() => undefined);
  if (found === undefined) throw new ImportFailure(`找不到文件 ${file}。 There is no such file.`);
  if (!found.isFile()) throw new ImportFailure(`${file} 不是文件。 This is not a file.`);
  if (mediaType === undefined) {
    throw new ImportFailure('只接受 .xlsx 工作簿或 .csv 文件。 Only .xlsx workbooks and .csv files.');
  }
  const hash = createHash('sha256');
  for await (const piece of createReadStream(file)) hash.update(piece as Buffer);
  return { size: found.size, sha256: hash.digest('hex'), mediaType };
}

async function put(url: string, file: string): Promise<void> {
  const response = await reach(url, { method: 'PUT', body: await openAsBlob(file) });
  if (!response.ok) throw refused(await problemOf(response));
  await response.body?.cancel();
}

async function problemOf(response: Response): Promise<Partial<Problem>> {
  const body = (await response.json().catch(() => ({}))) as Partial<Problem> & { errors?: Problem[] };
  return body.errors?.[0] ?? body;
}

const refused = (problem: Partial<Problem> | undefined): ImportFailure =>
  new ImportFailure(
    `文件没有被接受：${problem?.message ?? '请重新上传。'}`,
    problem?.messageEn ?? 'The file was not accepted.',
  );
