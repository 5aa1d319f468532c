import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';

/** How a file may travel; `identity` is the file itself. */
export type Encoding = 'br' | 'gzip' | 'identity';

/** One file of the built console, with the compressed forms that the build put beside it. */
export type BuiltFile = {
  type: string;
  etag: string;
  bodies: Readonly<Partial<Record<Encoding, Buffer>>> & { readonly identity: Buffer };
};

/** The built console: files by their address, `/assets/main-X.js`; the page itself is `/index.html`. */
export type BuiltFiles = ReadonlyMap<string, BuiltFile>;

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json; charset=utf-8',
};

const endings: Readonly<Record<Exclude<Encoding, 'identity'>, string>> = { br: '.br', gzip: '.gz' };

const optionally = (file: string): Promise<Buffer | undefined> => readFile(file).catch(() => undefined);

const readBuiltFile = async (file: string, type: string): Promise<BuiltFile> => {
  const [identity, br, gzip] = await Promise.all([
    readFile(file),
    optionally(file + endings.br),
    optionally(file + endings.gzip),
  ]);
  const etag = `"${createHash('sha256').update(identity).digest('base64url')}"`;
  return { type, etag, bodies: { identity, ...(br && { br }), ...(gzip && { gzip }) } };
};

/** Reads the built console into memory, some megabytes; undefined where it is not built. */
export const readBuiltFiles = async (folder: string): Promise<BuiltFiles | undefined> => {
  const names = await readdir(folder, { recursive: true }).catch((): string[] => []);
  if (!names.includes('index.html')) return undefined;
  const files = names.flatMap((name) => {
    const type = types[extname(name)];
    return type === undefined ? [] : [{ name, type }];
  });
  return new Map(
    await Promise.all(
      files.map(async ({ name, type }): Promise<[string, BuiltFile]> => {
        const file = join(folder, name);
        return [`/${relative(folder, file).split(sep).join('/')}`, await readBuiltFile(file, type)];
      }),
    ),
  );
};
