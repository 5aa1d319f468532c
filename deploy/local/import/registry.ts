import { decodeJwt } from 'jose';
import { ImportFailure } from '#deploy/local/import/failure.ts';
import type { Access } from '#deploy/local/import/options.ts';
import { readReady } from '#deploy/local/ready.ts';

/** The registry that is asked, and in whose name. */
export type Registry = {
  graphUrl: string;
  token: string;
  /** The school that the token speaks for, if it names one. */
  school: string | undefined;
};

/** Finds the registry: the one given by hand, or the one that runs from this folder. Throws `ImportFailure`. */
export function findRegistry({ as, url, token }: Access, readyFile: string): Registry {
  if (url !== undefined && token !== undefined) return registryAt(url, token);
  const ready = readReady(readyFile);
  if (ready === undefined) {
    throw new ImportFailure(
      '没有正在运行的学籍系统，请先在另一个窗口运行 npm start。',
      'No registry runs from this folder: start one with npm start, or name one with --url and --token.',
    );
  }
  const identity = ready.identities.find(({ name }) => name === as);
  if (identity === undefined) {
    const names = ready.identities.map(({ name }) => name).join(', ');
    throw new ImportFailure(`没有演示身份 ${as}。 There is no demo identity ${as}.`, `可用 Known: ${names}`);
  }
  return registryAt(ready.graphUrl, identity.token);
}

function registryAt(graphUrl: string, token: string): Registry {
  if (!URL.canParse(graphUrl)) throw new ImportFailure(`${graphUrl} 不是网址。 This is no address.`);
  return { graphUrl, token, school: schoolIn(token) };
}

function schoolIn(token: string): string | undefined {
  try {
    const { school } = decodeJwt(token);
    return typeof school === 'string' ? school : undefined;
  } catch {
    throw new ImportFailure('登录凭证不是有效的令牌。 The token is not a JWT.');
  }
}
