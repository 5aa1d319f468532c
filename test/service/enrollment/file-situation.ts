import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { SCOPES } from '#deploy/demo/identities.ts';
import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { createFiles, type Files } from '#libs/platform/files/files.ts';
import {
  type Answer,
  startNetwork,
  type TestNetwork,
  type TestNetworkOptions,
} from '#test/support/network.ts';
import { until } from '#test/support/until.ts';

export const ownSchool = '2114000001';
export const otherSchool = '2114000002';
export const place = 1_401_050_001;

const schoolFact = (code: string, at: number): SchoolFact => ({
  code,
  name: `学校 ${code}`,
  kind: 'PRIMARY',
  stages: [{ stage: 'PRIMARY', firstYear: 1, lastYear: 6 }],
  system: 'S63',
  ownership: 'PUBLIC',
  state: 'ACTIVE',
  authority: '140105',
  province: '140000',
  city: '140100',
  county: '140105',
  place: at,
});

export type Sent = { status: number; body: Record<string, unknown> };
export type UploadAnswer = {
  id: string;
  url: string;
  expiresAt: string;
  state: string;
};

/** One enrollment service with two schools and a registrar in each. */
export type FileSituation = {
  network: TestNetwork;
  files: Files;
  token(who: Who): Promise<string>;
  /** Announces `bytes`, or what `changes` say instead. */
  announce(who: Who, bytes: Uint8Array, changes?: Record<string, unknown>): Promise<Answer<Announced>>;
  announced(who: Who, bytes: Uint8Array, changes?: Record<string, unknown>): Promise<UploadAnswer>;
  complete(who: Who, upload: string): Promise<Answer<Completed>>;
  /** Sends a body to an address as any client would. */
  put(url: string, body: Uint8Array | ReadableStream, headers?: Record<string, string>): Promise<Sent>;
  get(url: string, headers?: Record<string, string>): Promise<Response>;
  /** Sends a part of what it promises and goes away. */
  putAndLeave(url: string, part: Uint8Array, promised: number, leaves: () => Promise<void>): Promise<void>;
  /** Names of the files that lie in the storage. */
  stored(): Promise<string[]>;
  /** What a table holds. */
  rows<Row>(text: string, parameters?: unknown[]): Promise<Row[]>;
  /** A statement of the owner of the tables. */
  asOwner(text: string): Promise<void>;
  /** Looks again and again until something is so. */
  until(what: string, isSo: () => Promise<boolean>): Promise<void>;
  stop(): Promise<void>;
};
type Who = 'registrar' | 'colleague' | 'stranger' | 'teacher';
type Announced = { requestUpload: { upload: UploadAnswer | null } };
type Completed = { completeUpload: { upload: UploadAnswer | null } };

const claims: Record<Who, { sub: string; school: string; roles: string[] }> = {
  registrar: { sub: 'registrar-1', school: ownSchool, roles: ['REGISTRAR'] },
  colleague: { sub: 'registrar-2', school: ownSchool, roles: ['REGISTRAR'] },
  stranger: { sub: 'registrar-3', school: otherSchool, roles: ['REGISTRAR'] },
  teacher: { sub: 'teacher-1', school: ownSchool, roles: ['CLASS_TEACHER'] },
};

/** Every scope: what these may not do is never for want of one. */
const scope = Object.values(SCOPES).join(' ');

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export const startFileSituation = async (
  options: Pick<TestNetworkOptions, 'withoutWorkers' | 'environment'> = {},
): Promise<FileSituation> => {
  const network = await startNetwork({ services: ['enrollment'], ...options });
  const { core, url: origin } = network.service('enrollment');
  const schools = [schoolFact(ownSchool, place), schoolFact(otherSchool, place + 1)];
  await asWorker(core.worker, async (tx) => {
    for (const fact of schools)
      await execute(
        tx,
        'insert into school_ref (code, place, authority, fact) values ($1, $2, $3, $4::jsonb)',
        [fact.code, fact.place, fact.authority, JSON.stringify(fact)],
      );
  });
  const files = createFiles(core);
  const token = (who: Who) => network.tokenFor({ level: 'SCHOOL', scope, ...claims[who] });
  const here = (url: string) => new URL(url.replace(core.config.PUBLIC_URL, origin));
  const rows = <Row>(text: string, parameters: unknown[] = []) =>
    asWorker(core.worker, (tx) => query<Row>(tx, text, parameters));
  const announce: FileSituation['announce'] = async (who, bytes, changes = {}) =>
    network.graphql<Announced>(
      'enrollment',
      await token(who),
      `mutation ($input: RequestUploadInput!) { requestUpload(input: $input) { upload { id url expiresAt state } } }`,
      {
        input: {
          idempotencyKey: uuidv7(),
          name: '张三.csv',
          mediaType: 'text/csv',
          size: bytes.length,
          sha256: sha256(bytes),
          school: claims[who].school,
          ...changes,
        },
      },
    );

  return {
    network,
    files,
    token,
    announce,
    announced: async (who, bytes, changes) => {
      const { data, errors } = await announce(who, bytes, changes);
      const upload = data?.requestUpload.upload;
      if (!upload) throw new Error(`nothing was announced: ${JSON.stringify(errors)}`);
      return upload;
    },
    complete: async (who, upload) =>
      network.graphql<Completed>(
        'enrollment',
        await token(who),
        `mutation ($input: CompleteUploadInput!) { completeUpload(input: $input) { upload { id url expiresAt state } } }`,
        { input: { upload } },
      ),
    put: async (url, body, headers = {}) => {
      const response = await fetch(here(url), {
        method: 'PUT',
        body,
        headers,
        duplex: 'half',
      } as RequestInit);
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    },
    get: (url, headers = {}) => fetch(here(url), { headers }),
    putAndLeave: (url, part, promised, leaves) =>
      new Promise((resolve) => {
        const sending = request(here(url), { method: 'PUT', headers: { 'content-length': promised } });
        sending.on('error', () => undefined);
        sending.on('close', () => resolve());
        sending.write(part, () => void leaves().finally(() => sending.destroy()));
      }),
    stored: async () => {
      const folder = core.config.FILES_DIR ?? '';
      const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
      return found.filter((each) => each.isFile()).map((each) => join(each.parentPath, each.name));
    },
    rows,
    asOwner: async (text) => {
      const client = new pg.Client({ connectionString: core.config.OWNER_DATABASE_URL });
      await client.connect();
      await client.query(text).finally(() => client.end());
    },
    until,
    stop: () => network.stop(),
  };
};
