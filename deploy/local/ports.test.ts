import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  busyPort,
  forbiddenPort,
  freePort,
  holderOfPort,
  isPortFree,
  keptPort,
  type Obstacle,
  obstacleAt,
  obstacleOf,
} from '#deploy/local/ports.ts';

const dir = mkdtempSync(join(tmpdir(), 'ports-'));
afterAll(() => rmSync(dir, { recursive: true }));

async function listening(host: string): Promise<{ port: number; server: Server }> {
  const port = await freePort();
  const server = createServer().listen(port, host);
  await once(server, 'listening');
  return { port, server };
}

test.each(['127.0.0.1', '0.0.0.0', '::'])(
  'a port on which somebody listens at %s is busy, with a name',
  async (host) => {
    const { port, server } = await listening(host);
    expect(await isPortFree(port)).toBe(false);
    expect(holderOfPort(port)).toContain(`pid ${process.pid}`);
    expect(busyPort(port)).toMatch(`Port ${port} is taken by `);
    server.close();
    await once(server, 'close');
    expect(await isPortFree(port)).toBe(true);
    expect(holderOfPort(port)).toBeUndefined();
  },
);

test('a remembered port is used again while it is free', async () => {
  const file = join(dir, 'kept');
  const first = await keptPort(file);
  expect(await keptPort(file)).toBe(first);
  const server = createServer().listen(first, '127.0.0.1');
  await once(server, 'listening');
  const other = await keptPort(file);
  server.close();
  expect(other).not.toBe(first);
  expect(readFileSync(file, 'utf8')).toBe(String(other));
});

test.each(['', 'x', '0', '70000', '-1'])('a port file that says %j is replaced', async (content) => {
  const file = join(dir, 'broken');
  writeFileSync(file, content);
  const port = await keptPort(file);
  expect(port).toBeGreaterThan(0);
  expect(readFileSync(file, 'utf8')).toBe(String(port));
});

test.each<[string, Obstacle | undefined]>([
  ['EACCES', 'FORBIDDEN'],
  ['EPERM', 'FORBIDDEN'],
  ['EADDRINUSE', 'TAKEN'],
  ['EADDRNOTAVAIL', undefined],
  ['EAFNOSUPPORT', undefined],
])('listening that fails with %s means the obstacle %s', (code, obstacle) => {
  expect(obstacleOf(code)).toBe(obstacle);
});

test('a port that this user may not listen on is not called taken', async () => {
  expect(await obstacleAt(80, async () => 'FORBIDDEN')).toBe('FORBIDDEN');
  expect(forbiddenPort(80)).toContain('Port 80 may not be listened on by this user');
  expect(forbiddenPort(80)).not.toContain('taken');
});
