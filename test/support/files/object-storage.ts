import type { ObjectStorageOptions } from '#libs/platform/files/object-storage.ts';
import { type ObjectStorageSimulator, startObjectStorage } from './object-server/server.ts';

/** A server with one bucket, and what a service needs to keep its files there. */
export type TestObjectStorage = {
  server: ObjectStorageSimulator;
  options: ObjectStorageOptions;
  /** The same as a service's configuration. */
  environment: Record<string, string>;
  /** Keys of what lies in the bucket, finished or not. */
  lying(): string[];
  close(): Promise<void>;
};

export const openObjectStorage = async (folder = 'enrollment'): Promise<TestObjectStorage> => {
  const server = await startObjectStorage();
  const { endpoint, account, bucket } = server;
  return {
    server,
    options: {
      endpoint,
      bucket: bucket.name,
      ...account,
      pathStyle: true,
      checksums: 'WHEN_SUPPORTED',
      folder,
    },
    environment: {
      FILES_S3_BUCKET: bucket.name,
      FILES_S3_ENDPOINT: endpoint,
      FILES_S3_REGION: account.region,
      FILES_S3_ACCESS_KEY_ID: account.accessKeyId,
      FILES_S3_SECRET_ACCESS_KEY: account.secretAccessKey,
    },
    lying: () =>
      [
        ...bucket.objects.keys(),
        ...[...bucket.uploads.values()].map(({ key }) => `unfinished ${key}`),
      ].sort(),
    close: () => server.close(),
  };
};
