import { readDocumentNumber } from '#libs/law/identity/document-number.ts';
import { countInWindows, type Limit } from '#libs/platform/limits/windows.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { enquiryCounts } from './tables.ts';

/** What one person may ask, a call centre in all, and what may be asked about one document (ours: no text names a number). */
const OF_PERSON: Limit = { most: 30, seconds: 600 };
const OF_UNIT: Limit = { most: 600, seconds: 600 };
const OF_DOCUMENT: Limit = { most: 5, seconds: 3600 };

/**
 * Counts an enquiry before it is looked at, by keyed hashes. Throws RATE_LIMITED with the seconds until one may ask again; the
 * same whether anybody has that document or not (ID-29).
 */
export const countEnquiry = async (
  { worker, sealing, clock }: Pick<ServiceCore, 'worker' | 'sealing' | 'clock'>,
  { by, unit, document }: { by: string; unit: string; document: string },
): Promise<void> => {
  const now = Date.parse(clock.now());
  const key = (what: string, value: string): Buffer => sealing.hash(`number enquiry ${what}`, value);
  const { holder } = readDocumentNumber(document);
  await countInWindows(worker, enquiryCounts, [{ key: key('by', by), limit: OF_PERSON }], now);
  const shared = [
    { key: key('at', unit), limit: OF_UNIT },
    { key: key('of', holder), limit: OF_DOCUMENT },
  ];
  await countInWindows(worker, enquiryCounts, shared, now);
};
