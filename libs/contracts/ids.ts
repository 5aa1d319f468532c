import { z } from 'zod';

/** Opaque global id, UUIDv7 in lower case. */
export const Uuid = z.uuid();
export type Uuid = z.infer<typeof Uuid>;

export const isUuid = (value: unknown): value is Uuid => Uuid.safeParse(value).success;

/** Public code of a unit of the management tree: GB/T 2260, six digits; `000000` is the ministry. */
export const UnitCode = z.string().regex(/^\d{6}$/);
export type UnitCode = z.infer<typeof UnitCode>;

/** 学校标识码, ten digits. */
export const SchoolCode = z.string().regex(/^\d{10}$/);
export type SchoolCode = z.infer<typeof SchoolCode>;

/** Position in the management tree: an integer of at most eleven digits. */
export const Place = z.int().min(0).max(99_999_999_999);

/** Calendar day, `yyyy-mm-dd`, Asia/Shanghai. */
export const Day = z.iso.date();

/** Instant, RFC 3339 with offset. */
export const Instant = z.iso.datetime({ offset: true });
