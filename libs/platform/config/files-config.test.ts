import { configuredStorage } from '../files/configured-storage.ts';
import { ConfigError, readConfig, ServiceConfig } from './config.ts';

const key = Buffer.alloc(32, 7).toString('base64');
const needed = {
  DATABASE_URL: 'postgresql://db.example/app',
  WORKER_DATABASE_URL: 'postgresql://db.example/worker',
  OWNER_DATABASE_URL: 'postgresql://db.example/owner',
  NATS_URL: 'nats://nats.example',
  OIDC_ISSUER: 'https://sign-in.example',
  OIDC_JWKS_URL: 'https://sign-in.example/keys',
  OIDC_AUDIENCE: 'registry',
  OIDC_ACR_TWO_FACTORS: 'two',
  KEY_RING: JSON.stringify({ current: 'k1', keys: { k1: key } }),
  HASH_KEY: key,
};
const bucket = {
  FILES_S3_BUCKET: 'registry-files',
  FILES_S3_ENDPOINT: 'https://objects.example',
  FILES_S3_ACCESS_KEY_ID: 'registry',
  FILES_S3_SECRET_ACCESS_KEY: 'do not repeat me',
};
const problemsOf = (env: Record<string, string>): readonly string[] => {
  try {
    readConfig(ServiceConfig, { ...needed, ...env });
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
};

test('a bucket is taken with its address and keys; the rest has a standard', () => {
  expect(readConfig(ServiceConfig, { ...needed, ...bucket })).toMatchObject({
    ...bucket,
    FILES_S3_REGION: 'us-east-1',
    FILES_S3_PATH_STYLE: true,
    FILES_S3_CHECKSUMS: 'WHEN_SUPPORTED',
  });
  expect(problemsOf({ ...bucket, FILES_S3_PATH_STYLE: 'false' })).toEqual([]);
});

test('whatever a bucket lacks is named at once, and no value is repeated', () => {
  expect(problemsOf({ FILES_S3_BUCKET: 'registry-files' })).toEqual([
    'FILES_S3_ENDPOINT: missing',
    'FILES_S3_ACCESS_KEY_ID: missing',
    'FILES_S3_SECRET_ACCESS_KEY: missing',
  ]);
  const wrong = { ...bucket, FILES_S3_BUCKET: 'Not A Bucket', FILES_S3_ENDPOINT: 'do not repeat me' };
  expect(problemsOf({ ...wrong, FILES_S3_PATH_STYLE: 'perhaps' })).toEqual([
    'FILES_S3_BUCKET: not a name of a bucket',
    'FILES_S3_ENDPOINT: not an address',
    expect.stringMatching(/^FILES_S3_PATH_STYLE: /),
  ]);
});

test('a service that keeps files does not start without a place for them', () => {
  const config = readConfig(ServiceConfig, needed);
  expect(() => configuredStorage('enrollment', config)).toThrow('FILES_DIR is not set');
});
