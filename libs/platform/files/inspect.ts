import { createHash } from 'node:crypto';
import { contentOf, type MediaType } from './media-types.ts';
import { FileRefused } from './problems.ts';
import { headLength, sniffContent } from './sniff.ts';

/** What was said of a file before it came: size in bytes, SHA-256, media type. */
export type Announced = { size: number; sha256: Uint8Array; mediaType: MediaType };

/**
 * Passes a file on while it is checked against what was announced. Nothing is passed on before its kind is known;
 * throws FileRefused as soon as something does not fit, at the end for what only the whole can tell.
 */
export async function* inspect(
  source: AsyncIterable<Uint8Array>,
  announced: Announced,
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  const held: Uint8Array[] = [];
  let size = 0;
  let isKnown = false;
  for await (const piece of source) {
    size += piece.length;
    if (size > announced.size) throw new FileRefused('FILE_TOO_LARGE');
    hash.update(piece);
    held.push(piece);
    if (!isKnown && size < headLength) continue;
    if (!isKnown) assertKind(held, announced.mediaType);
    isKnown = true;
    yield* held.splice(0);
  }
  if (size < announced.size) throw new FileRefused('FILE_SIZE_DIFFERS');
  if (!isKnown) assertKind(held, announced.mediaType);
  if (!hash.digest().equals(announced.sha256)) throw new FileRefused('FILE_CHECKSUM_DIFFERS');
  yield* held;
}

const assertKind = (pieces: readonly Uint8Array[], mediaType: MediaType): void => {
  const head = Buffer.concat(pieces).subarray(0, headLength);
  if (sniffContent(head) !== contentOf(mediaType)) throw new FileRefused('FILE_TYPE_NOT_SUPPORTED');
};
