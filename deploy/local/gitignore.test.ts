import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '#deploy/local/state.ts';

const git = (dir: string, ...args: string[]): string =>
  execFileSync('git', ['-C', dir, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });

test('files with personal data of children are no part of a change, the sources are', () => {
  const dir = mkdtempSync(join(tmpdir(), 'ignored-'));
  try {
    git(dir, 'init', '--quiet');
    writeFileSync(join(dir, '.gitignore'), readFileSync(join(projectRoot, '.gitignore')));
    const personal = ['pupils.xlsx', 'import-report-0123456789ab.xlsx', 'import-report-0123456789ab.csv'];
    for (const name of [...personal, 'source.ts', 'facts.csv']) writeFileSync(join(dir, name), '');
    const shown = git(dir, 'status', '--porcelain', '--untracked-files=all').trim().split('\n');
    expect(shown.sort()).toEqual(['?? .gitignore', '?? facts.csv', '?? source.ts']);
  } finally {
    rmSync(dir, { recursive: true });
  }
});
