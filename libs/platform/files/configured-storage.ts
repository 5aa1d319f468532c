import type { ServiceConfig } from '../config/config.ts';
import { localStorage } from './local-storage.ts';
import { objectStorage } from './object-storage.ts';
import type { FileStorage } from './storage.ts';

type Configured = Pick<
  ServiceConfig,
  | 'FILES_DIR'
  | 'FILES_S3_BUCKET'
  | 'FILES_S3_ENDPOINT'
  | 'FILES_S3_REGION'
  | 'FILES_S3_ACCESS_KEY_ID'
  | 'FILES_S3_SECRET_ACCESS_KEY'
  | 'FILES_S3_PATH_STYLE'
  | 'FILES_S3_CHECKSUMS'
>;

const given = (value: string | undefined, name: string): string => {
  if (value === undefined) throw new Error(`${name} is not set, and this service keeps files`);
  return value;
};

/** The storage that the configuration names: a bucket, or else a folder. Throws where it names none. */
export const configuredStorage = (service: string, config: Configured): FileStorage => {
  const bucket = config.FILES_S3_BUCKET;
  if (bucket === undefined) return localStorage(given(config.FILES_DIR, 'FILES_DIR'));
  return objectStorage({
    bucket,
    endpoint: given(config.FILES_S3_ENDPOINT, 'FILES_S3_ENDPOINT'),
    region: config.FILES_S3_REGION,
    accessKeyId: given(config.FILES_S3_ACCESS_KEY_ID, 'FILES_S3_ACCESS_KEY_ID'),
    secretAccessKey: given(config.FILES_S3_SECRET_ACCESS_KEY, 'FILES_S3_SECRET_ACCESS_KEY'),
    pathStyle: config.FILES_S3_PATH_STYLE,
    checksums: config.FILES_S3_CHECKSUMS,
    folder: service,
  });
};
