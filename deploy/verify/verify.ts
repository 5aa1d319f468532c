import { type CertificateData, certificateData } from './certificate-data.ts';
import type { PublishedKeys } from './published-keys.ts';
import type { Revocations } from './revocations.ts';
import { stateOfSignature } from './signature.ts';
import { readSignedText } from './signed-text.ts';

/** Why it cannot be said here whether a genuine certificate still holds. */
export type Doubt =
  | 'KEYS_OUT_OF_DATE'
  | 'NO_LIST'
  | 'LIST_NOT_GENUINE'
  | 'LIST_OUT_OF_DATE'
  | 'KEY_COMPROMISED_SINCE';

/** What a check found; `listOf`: when the list was made. Of what is forged nothing is repeated. */
export type Verdict =
  | { state: 'VALID'; certificate: CertificateData; listOf: string }
  | { state: 'REVOKED'; certificate: CertificateData }
  | { state: 'UNDECIDED'; certificate: CertificateData; doubts: Doubt[] }
  | { state: 'FORGED'; why: 'ALTERED' | 'UNKNOWN_KEY' };

const most = 16_384;
const altered: Verdict = { state: 'FORGED', why: 'ALTERED' };

/**
 * Checks one electronic certificate with nothing but the published keys and the list of what was revoked. VALID only
 * where the list is genuine and in date; a genuine certificate that cannot be decided on says why. `revocations`:
 * undefined where no list was given, 'NOT_GENUINE' where the one given is none. `now` in milliseconds.
 */
export const verifyCertificate = (
  document: Uint8Array,
  keys: PublishedKeys,
  revocations: Revocations | 'NOT_GENUINE' | undefined,
  now: number,
): Verdict => {
  const text = readSignedText(document, most);
  const certificate = text?.typ === 'xueji-certificate' ? certificateData(text.payload) : undefined;
  if (text === undefined || certificate === undefined) return altered;
  const signature = stateOfSignature(text, keys, now);
  if (signature === 'BAD') return altered;
  if (signature === 'UNKNOWN_KEY') return { state: 'FORGED', why: 'UNKNOWN_KEY' };
  const list = typeof revocations === 'object' ? revocations : undefined;
  if (list?.digests.has(text.digest)) return { state: 'REVOKED', certificate };
  const doubts: Doubt[] = [];
  if (signature === 'DOUBTFUL') doubts.push('KEY_COMPROMISED_SINCE');
  if (keys.nextUpdate <= now) doubts.push('KEYS_OUT_OF_DATE');
  if (revocations === undefined) doubts.push('NO_LIST');
  if (revocations === 'NOT_GENUINE') doubts.push('LIST_NOT_GENUINE');
  if (list !== undefined && list.nextUpdate <= now) doubts.push('LIST_OUT_OF_DATE');
  if (list === undefined || doubts.length > 0) return { state: 'UNDECIDED', certificate, doubts };
  return { state: 'VALID', certificate, listOf: new Date(list.issuedAt).toISOString() };
};
