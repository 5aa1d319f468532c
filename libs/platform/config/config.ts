import { z } from 'zod';
import { SigningKeys } from '../signing/keys.ts';
import { askWhatABucketNeeds, filesInObjectStorage } from './files-config.ts';

const Url = z.string().refine((text) => URL.canParse(text), { message: 'not an address' });
const Base64Key = z.string().refine((text) => Buffer.from(text, 'base64').length === 32, {
  message: 'not 32 bytes in base64',
});

/** Keys by id, and which of them encrypts from now on; the others only decrypt. */
export const KeyRing = z
  .object({ current: z.string().min(1).max(16), keys: z.record(z.string(), Base64Key) })
  .refine((ring) => ring.keys[ring.current] !== undefined, {
    message: 'the current key is not among the keys',
  });
export type KeyRing = z.infer<typeof KeyRing>;

const json = (text: string, context: z.RefinementCtx): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'not JSON' });
    return z.NEVER;
  }
};

/** What one service needs from its surroundings; the names are those of the environment variables. */
const settings = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(0),
  HOST: z.string().default('127.0.0.1'),
  DATABASE_URL: Url.describe('the request role'),
  WORKER_DATABASE_URL: Url.describe('the worker role'),
  OWNER_DATABASE_URL: Url.describe('the owner, for schema steps'),
  NATS_URL: Url,
  NATS_USER: z.string().optional(),
  NATS_PASSWORD: z.string().optional(),
  NATS_PREFIX: z
    .string()
    .regex(/^[a-z0-9_]+$/)
    .default('xueji'),
  NATS_REPLICAS: z.coerce.number().int().min(1).max(5).default(1).describe('of each stream, when it is made'),
  OIDC_ISSUER: Url,
  OIDC_JWKS_URL: Url,
  OIDC_AUDIENCE: z.string().min(1),
  OIDC_ACR_TWO_FACTORS: z
    .string()
    .transform((text) => text.split(' ').filter((value) => value !== ''))
    .refine((values) => values.length > 0, { message: 'no value' })
    .describe('values of acr, parted by spaces, that stand for a sign-in with a second factor'),
  KEY_RING: z.string().transform(json).pipe(KeyRing),
  HASH_KEY: Base64Key,
  SIGNING_KEYS: z
    .string()
    .transform(json)
    .pipe(SigningKeys)
    .optional()
    .describe('keys of electronic certificates'),
  CLOCK: z
    .union([z.literal('real'), z.iso.datetime({ offset: true })])
    .default('real')
    .describe('real, or the instant at which a simulated clock begins'),
  CHECKS_PER_ADDRESS: z.coerce.number().int().min(1).default(20).describe('of certificates, a minute'),
  CHECKS_PER_NUMBER: z.coerce.number().int().min(1).default(10).describe('of one number, in ten minutes'),
  CHECKS_IN_ALL: z.coerce.number().int().min(1).default(6_000).describe('of certificates, a minute'),
  FILES_DIR: z.string().min(1).optional().describe('folder of files, where they lie on this machine'),
  ...filesInObjectStorage,
  POPULATION_REGISTER_URL: Url.optional(),
  PUBLIC_URL: Url.default('http://127.0.0.1:4000'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  HEAL_AFTER_MS: z.coerce.number().int().min(50).default(5_000),
  POOL_SIZE: z.coerce.number().int().min(1).max(100).default(8),
  OTEL_EXPORTER_OTLP_ENDPOINT: Url.optional(),
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).default(1).describe('share of traces recorded'),
});
export const ServiceConfig = settings.superRefine(askWhatABucketNeeds);
export type ServiceConfig = z.infer<typeof ServiceConfig>;

/** Every problem of a configuration at once; values are never repeated. */
export class ConfigError extends Error {
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(
      `The configuration has ${problems.length} problem(s):\n${problems.map((line) => `  - ${line}`).join('\n')}`,
    );
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

/** Reads a configuration; throws a ConfigError that names every variable that is missing or wrong. */
export const readConfig = <Shape extends z.ZodObject>(
  shape: Shape,
  env: Record<string, string | undefined>,
): z.infer<Shape> => {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = shape.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new ConfigError(
    parsed.error.issues.map((issue) => {
      const name = issue.path.join('.');
      const missing = given[String(issue.path[0])] === undefined;
      return `${name}: ${missing ? 'missing' : issue.message}`;
    }),
  );
};
