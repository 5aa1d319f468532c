import { randomBytes } from 'node:crypto';
import { SERVICES } from '#libs/contracts/vocabulary.ts';
import { databaseOf } from '#libs/platform/database/provision.ts';
import { firstKeys } from '#libs/platform/signing/rotation.ts';

/** Where the parts of an installation find one another. */
export type Places = {
  /** Host and port of PostgreSQL. */
  postgres: string;
  adminUser: string;
  database: string;
};

/** Fresh random values: of a whole installation, or taken from an earlier one. */
export type Roots = {
  adminPassword: string;
  databaseSecret: string;
  natsPassword: string;
  natsRoutePassword: string;
  keyRing: string;
  hashKey: string;
  /** Keys of electronic certificates. */
  signingKeys: string;
};

/** Begins with a letter: configuration files take a value that begins with a digit for a number. */
const password = (): string => `p${randomBytes(24).toString('base64url')}`;
const key = (): string => randomBytes(32).toString('base64');

const wholeSeconds = (instant: Date): string => `${instant.toISOString().slice(0, 19)}Z`;

export const newRoots = (): Roots => ({
  adminPassword: password(),
  databaseSecret: password(),
  natsPassword: password(),
  natsRoutePassword: password(),
  keyRing: JSON.stringify({ current: 'k1', keys: { k1: key() } }),
  hashKey: key(),
  signingKeys: JSON.stringify(firstKeys('Ed25519', wholeSeconds(new Date()))),
});

/** Secrets by name of the secret and of the variable: as Kubernetes keeps them. */
export type Secrets = Record<string, Record<string, string>>;

export const secretsOf = (roots: Roots, places: Places): Secrets => {
  const adminUrl = `postgresql://${places.adminUser}:${roots.adminPassword}@${places.postgres}/postgres`;
  const plan = {
    adminUrl,
    database: places.database,
    services: SERVICES,
    secret: roots.databaseSecret,
  };
  const databases = SERVICES.map((service) => {
    const { app, worker, owner } = databaseOf(plan, service);
    const urls = { DATABASE_URL: app, WORKER_DATABASE_URL: worker, OWNER_DATABASE_URL: owner };
    return [`xueji-${service}`, urls] as const;
  });
  return {
    'xueji-provision': { ADMIN_DATABASE_URL: adminUrl, DATABASE_SECRET: roots.databaseSecret },
    'xueji-keys': { KEY_RING: roots.keyRing, HASH_KEY: roots.hashKey },
    'xueji-signing': { SIGNING_KEYS: roots.signingKeys },
    'xueji-nats': {
      NATS_USER: 'registry',
      NATS_PASSWORD: roots.natsPassword,
      NATS_ROUTE_PASSWORD: roots.natsRoutePassword,
    },
    ...Object.fromEntries(databases),
  };
};

/** The secrets as a file of variables for compose: a variable of one service's secret gets its service's name in front. */
export const asEnvFile = (secrets: Secrets): string =>
  Object.entries(secrets)
    .flatMap(([secret, variables]) => {
      const service = SERVICES.find((name) => secret === `xueji-${name}`);
      const prefix = service === undefined ? '' : `${service.toUpperCase().replaceAll('-', '_')}_`;
      return Object.entries(variables).map(([name, value]) => `${prefix}${name}='${value}'`);
    })
    .join('\n')
    .concat('\n');

/** The secrets as a list of Kubernetes manifests (JSON is YAML). */
export const asManifests = (secrets: Secrets, namespace: string): string =>
  `${JSON.stringify({
    apiVersion: 'v1',
    kind: 'List',
    items: Object.entries(secrets).map(([name, stringData]) => ({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name, namespace },
      type: 'Opaque',
      stringData,
    })),
  })}\n`;
