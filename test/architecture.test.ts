import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type SourceText, sourceTexts } from '#deploy/law/source-text.ts';
import { type Export, unusedExports } from '#test/support/source-exports.ts';
import { circlesOf, type Import, importsOf, withoutStrings } from '#test/support/source-graph.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const files = sourceTexts(root, ['libs', 'services', 'gateway', 'deploy', 'test']);
const paths = new Set(files.map(({ path }) => path));

const isTest = (path: string): boolean => path.endsWith('.test.ts') || path.startsWith('test/');
const isProduct = (path: string): boolean => /^(libs|services|gateway)\//.test(path) && !isTest(path);
const fileOf = (path: string, text: string): SourceText => ({ path, text });

/** An area of the tree, and from where its files may import; packages are allowed unless they are named. */
type Area = { name: string; holds: RegExp; may: readonly RegExp[]; packages?: readonly string[] };

const serviceArea = (service: string): Area => ({
  name: `services/${service}`,
  holds: new RegExp(`^services/${service}/`),
  may: [/^libs\//, new RegExp(`^services/${service}/`)],
});

const services = [...new Set(files.flatMap(({ path }) => /^services\/([^/]+)\//.exec(path)?.[1] ?? []))];

/** What a browser is sent; everything else of the packages stays with the services. */
const consolePackages = [
  ...['react', 'react-dom/client', 'react-router', 'oidc-client-ts', 'antd', '@ant-design/icons'],
  ...['antd/locale/zh_CN', 'antd/locale/en_GB', 'graphql'],
  ...['core', 'charts', 'components', 'renderers'].map((part) => `echarts/${part}`),
  ...['', '/react', '/errors', '/link/context', '/link/error'].map((part) => `@apollo/client${part}`),
];

const areas: readonly Area[] = [
  { name: 'libs/law', holds: /^libs\/law\//, may: [/^libs\/law\//], packages: [] },
  { name: 'libs/contracts', holds: /^libs\/contracts\//, may: [/^libs\/contracts\//], packages: ['zod'] },
  { name: 'libs/platform', holds: /^libs\/platform\//, may: [/^libs\/(contracts|platform)\//] },
  ...services.map(serviceArea),
  {
    name: 'the console, which runs in browsers',
    holds: /^gateway\/console\/app\//,
    may: [/^gateway\/console\/(app\/|sections\.ts$)/],
    packages: consolePackages,
  },
  {
    name: 'gateway',
    holds: /^gateway\//,
    may: [/^gateway\/(?!console\/app\/)/, /^libs\/(contracts|platform)\//],
  },
  { name: 'deploy', holds: /^deploy\//, may: [/^(libs|services|gateway|deploy)\//] },
];

/** Subjects: what a service decides, without a database, a clock or a wire. */
const subjects: readonly RegExp[] = [
  /^services\/enrollment\/(decision|import\/form-f1)\//,
  /^services\/organization\/(school|tree)\//,
  /^services\/statistics\/stock\/(attributes|blocks|cells)\.ts$/,
  /^services\/statistics\/table\/(group|question|disclosure|labels)\.ts$/,
];
const isSubject = (path: string): boolean => subjects.some((subject) => subject.test(path));
const subjectMay: readonly RegExp[] = [
  /^libs\/(law|contracts)\//,
  /^libs\/platform\/(errors\/errors|clock\/clock)\.ts$/,
  /^services\/[^/]+\/(?!store|commands|queries|entities|jobs|registration)/,
  /^zod$/,
];

const isFile = (to: string): boolean => /\.(tsx?|mjs|json|css)$/.test(to);

const strangersOf = (imports: readonly Import[]): string[] =>
  imports
    .filter(({ from }) => !isTest(from))
    .flatMap(({ from, to }) => {
      const area = areas.find(({ holds }) => holds.test(from));
      if (area === undefined) return [`${from} belongs to no area`];
      const allowed = isFile(to)
        ? area.may.some((pattern) => pattern.test(to))
        : area.packages === undefined || area.packages.includes(to);
      const pure = !isSubject(from) || subjectMay.some((pattern) => pattern.test(to));
      return allowed && pure ? [] : [`${from} imports ${to}`];
    });

describe('imports', () => {
  const imports = files.flatMap(importsOf);

  test('are read: nearly every file has some, and what they name is there', () => {
    expect(new Set(imports.map(({ from }) => from)).size).toBeGreaterThan(paths.size * 0.8);
    const known = (to: string) =>
      paths.has(to) || /\/(generated|migrations)\//.test(to) || /\.(json|mjs|css)$/.test(to);
    const missing = imports.filter(
      ({ to }) => /^(libs|services|gateway|deploy|test)\//.test(to) && !known(to),
    );
    expect(missing.map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
  });

  test('go one way: law knows nobody, no service knows another, nobody but tests knows tests', () => {
    expect(strangersOf(imports)).toEqual([]);
  });

  test.each([
    ['libs/law/a.ts', `import { z } from 'zod';`],
    ['libs/law/a.ts', `import type { Actor } from '#libs/platform/actor/actor.ts';`],
    ['libs/contracts/a.ts', `import { v7 } from 'uuid';`],
    ['libs/platform/a.ts', `import { finding } from '../law/finding.ts';`],
    ['services/identity/a.ts', `export { currentOf } from '#services/enrollment/queries.ts';`],
    ['services/identity/a.ts', `const late = await import('../enrollment/queries.ts');`],
    ['services/identity/a.ts', `import '#test/support/rules.ts';`],
    ['services/enrollment/decision/a.ts', `import {\n  query,\n} from '#libs/platform/database/query.ts';`],
    ['gateway/a.ts', `import { x } from '#services/identity/queries.ts';`],
    ['gateway/a.ts', `import { finding } from '#libs/law/finding.ts';`],
    ['gateway/a.ts', `import { router } from './console/app/routes.tsx';`],
    ['gateway/console/app/a.tsx', `import { listen } from '../../http/server.ts';`],
    ['gateway/console/app/a.tsx', `import { z } from 'zod';`],
    ['deploy/a.ts', `import * as network from '#test/support/network.ts';`],
  ])('would be found where they do not: %s with %s', (path, text) => {
    expect(strangersOf(importsOf(fileOf(path, text)))).toHaveLength(1);
  });

  test('make no circle', () => {
    expect(circlesOf(imports)).toEqual([]);
    const circle = [
      fileOf('libs/a.ts', `import { b } from './b.ts';`),
      fileOf('libs/b.ts', `import { c } from '#libs/c.ts';`),
      fileOf('libs/c.ts', `export * from './a.ts';`),
    ];
    expect(circlesOf(circle.flatMap(importsOf))).toEqual(['libs/a.ts > libs/b.ts > libs/c.ts > libs/a.ts']);
    const types = [
      fileOf('libs/a.ts', `import type { B } from './b.ts';`),
      fileOf('libs/b.ts', `import './a.ts';`),
    ];
    expect(circlesOf(types.flatMap(importsOf))).toEqual([]);
  });
});

/** Exports that nothing in the product takes, and why they stay. */
const aheadOrForTests: Readonly<Record<string, string>> = {
  'services/statistics/stock/cells.ts cellsOf': 'what sums of changes must equal',
  'gateway/cache/changes.ts changesNothing': 'why the other events change nothing that is kept',
};

/** Where exports are taken by other means than an import in the product. */
const takenOtherwise: Readonly<Record<string, RegExp>> = {
  'rules stand in the law before a service asks them, and the table of rules says which do': /^libs\/law\//,
  'actors of the simulated year are found by their folder': /^deploy\/year\/actors\//,
  'what tests build upon': /\/(testing|fixtures|support)\//,
};

describe('what is exported', () => {
  const product = files.filter(({ path }) => !isTest(path));
  const generated = services.map((service) => ({
    path: `services/${service}/generated/types.ts`,
    text: readFileSync(join(root, `services/${service}/generated/types.ts`), 'utf8'),
  }));
  const nameOf = ({ path, name }: Export): string => `${path} ${name}`;

  test('is taken by something that is no test, or its reason is known', () => {
    const unused = unusedExports(product, [...product, ...generated]);
    const otherwise = Object.values(takenOtherwise);
    const dead = unused.filter(({ path }) => !otherwise.some((place) => place.test(path))).map(nameOf);
    expect(dead.filter((name) => aheadOrForTests[name] === undefined)).toEqual([]);
    expect(Object.keys(aheadOrForTests).filter((name) => !dead.includes(name))).toEqual([]);
    for (const place of otherwise) expect(unused.some(({ path }) => place.test(path))).toBe(true);
  });

  test('would be found where it is not', () => {
    const door = fileOf(
      'libs/door.ts',
      `export const open = 1;\nexport type Shut = 2;\nexport const half = 3;\nconst both = half;`,
    );
    const found = (...takers: string[]) =>
      unusedExports([door], [door, ...takers.map((text, at) => fileOf(`libs/near/${at}.ts`, text))]).map(
        ({ name }) => name,
      );
    expect(found()).toEqual(['open', 'Shut']);
    expect(found(`const open = 'open';`)).toEqual(['open', 'Shut']);
    expect(found(`import { type Shut, other as open } from '../door.ts';`)).toEqual(['open']);
    expect(found(`import {\n  open as shut,\n} from '#libs/door.ts';`)).toEqual(['Shut']);
    expect(found(`export { open } from '../door.ts';`, `import type { Shut } from '../door.ts';`)).toEqual(
      [],
    );
    expect(found(`import * as door from '../door.ts';`)).toEqual([]);
    expect(found(`const door = await import('../door.ts');`)).toEqual([]);
  });
});

/** Something that must not stand in a file: where it is looked for, and what it looks like. */
type Ban = {
  what: string;
  in(path: string): boolean;
  pattern: RegExp;
  raw?: boolean;
  allowed?: readonly string[];
  example: string;
};

/** A pattern out of texts, so that this file does not hold what it looks for. */
const marker = (...parts: string[]): RegExp => new RegExp(parts.join(''), 'm');

/** Places that ask the machine's clock: tokens, leases and measurements, and the one clock of business time. */
const machineTime: readonly string[] = [
  'libs/platform/clock/clock.ts',
  'libs/platform/actor/tokens.ts',
  'libs/platform/audit/sealer.ts',
  'libs/platform/service/start.ts',
  'libs/platform/telemetry/',
  'services/enrollment/jobs/job-store.ts',
  'services/certificate/issue/order-rows.ts',
  'services/statistics/jobs/job-rows.ts',
  'gateway/live/token-end.ts',
  // What a browser shows of a clock; whether something is late the graph says.
  'gateway/console/app/',
];

const bans: readonly Ban[] = [
  {
    what: 'any',
    in: () => true,
    pattern: marker('\\bas any\\b|', ':\\s*any\\b|', '<any>'),
    example: 'const x = y as any;',
  },
  {
    what: 'a silenced compiler or linter',
    in: () => true,
    raw: true,
    pattern: marker('@ts-', '(ignore|expect-error|nocheck)|biome-', 'ignore'),
    example: `// ${['@ts', 'ignore'].join('-')}`,
  },
  {
    what: 'an assertion that something is not null',
    in: () => true,
    pattern: marker('[\\w$\\])]!', '(?=[.,;:)\\]}[(]|\\s*$|\\s(?:as|\\?\\?|[-+*/<>=]))(?!==?)'),
    example: 'const x = rows[0]!.name;',
  },
  {
    what: 'the console',
    in: isProduct,
    pattern: /\bconsole\s*\./,
    example: `console.log('x');`,
  },
  {
    what: 'the machine’s clock where business time is meant',
    in: isProduct,
    pattern: /\bDate\.now\(|\bnew Date\(\s*\)/,
    allowed: machineTime,
    example: 'const today = new Date();',
  },
  {
    what: 'a path taken out of a URL, where blanks and Chinese signs are written as %20',
    in: () => true,
    pattern: /\bimport\.meta\.url\)\s*\.pathname\b/,
    example: `const root = new URL('..', import.meta.url).pathname;`,
  },
  {
    what: 'waiting in a test',
    in: isTest,
    pattern: /\bsetTimeout\b|\bsetInterval\b/,
    allowed: [
      'test/support/time-limits.ts',
      'test/support/until.ts',
      'test/support/runner/worker-process.ts',
    ],
    example: 'await new Promise((resolve) => setTimeout(resolve, 100));',
  },
];

const offences = (ban: Ban, sources: readonly (SourceText & { raw: string })[]): string[] =>
  sources
    .filter(({ path }) => ban.in(path) && !ban.allowed?.some((place) => path.startsWith(place)))
    .filter(({ text, raw }) => ban.pattern.test(ban.raw ? raw : withoutStrings(text)))
    .map(({ path }) => path);

describe('the sources', () => {
  const sources = files.map((file) => ({ ...file, raw: readFileSync(join(root, file.path), 'utf8') }));

  test.each(bans)('hold no $what', (ban) => {
    expect(offences(ban, sources)).toEqual([]);
    const where = ban.in('services/x/example.ts') ? 'services/x/example.ts' : 'test/example.test.ts';
    expect(offences(ban, [{ path: where, text: ban.example, raw: ban.example }])).toEqual([where]);
  });

  test('allow the machine’s clock only where it is used', () => {
    const clock = bans.find(({ allowed }) => allowed === machineTime);
    const unused = machineTime.filter(
      (place) => !sources.some(({ path, text }) => path.startsWith(place) && clock?.pattern.test(text)),
    );
    expect(unused).toEqual([]);
  });

  /** Facts as data: the catalogue of rules, and what is vendored. */
  const isData = (path: string): boolean => /^libs\/law\/catalogue\/|^deploy\/data\//.test(path);
  /** Tests, which may tell a whole journey, a third longer. */
  const mostLines = (path: string): number => (isTest(path) ? 400 : 300);
  const tooLong = (all: readonly { path: string; raw: string }[]): string[] =>
    all
      .filter(({ path, raw }) => !isData(path) && raw.trimEnd().split('\n').length > mostLines(path))
      .map(({ path }) => path);

  test('are short: no file is longer than three hundred lines', () => {
    expect(tooLong(sources)).toEqual([]);
    expect(tooLong([{ path: 'libs/x.ts', raw: 'a;\n'.repeat(301) }])).toEqual(['libs/x.ts']);
    expect(tooLong([{ path: 'libs/x.ts', raw: 'a;\n'.repeat(300) }])).toEqual([]);
    expect(tooLong([{ path: 'test/x.test.ts', raw: 'a;\n'.repeat(401) }])).toEqual(['test/x.test.ts']);
  });

  const nameless = (all: Iterable<string>): string[] =>
    [...all].filter((path) => /(^|\/)(utils?|helpers?|common|misc|shared)(\/|\.ts$)/.test(path));

  test('have names: no folder or file is called after nothing', () => {
    expect(nameless(paths)).toEqual([]);
    expect(nameless(['libs/utils/a.ts', 'gateway/helpers.ts', 'libs/law/common/x.ts'])).toHaveLength(3);
  });
});
