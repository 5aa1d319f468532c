import { createHash, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { inspect } from './inspect.ts';
import { csv, type MediaType, xlsx } from './media-types.ts';

const text = (size: number): Buffer => Buffer.from(randomBytes(size).toString('hex').slice(0, size));
const announcedOf = (bytes: Buffer, mediaType: MediaType = csv) => ({
  size: bytes.length,
  sha256: createHash('sha256').update(bytes).digest(),
  mediaType,
});

async function* pieces(bytes: Buffer, length: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

const passed = async (stream: AsyncIterable<Uint8Array>): Promise<{ bytes: Buffer; code?: string }> => {
  const all: Uint8Array[] = [];
  try {
    for await (const piece of stream) all.push(piece);
    return { bytes: Buffer.concat(all) };
  } catch (error) {
    return { bytes: Buffer.concat(all), code: (error as { problem: { code: string } }).problem.code };
  }
};

describe('the check of a file on its way', () => {
  it('passes on unchanged what was announced, in whatever pieces it comes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 30_000 }),
        fc.integer({ min: 1, max: 9_000 }),
        async (size, length) => {
          const bytes = text(size);
          expect(await passed(inspect(pieces(bytes, length), announcedOf(bytes)))).toEqual({ bytes });
        },
      ),
      { numRuns: 50 },
    );
  });

  it('refuses a file that is one byte longer than announced', async () => {
    const bytes = text(20_000);
    const announced = announcedOf(bytes.subarray(0, -1));
    expect(await passed(inspect(pieces(bytes, 3_000), announced))).toMatchObject({ code: 'FILE_TOO_LARGE' });
  });

  it('refuses a file that is one byte shorter than announced', async () => {
    const bytes = text(20_000);
    const cut = bytes.subarray(0, -1);
    expect(await passed(inspect(pieces(cut, 3_000), announcedOf(bytes)))).toMatchObject({
      code: 'FILE_SIZE_DIFFERS',
    });
  });

  it('refuses a file of the announced size with another content', async () => {
    const announced = announcedOf(text(20_000));
    expect(await passed(inspect(pieces(text(20_000), 3_000), announced))).toMatchObject({
      code: 'FILE_CHECKSUM_DIFFERS',
    });
  });

  it('refuses another kind before a byte of it is passed on', async () => {
    const bytes = text(20_000);
    for (const length of [1_000, 20_000]) {
      expect(await passed(inspect(pieces(bytes, length), announcedOf(bytes, xlsx)))).toEqual({
        bytes: Buffer.alloc(0),
        code: 'FILE_TYPE_NOT_SUPPORTED',
      });
    }
    const short = text(10);
    expect(await passed(inspect(pieces(short, 3), announcedOf(short, 'application/pdf')))).toEqual({
      bytes: Buffer.alloc(0),
      code: 'FILE_TYPE_NOT_SUPPORTED',
    });
  });
});
