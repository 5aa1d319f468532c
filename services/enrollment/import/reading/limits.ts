/** Bounds of a file that is read; beyond them it is refused, never cut short. */
export type ReadingLimits = {
  /** Size of the file as it comes, bytes. */
  readonly maxFileBytes: number;
  /** Rows with content below the header. */
  readonly maxRows: number;
  /** Columns with content. */
  readonly maxColumns: number;
  /** Entries of the zip archive. */
  readonly maxEntries: number;
  /** Unpacked size of one entry, bytes. */
  readonly maxEntryBytes: number;
  /** Unpacked size of all entries that are read, bytes. */
  readonly maxTotalBytes: number;
  /** Unpacked to packed size of an entry, for entries above `ratioFreeBytes`. */
  readonly maxRatio: number;
  readonly ratioFreeBytes: number;
  /** Shared strings kept in memory, bytes; the rest is put aside encrypted. */
  readonly residentStringBytes: number;
};

const MIB = 1024 * 1024;

export const DEFAULT_LIMITS: ReadingLimits = {
  maxFileBytes: 200 * MIB,
  maxRows: 50_000,
  maxColumns: 512,
  maxEntries: 2_000,
  maxEntryBytes: 1_024 * MIB,
  maxTotalBytes: 1_536 * MIB,
  maxRatio: 200,
  ratioFreeBytes: 16 * MIB,
  residentStringBytes: 32 * MIB,
};
