import type { Measure } from '../metrics/measures.ts';
import type { Need, ServiceCore } from '../service/definition.ts';
import { configuredStorage } from './configured-storage.ts';
import { createFileEncryption, type FileEncryption } from './encryption.ts';
import type { FileStorage } from './storage.ts';

/** What files need of a service. */
export type FilesCore = Pick<
  ServiceCore,
  'name' | 'app' | 'worker' | 'sealing' | 'clock' | 'log' | 'config' | 'tokens' | 'directory'
>;

export type FileLimits = {
  /** Largest upload, bytes. */
  maxBytes: number;
  /** How long the address of an upload or report is good, milliseconds. */
  linkLife: number;
  /** Uploads that one place may have announced and not yet sent. */
  maxWaiting: number;
  /** How long uploads and reports are kept, milliseconds. */
  keptFor: number;
  /** Every file is read through once in so many milliseconds. */
  checkEvery: number;
  /** Bytes that no row knows are removed when they were first seen so long ago, milliseconds. */
  looseFor: number;
  /** Files that nobody owns any more are removed when they were stored so long ago, milliseconds. */
  ownerlessFor: number;
  /** After this a write that never ended, and an upload that never came, is given up, milliseconds. */
  patience: number;
};

const minute = 60_000;
const day = 24 * 60 * minute;

export const defaultFileLimits: FileLimits = {
  maxBytes: 200 * 1024 * 1024,
  linkLife: 15 * minute,
  maxWaiting: 20,
  keptFor: 30 * day,
  checkEvery: 30 * day,
  looseFor: 7 * day,
  ownerlessFor: day,
  patience: 60 * minute,
};

/** The files of one service: their rows, their bytes, the keys between. */
export type Files = {
  core: FilesCore;
  storage: FileStorage;
  encryption: FileEncryption;
  limits: FileLimits;
};

/** Throws where the configuration names no storage and none is given. */
export const createFiles = (
  core: FilesCore,
  limits: Partial<FileLimits> = {},
  storage: FileStorage = configuredStorage(core.name, core.config),
): Files => ({
  core,
  storage,
  encryption: createFileEncryption(core.sealing),
  limits: { ...defaultFileLimits, ...limits },
});

/** What the database tells of files; alert on any fault. */
export const fileMeasures = (now: () => string): Measure[] => [
  {
    name: 'xueji_faulty_files',
    help: 'Stored files that are missing or not what was stored',
    labels: ['fault'],
    statement: `select fault, count(file_id) as value from unnest(array['DAMAGED', 'MISSING']) as fault
                left join stored_file using (fault) group by fault`,
  },
  {
    name: 'xueji_file_check_age_seconds',
    help: 'Since when the file that was checked longest ago, or never, has been waiting',
    statement: `select coalesce(max(extract(epoch from $1::timestamptz - since)), 0) as value from (
                  select coalesce(checked_at, recorded_at) as since from stored_file where state = 'KEPT'
                  order by checked_at nulls first, file_id limit 1) as first`,
    parameters: () => [now()],
  },
  {
    name: 'xueji_loose_objects',
    help: 'What lies in the storage without a row and is not removed yet',
    statement: 'select count(*) as value from loose_object',
  },
];

/** What a service that keeps files needs in order to be ready. */
export const needsStorage = ({ storage }: Files): Need => ({ name: 'files', probe: () => storage.probe() });
