import { SERVICES } from '#libs/contracts/vocabulary.ts';
import { ConfigError, readConfig } from '#libs/platform/config/config.ts';
import { provision } from '#libs/platform/database/provision.ts';
import { ProvisionConfig } from './provision-config.ts';

/** Makes the database with a schema and three roles for each service; safe to repeat. Says what it made, no secrets. */
try {
  const config = readConfig(ProvisionConfig, process.env);
  const made = await provision({
    adminUrl: config.ADMIN_DATABASE_URL,
    database: config.DATABASE_NAME,
    services: SERVICES,
    secret: config.DATABASE_SECRET,
  });
  process.stdout.write(`${config.DATABASE_NAME}: ${[...made.keys()].join(', ')}\n`);
} catch (error) {
  const code = (error as { code?: unknown }).code;
  const told = error instanceof ConfigError ? error.message : `The database was not made (${String(code)}).`;
  process.stderr.write(`${told}\n`);
  process.exitCode = 1;
}
