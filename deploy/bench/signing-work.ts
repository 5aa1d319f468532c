import { parentPort, workerData } from 'node:worker_threads';
import { readPublishedKeys } from '#deploy/verify/published-keys.ts';
import { readRevocations } from '#deploy/verify/revocations.ts';
import { verifyCertificate } from '#deploy/verify/verify.ts';
import { leastDataOf } from '#libs/law/certificate/electronic.ts';
import { certificateNumber } from '#libs/law/certificate/number.ts';
import { SigningKeys } from '#libs/platform/signing/keys.ts';
import { publishedKeys } from '#libs/platform/signing/published-keys.ts';
import { signRevocationList } from '#libs/platform/signing/revocation-list.ts';
import { documentDigest, signDocument } from '#libs/platform/signing/signed-document.ts';
import { createSigning } from '#libs/platform/signing/signing.ts';

/** What one thread is asked: the keys, and for how many milliseconds it signs and then checks. */
export type SigningWork = { keys: unknown; millis: number };
/** Rates of one thread. */
export type SigningRates = { signed: number; verified: number };

const revokedAlready = 10_000;
const issuedAt = new Date().toISOString();

const certificate = (serial: number) =>
  leastDataOf({
    number: certificateNumber({ issuer: '140100', kind: 'GRADUATION', year: 2026, serial }),
    kind: 'GRADUATION',
    stage: 'SENIOR',
    holderName: `某${serial}`,
    schoolName: '太原市第五中学校',
    issuerName: '太原市教育局',
    endedIn: '2026-06',
    issuedOn: '2026-06-28',
  });

/** Does something over and over for so long; how often it was done each second. */
const rateOf = (millis: number, once: (turn: number) => void): number => {
  const begun = performance.now();
  let turns = 0;
  while (performance.now() - begun < millis) once(turns++);
  return (turns / (performance.now() - begun)) * 1000;
};

const work = async ({ keys, millis }: SigningWork): Promise<SigningRates> => {
  const signing = createSigning(SigningKeys.parse(keys));
  const documents: string[] = [];
  const signed = rateOf(millis, (turn) => {
    documents.push(signDocument(signing, 'xueji-certificate', certificate(turn + 1), issuedAt));
  });
  const published = await readPublishedKeys(
    Buffer.from(JSON.stringify(publishedKeys(signing.keys, issuedAt))),
  );
  const digests = Array.from({ length: revokedAlready }, (_, at) => documentDigest(String(at)));
  const nextUpdate = new Date(Date.parse(issuedAt) + 86_400_000).toISOString();
  const now = Date.now();
  const list = readRevocations(
    Buffer.from(signRevocationList(signing, digests, issuedAt, nextUpdate)),
    published,
    now,
  );
  const files = documents.map((document) => Buffer.from(document));
  const verified = rateOf(millis, (turn) => {
    const verdict = verifyCertificate(files[turn % files.length] ?? Buffer.alloc(0), published, list, now);
    if (verdict.state !== 'VALID') throw new Error('a genuine certificate was not valid');
  });
  return { signed, verified };
};

parentPort?.postMessage(await work(workerData as SigningWork));
