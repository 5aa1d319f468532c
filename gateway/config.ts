import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { IntrospectionRule } from './authorization/introspection.ts';
import { audiences } from './variants/audiences.ts';

const Url = z.string().refine((text) => URL.canParse(text), { message: 'not an address' });

const json = (text: string, context: z.RefinementCtx): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'not JSON' });
    return z.NEVER;
  }
};

const rate = (standard: number) => z.coerce.number().int().min(0).default(standard);
const limit = (standard: number) => z.coerce.number().int().min(1).default(standard);

/** What the gateway needs from its surroundings; the names are those of the environment variables. */
export const GatewayConfig = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(4000),
  HOST: z.string().default('127.0.0.1'),
  PUBLIC_URL: Url.default('http://127.0.0.1:4000'),
  SUPERGRAPH_FILE: z
    .string()
    .min(1)
    .optional()
    .describe('a supergraph in place of the committed one; served anew whenever the file changes'),
  SUBGRAPH_URLS: z
    .string()
    .transform(json)
    .pipe(z.record(z.string(), Url))
    .describe('service -> its /graphql'),
  FILES_URL: Url.describe('HTTP address of the service that keeps uploads and reports'),
  OIDC_ISSUER: Url,
  OIDC_JWKS_URL: Url,
  OIDC_AUDIENCE: z.string().min(1),
  NATS_URL: Url,
  NATS_USER: z.string().optional(),
  NATS_PASSWORD: z.string().optional(),
  NATS_PREFIX: z
    .string()
    .regex(/^[a-z0-9_]+$/)
    .default('xueji'),
  NATS_REPLICAS: z.coerce
    .number()
    .int()
    .min(1)
    .max(5)
    .default(1)
    .describe('of a stream or board that the gateway is the first to make'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  GATEWAY_EXECUTOR: z
    .enum(['compiled', 'stock'])
    .default('compiled')
    .describe('who puts answers together: documents compiled here, or Apollo Gateway itself'),
  AUDIENCE: z
    .enum(['everybody', ...audiences])
    .default('everybody')
    .describe('whose variant of the schema is served'),
  INTROSPECTION: IntrospectionRule.default('signed-in'),
  GRAPHIQL: z.enum(['on', 'off']).default('on'),
  CONSOLE: z.enum(['on', 'off']).default('on'),
  CONSOLE_FOLDER: z
    .string()
    .min(1)
    .default(fileURLToPath(new URL('../.local/console', import.meta.url)))
    .describe('where the console was built'),
  CONSOLE_CLIENT_ID: z
    .string()
    .min(1)
    .default('console')
    .describe('its name at the issuer (OIDC, public client)'),
  CONSOLE_SCOPE: z.string().min(1).default('openid offline_access'),
  RESPONSE_CACHE: z
    .enum(['on', 'off'])
    .default('on')
    .describe(
      'whether answers of which the schema says so are kept, and dropped by the events of the services',
    ),
  RESPONSE_CACHE_BYTES: limit(64_000_000),
  PERSISTED_QUERIES: z.enum(['off', 'measure', 'enforce']).default('off'),
  PERSISTED_QUERIES_FILE: z.string().min(1).optional().describe('an Apollo persisted query manifest'),
  MAX_DEPTH: limit(14),
  MAX_NESTED_LISTS: limit(4).describe('lists of objects within one another'),
  MAX_ALIASES: limit(30),
  MAX_DIRECTIVES: limit(50),
  MAX_DIRECTIVES_PER_FIELD: limit(5),
  MAX_TOKENS: limit(2_000),
  MAX_ROOT_FIELDS: limit(10),
  MAX_FIELDS: limit(2_000).describe('fields of an operation with its fragments written out'),
  MAX_COST: limit(100_000).describe('estimated by @cost and @listSize: one for every object of the answer'),
  ASSUMED_LIST_SIZE: limit(10).describe('entries of a list of which the schema does not tell the size'),
  MAX_PAGE: limit(200),
  MAX_BODY_BYTES: limit(1_000_000),
  MAX_UPLOAD_BYTES: limit(210_000_000),
  MAX_STREAMS_PER_CALLER: limit(10).describe('subscriptions at a time, on every transport together'),
  MAX_SOCKETS_PER_CALLER: limit(10),
  STREAM_HEARTBEAT_MS: limit(12_000),
  STREAM_DRAIN_MS: limit(30_000).describe('a stream whose reader takes nothing for so long is cut off'),
  ALLOWED_ORIGINS: z
    .string()
    .default('')
    .transform((text) => text.split(',').filter((origin) => origin !== ''))
    .describe('origins, beside that of PUBLIC_URL, whose pages may open sockets'),
  RATE_PER_CALLER: rate(6_000).describe(
    'requests a minute of one subject, or of one address without a token; 0: any',
  ),
  RATE_PER_UNIT: rate(60_000).describe('requests a minute of one school or authority at one level; 0: any'),
  TRUSTED_PROXIES: z.coerce
    .number()
    .int()
    .min(0)
    .max(5)
    .default(0)
    .describe('proxies in front that add the address of the caller to x-forwarded-for'),
  REQUEST_TIMEOUT_MS: limit(15_000),
  SUBGRAPH_TIMEOUT_MS: limit(10_000).describe(
    'for one read of a subgraph, within the time of the whole operation',
  ),
  SUBGRAPH_TIMEOUTS_MS: z
    .string()
    .transform(json)
    .pipe(z.record(z.string(), z.number().int().min(1)))
    .default({})
    .describe('service -> its own time, where that is another'),
  MAX_CALLS_PER_SUBGRAPH: limit(2_000).describe(
    'under way to one subgraph; further ones are refused at once',
  ),
  BREAKER_OPEN_MS: limit(5_000).describe(
    'how long a failing subgraph is left alone before one call tries it',
  ),
  OTEL_EXPORTER_OTLP_ENDPOINT: Url.optional(),
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).default(1).describe('share of traces recorded'),
});
export type GatewayConfig = z.infer<typeof GatewayConfig>;
