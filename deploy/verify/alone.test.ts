import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sourceTexts } from '#deploy/law/source-text.ts';
import { certificateFile, keysFile, listFile, signingWith } from '#test/support/signed-certificates.ts';
import { importsOf } from '#test/support/source-graph.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = fileURLToPath(new URL('../..', import.meta.url));
const files = sourceTexts(root, ['deploy/verify']).filter(({ path }) => !path.endsWith('.test.ts'));

describe('the command that checks certificates', () => {
  let folder = '';
  const run = (...args: string[]) =>
    spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', join(folder, 'main.ts'), ...args], {
      cwd: folder,
      encoding: 'utf8',
    });

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'verify-'));
    for (const name of readdirSync(here))
      if (!name.endsWith('.test.ts')) cpSync(join(here, name), join(folder, name));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const now = Date.now();
  const at = (time: number): string => new Date(time).toISOString();
  const signing = signingWith();
  const document = certificateFile(signing, undefined, at(now));
  const revoked = certificateFile(signing, undefined, at(now - 5_000));
  const write = (name: string, content: string | Uint8Array): void =>
    writeFileSync(join(folder, name), content);

  test('imports nothing of the project, and one package only where SM2 asks for it', () => {
    const strangers = files
      .flatMap(importsOf)
      .filter(({ to }) => !to.startsWith('deploy/verify/') && !to.startsWith('node:'));
    expect(files.length).toBeGreaterThan(5);
    expect(strangers.map(({ from, to }) => `${from} ${to}`)).toEqual([
      'deploy/verify/published-keys.ts sm-crypto-v2',
    ]);
  });

  test('runs alone in a folder with nothing but its own files, and tells by its exit code', () => {
    write('my.jws', document);
    write('revoked.jws', revoked);
    write('forged.jws', document.slice(0, -1));
    write('certificate-keys.json', keysFile(signing, at(now)));
    expect(run('my.jws')).toMatchObject({ status: 4, stdout: expect.stringContaining('没有作废名单') });
    write('certificate-revocations.jws', listFile(signing, [revoked], at(now - 1_000), at(now + 86_400_000)));
    expect(run('my.jws')).toMatchObject({ status: 0, stdout: expect.stringMatching(/^有效/), stderr: '' });
    expect(run('revoked.jws')).toMatchObject({ status: 2, stdout: expect.stringMatching(/^已作废/) });
    expect(run('forged.jws')).toMatchObject({ status: 3, stdout: expect.stringMatching(/^不真实/) });
    const json = run('my.jws', '--json');
    expect(JSON.parse(json.stdout)).toMatchObject({ state: 'VALID', certificate: { kind: 'GRADUATION' } });
  });

  test('says that a list is out of date', () => {
    write('old.jws', listFile(signing, [], at(now - 86_400_000), at(now - 1_000)));
    const { status, stdout } = run('my.jws', '--revocations', 'old.jws');
    expect({ status, stdout }).toMatchObject({
      status: 4,
      stdout: expect.stringContaining('作废名单已过期'),
    });
    expect(stdout).not.toContain('有效');
  });

  test('explains itself, and says which file it cannot use', () => {
    expect(run('--help')).toMatchObject({ status: 0, stdout: expect.stringContaining('退出码') });
    expect(run()).toMatchObject({ status: 1, stderr: expect.stringContaining('用法') });
    expect(run('--nonsense', 'x')).toMatchObject({ status: 1, stderr: expect.stringContaining('用法') });
    expect(run('none.jws')).toMatchObject({ status: 1, stderr: expect.stringContaining('none.jws') });
    write('bad.json', '{"keys":[{}]}');
    expect(run('my.jws', '--keys', 'bad.json')).toMatchObject({ status: 1, stdout: '' });
  });
});
