import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  composeServices,
  manifests,
  podVariables,
  readYaml,
  yamlFiles,
} from '#deploy/container/support/manifests.ts';
import { allServices } from '#deploy/network/all-services.ts';
import { GatewayConfig } from '#gateway/config.ts';
import { SERVICES } from '#libs/contracts/vocabulary.ts';
import { readConfig, ServiceConfig } from '#libs/platform/config/config.ts';
import { ProvisionConfig } from './provision-config.ts';
import { asEnvFile, newRoots, secretsOf } from './secrets.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const services = allServices.map(({ name }) => name);

type Schema = { shape: Record<string, { safeParse(value: unknown): { success: boolean; data?: unknown } }> };

const namesOf = (schema: Schema): string[] => Object.keys(schema.shape);
/** A variable that stands for something when it is not set: it has a default. */
const hasDefault = (schema: Schema, name: string): boolean =>
  schema.shape[name]?.safeParse(undefined).data !== undefined;
const isRequired = (schema: Schema, name: string): boolean =>
  schema.shape[name]?.safeParse(undefined).success === false;

const targets: [string, Schema][] = [
  ...services.map((name): [string, Schema] => [name, ServiceConfig]),
  ['gateway', GatewayConfig],
];
const surroundings: [string, (name: string) => Set<string>][] = [
  ['Kubernetes', podVariables],
  ['compose', (name) => new Set(Object.keys(composeServices()[name]?.environment ?? {}))],
];

test.each(yamlFiles())('%s is YAML without a key that is said twice', (file) => {
  expect(readYaml(file).length).toBeGreaterThan(0);
});

describe.each(surroundings)('in %s', (_, variablesOf) => {
  test.each(targets)('%s gets no variable that its configuration does not know', (name, schema) => {
    expect([...variablesOf(name)].filter((variable) => !namesOf(schema).includes(variable))).toEqual([]);
  });

  test.each(targets)('%s gets every variable without which it does not start', (name, schema) => {
    const given = variablesOf(name);
    const missing = namesOf(schema).filter(
      (variable) => isRequired(schema, variable) && !given.has(variable),
    );
    expect(missing).toEqual([]);
  });

  test('every other variable without a default is given to somebody', () => {
    for (const schema of [ServiceConfig, GatewayConfig] as Schema[]) {
      const given = new Set(
        targets.filter(([, own]) => own === schema).flatMap(([name]) => [...variablesOf(name)]),
      );
      expect(namesOf(schema).filter((name) => !hasDefault(schema, name) && !given.has(name))).toEqual([]);
    }
  });
});

test('the variables of provisioning are given, in compose and in Kubernetes', () => {
  const job = manifests('kubernetes/provision/job.yaml').flatMap(
    ({ spec }) => spec?.template?.spec?.containers?.[0]?.env ?? [],
  );
  const names = Object.keys(ProvisionConfig.shape).sort();
  expect(job.map(({ name }) => name).sort()).toEqual(names);
  expect(Object.keys(composeServices().provision?.environment ?? {}).sort()).toEqual(names);
});

test('every service has a database, a deployment and a place in the gateway’s list, and every command exists', () => {
  expect([...SERVICES].sort()).toEqual([...services].sort());
  const listed = composeServices().gateway?.environment?.SUBGRAPH_URLS ?? '';
  expect(Object.keys(JSON.parse(listed)).sort()).toEqual([...services].sort());
  for (const name of [...services, 'gateway']) {
    const [deployment] = manifests(`kubernetes/base/${name}.yaml`);
    const container = deployment?.spec?.template?.spec?.containers?.[0];
    expect({ name, command: container?.command }).toEqual({
      name,
      command: composeServices()[name]?.command,
    });
    expect(existsSync(join(root, container?.command?.at(-1) ?? ''))).toBe(true);
    expect(deployment?.spec?.selector?.matchLabels).toEqual({ app: name });
    expect(deployment?.spec?.template?.metadata?.labels).toMatchObject({ app: name });
  }
});

test('every file that a kustomization names exists, and every manifest of the base is named', () => {
  for (const folder of ['kubernetes/base', 'kubernetes/provision', 'nats']) {
    const [kustomization] = manifests(`${folder}/kustomization.yaml`);
    const named = [
      ...(kustomization?.resources ?? []),
      ...(kustomization?.patches ?? []).map(({ path }) => path),
      ...(kustomization?.configMapGenerator ?? []).flatMap(({ files = [] }) => files),
    ];
    for (const file of named) expect(existsSync(join(root, 'deploy', folder, file))).toBe(true);
    const present = yamlFiles().filter(
      (file) => file.startsWith(`${folder}/`) && !file.endsWith('kustomization.yaml'),
    );
    expect(present.filter((file) => !named.includes(file.slice(folder.length + 1)))).toEqual([]);
  }
});

test('no manifest holds a secret: each is taken from a Secret by reference', () => {
  const secret = /PASSWORD|SECRET|KEY|DATABASE_URL/;
  for (const file of yamlFiles().filter((path) => path.startsWith('kubernetes') || path.startsWith('nats'))) {
    for (const { spec } of manifests(file)) {
      const env = spec?.template?.spec?.containers?.flatMap((container) => container.env ?? []) ?? [];
      expect(env.filter(({ name, value }) => secret.test(name) && value !== undefined)).toEqual([]);
    }
  }
  for (const { environment = {} } of Object.values(composeServices())) {
    const written = Object.entries(environment).filter(
      ([name, value]) => secret.test(name) && !value.startsWith('${'),
    );
    expect(written).toEqual([]);
  }
});

describe('the secrets of a new installation', () => {
  const roots = newRoots();
  const secrets = secretsOf(roots, { postgres: 'postgres:5432', adminUser: 'postgres', database: 'xueji' });

  test('are those that the manifests refer to', () => {
    const references = ['kubernetes', 'nats'].flatMap((folder) =>
      yamlFiles()
        .filter((file) => file.startsWith(folder))
        .flatMap((file) => [
          ...readFileSync(join(root, 'deploy', file), 'utf8').matchAll(
            /secretKeyRef: \{ name: ([\w-]+), key: (\w+) \}/g,
          ),
        ])
        .map(([, name = '', key = '']) => `${name} ${key}`),
    );
    const made = Object.entries(secrets).flatMap(([name, keys]) =>
      Object.keys(keys).map((key) => `${name} ${key}`),
    );
    expect([...new Set(references)].sort()).toEqual(made.sort());
  });

  test('give every variable that compose asks for, besides those of the issuer', () => {
    const text = readFileSync(join(root, 'deploy/container/compose.yaml'), 'utf8');
    const asked = new Set([...text.matchAll(/\$\{(\w+):\?run make-secrets/g)].map(([, name]) => name));
    const made = [...asEnvFile(secrets).matchAll(/^(\w+)='/gm)].map(([, name]) => name);
    expect([...made, 'POSTGRES_PASSWORD'].sort()).toEqual([...asked].sort());
  });

  test('are what the configuration of a service takes', () => {
    const own = { ...secrets['xueji-identity'], ...secrets['xueji-keys'], ...secrets['xueji-nats'] };
    const site = {
      OIDC_ISSUER: 'http://i',
      OIDC_JWKS_URL: 'http://i/k',
      OIDC_AUDIENCE: 'a',
      OIDC_ACR_TWO_FACTORS: 'mfa',
      NATS_URL: 'nats://n',
    };
    const config = readConfig(ServiceConfig, { ...own, ...site });
    expect(new URL(config.DATABASE_URL).username).toBe('xueji_identity_app');
    expect(new URL(config.OWNER_DATABASE_URL).username).toBe('xueji_identity_owner');
    expect(config.KEY_RING.current).toBe('k1');
  });

  test('differ from installation to installation', () => {
    const other = newRoots();
    for (const [name, value] of Object.entries(roots))
      expect({ name, other: Object.values(other).includes(value) }).toEqual({ name, other: false });
  });
});
