import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const dockerfile = readFileSync(join(root, 'deploy/container/Dockerfile'), 'utf8');
const ignored = readFileSync(join(root, '.dockerignore'), 'utf8');

/** Files and folders of the project that the image gets. */
const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, sources = '']) =>
  sources.split(' '),
);

/** Every program file of the image. */
const programs = ['libs', 'services', 'gateway', 'deploy/container'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.includes('support/'))
    // Built into what browsers load, by a stage of its own.
    .filter((file) => !/^console\/(app|build)\//.test(file))
    .map((file) => join(folder, file)),
);

const importsOf = (file: string): string[] =>
  [
    ...readFileSync(join(root, file), 'utf8').matchAll(
      /^(?:import|export)\s[^;]*?from '([^']+)';|import\('([^']+)'\)/gm,
    ),
  ]
    .filter(([statement]) => !/^(?:import|export) type\s/.test(statement))
    .map(([, from, dynamic]) => from ?? dynamic ?? '');

test('the image copies what exists and what .dockerignore lets through', () => {
  for (const source of copied) {
    expect({ source, exists: existsSync(join(root, source)) }).toEqual({ source, exists: true });
    expect(ignored).toContain(`!${source}\n`);
  }
});

test('every program of the image imports from the image alone', () => {
  const prefixes = copied.map((source) => `#${source}/`);
  const outside = programs.flatMap((file) =>
    importsOf(file)
      .filter((name) => name.startsWith('#') && !prefixes.some((prefix) => name.startsWith(prefix)))
      .map((name) => `${file}: ${name}`),
  );
  expect(programs.length).toBeGreaterThan(100);
  expect(outside).toEqual([]);
});

test('every package that a program of the image imports is a dependency, not one of development', () => {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const packageOf = (name: string): string =>
    name
      .split('/')
      .slice(0, name.startsWith('@') ? 2 : 1)
      .join('/');
  const foreign = programs.flatMap((file) =>
    importsOf(file)
      .filter((name) => !name.startsWith('#') && !name.startsWith('.') && !isBuiltin(name))
      .map((name) => ({ file, package: packageOf(name) })),
  );
  expect(new Set(foreign.map((each) => each.package)).size).toBeGreaterThan(15);
  expect(foreign.filter((each) => dependencies[each.package] === undefined)).toEqual([]);
});

test('the image runs as a user of its own, and names no registry', () => {
  expect(dockerfile).toMatch(/^USER 10001:10001$/m);
  const bases = [...dockerfile.matchAll(/^(?:FROM|ARG NODE_IMAGE=)\s*(\S+)/gm)].map(([, name]) => name);
  expect([...new Set(bases)]).toEqual(['node:24-slim', expect.stringMatching(/^\$\{NODE_IMAGE\}$/)]);
});
