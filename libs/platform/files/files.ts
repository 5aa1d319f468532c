import type { ServiceCore } from '../service/definition.ts';
import { createFileEncryption, type FileEncryption } from './encryption.ts';
import { type FileStorage, localStorage } from './storage.ts';

/** What files need of a service. */
export type FilesCore = Pick<
  ServiceCore,
  'app' | 'worker' | 'sealing' | 'clock' | 'log' | 'config' | 'tokens' | 'directory'
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
  /** After this a write that never ended, and an upload that never came, is given up, milliseconds. */
  patience: number;
};

const minute = 60_000;

export const defaultFileLimits: FileLimits = {
  maxBytes: 200 * 1024 * 1024,
  linkLife: 15 * minute,
  maxWaiting: 20,
  keptFor: 30 * 24 * 60 * minute,
  patience: 60 * minute,
};

/** The files of one service: their rows, their bytes, the keys between. */
export type Files = {
  core: FilesCore;
  storage: FileStorage;
  encryption: FileEncryption;
  limits: FileLimits;
};

/** Throws where the configuration names no FILES_DIR and no other storage is given. */
export const createFiles = (
  core: FilesCore,
  limits: Partial<FileLimits> = {},
  storage: FileStorage = localStorage(folderOf(core)),
): Files => ({
  core,
  storage,
  encryption: createFileEncryption(core.sealing),
  limits: { ...defaultFileLimits, ...limits },
});

const folderOf = (core: FilesCore): string => {
  const folder = core.config.FILES_DIR;
  if (folder === undefined) throw new Error('FILES_DIR is not set, and this service keeps files');
  return folder;
};
