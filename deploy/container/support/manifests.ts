import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAllDocuments } from 'yaml';

const deployFolder = fileURLToPath(new URL('../..', import.meta.url));

type Env = { name: string; value?: string };
type Container = { name: string; image?: string; command?: string[]; env?: Env[] };

/** The parts of a manifest that the checks look at. */
export type Manifest = {
  kind: string;
  metadata?: { name: string; labels?: Record<string, string> };
  spec?: {
    selector?: { matchLabels?: Record<string, string> };
    template?: { metadata?: { labels?: Record<string, string> }; spec?: { containers?: Container[] } };
  };
  resources?: string[];
  configMapGenerator?: { name: string; literals?: string[]; files?: string[] }[];
  patches?: { path: string }[];
};

export type ComposeService = {
  image?: string;
  command?: string[];
  environment?: Record<string, string>;
  volumes?: string[];
};

/** Every document of a file; throws where it is not YAML, or says a key twice. */
export const readYaml = (path: string): unknown[] =>
  parseAllDocuments(readFileSync(join(deployFolder, path), 'utf8'), { merge: true }).map((document) => {
    const [problem] = [...document.errors, ...document.warnings];
    if (problem) throw new Error(`${path}: ${problem.message}`);
    return document.toJS() as unknown;
  });

/** Every YAML file of the deployment, from the folder deploy/. */
export const yamlFiles = (): string[] =>
  ['container', 'kubernetes', 'nats'].flatMap((folder) =>
    readdirSync(join(deployFolder, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.yaml'))
      .map((file) => join(folder, file)),
  );

export const manifests = (path: string): Manifest[] => readYaml(path) as Manifest[];

export const composeServices = (): Record<string, ComposeService> => {
  const [file] = readYaml('container/compose.yaml') as { services: Record<string, ComposeService> }[];
  return file?.services ?? {};
};

const envOf = (path: string): string[] =>
  manifests(path).flatMap(({ spec }) =>
    (spec?.template?.spec?.containers ?? []).flatMap(({ env = [] }) => env.map(({ name }) => name)),
  );

const commonNames = (): string[] =>
  manifests('kubernetes/base/kustomization.yaml').flatMap(({ configMapGenerator = [] }) =>
    configMapGenerator.flatMap(({ literals = [] }) => literals.map((line) => line.split('=')[0] ?? '')),
  );

/** Names of the variables that a pod of the deployment gets, from its own file, the patches and what all have. */
export const podVariables = (deployment: string): Set<string> =>
  new Set([
    ...commonNames(),
    ...envOf('kubernetes/base/patches/pod.yaml'),
    ...(deployment === 'gateway' ? [] : envOf('kubernetes/base/patches/service.yaml')),
    ...envOf(`kubernetes/base/${deployment}.yaml`),
  ]);
