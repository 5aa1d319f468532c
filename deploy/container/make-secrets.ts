import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { asEnvFile, asManifests, newRoots, type Places, secretsOf } from './secrets.ts';

/**
 * Makes the secrets of a new installation, once:
 *
 *   node deploy/container/make-secrets.ts compose                       -> deploy/container/.env (mode 0600)
 *   node deploy/container/make-secrets.ts kubernetes | kubectl apply -f -
 *
 * The keys encrypt ID numbers: lost keys are lost numbers. Keep a copy in a safe place before the first registration.
 */
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    postgres: { type: 'string', default: 'postgres:5432' },
    admin: { type: 'string', default: 'postgres' },
    database: { type: 'string', default: 'xueji' },
    namespace: { type: 'string', default: 'xueji' },
  },
});
const places: Places = {
  postgres: values.postgres,
  adminUser: values.admin,
  database: values.database,
};

const writeEnvFile = (): void => {
  const file = new URL('./.env', import.meta.url);
  const { adminPassword, ...others } = newRoots();
  const text = asEnvFile(secretsOf({ adminPassword, ...others }, places));
  writeFileSync(file, `${text}POSTGRES_PASSWORD='${adminPassword}'\n`, { mode: 0o600, flag: 'wx' });
  process.stderr.write(
    'deploy/container/.env was written. Add OIDC_ISSUER, OIDC_JWKS_URL, OIDC_AUDIENCE and OIDC_ACR_TWO_FACTORS.\n',
  );
};

try {
  if (positionals[0] === 'compose') writeEnvFile();
  else if (positionals[0] === 'kubernetes')
    process.stdout.write(asManifests(secretsOf(newRoots(), places), values.namespace));
  else throw new Error('Say for what: compose or kubernetes.');
} catch (error) {
  const exists = (error as { code?: unknown }).code === 'EEXIST';
  const told = exists ? 'deploy/container/.env exists already: its keys are not replaced.' : String(error);
  process.stderr.write(`${told}\n`);
  process.exitCode = 1;
}
