import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectRoot } from './state.ts';

test('a process is told when the one that started it has been killed', async () => {
  const module = pathToFileURL(join(projectRoot, 'deploy', 'local', 'orphan.mjs')).href;
  const script = `import { whenOrphaned } from '${module}';
    const life = setInterval(() => {}, 1e9);
    whenOrphaned(() => { process.stdout.write('alone'); clearInterval(life); });
    process.stdout.write('up');`;
  const shell = spawn('/bin/sh', ['-c', '"$0" --input-type=module -e "$1" & wait', process.execPath, script]);
  const [first] = await once(shell.stdout, 'data');
  expect(String(first)).toBe('up');
  shell.kill('SIGKILL');
  const [second] = await once(shell.stdout, 'data');
  expect(String(second)).toBe('alone');
});
