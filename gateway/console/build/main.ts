import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createServer } from 'vite';
import { buildConsole } from './build.ts';
import { viteOptions } from './options.ts';
import { proxied } from './proxied.ts';

const usage = `npm run console                builds the console into .local/console, unless its sources are as they were
npm run console -- --out FOLDER   into another folder
npm run console -- --dev [--graph http://127.0.0.1:4000]
                               serves the sources at http://127.0.0.1:5173 and follows their changes, before a
                               registry that runs`;

const { values } = parseArgs({
  options: {
    out: { type: 'string', default: fileURLToPath(new URL('../../../.local/console', import.meta.url)) },
    dev: { type: 'boolean', default: false },
    graph: { type: 'string', default: 'http://127.0.0.1:4000' },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

const serve = async (graph: string): Promise<void> => {
  const proxy = Object.fromEntries(proxied.map((path) => [path, { target: graph, changeOrigin: true }]));
  const server = await createServer({ ...viteOptions, server: { host: '127.0.0.1', port: 5173, proxy } });
  await server.listen();
  server.printUrls();
};

if (values.help) process.stdout.write(`${usage}\n`);
else if (values.dev) await serve(values.graph);
else {
  const began = performance.now();
  const outcome = await buildConsole(values.out);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  process.stdout.write(
    outcome === 'BUILT' ? `The console is built (${seconds} s).\n` : 'The console is as its sources are.\n',
  );
}
