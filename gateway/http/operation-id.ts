import { randomFillSync } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';

const bytesEach = 16;
const pool = Buffer.alloc(256 * bytesEach);
let used = pool.length;

/** A new UUIDv7; its random bytes are fetched for many at a time. */
export const newOperationId = (): string => {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const random = pool.subarray(used, used + bytesEach);
  used += bytesEach;
  return uuidv7({ random });
};
