import { crc32, deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { pdfOf } from '#test/support/files/pdf-bytes.ts';
import { sniffContent } from '../sniff.ts';
import { inspectContent } from './inspect-content.ts';

const chunk = (kind: string, content: Buffer): Buffer => {
  const named = Buffer.concat([Buffer.from(kind, 'latin1'), content]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(content.length);
  frame.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)]);
};
const png = (width = 2, height = 2): Buffer => {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width);
  head.writeUInt32BE(height, 4);
  head[8] = 8;
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.alloc(6))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
};
const jpeg = (width = 2, height = 2): Buffer => {
  const frame = Buffer.from([0xff, 0xc0, 0, 11, 8, 0, 0, 0, 0, 1, 1, 0x11, 0]);
  frame.writeUInt16BE(height, 5);
  frame.writeUInt16BE(width, 7);
  const scan = Buffer.from([0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 1, 2, 3, 0xff, 0xd9]);
  return Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 1]), frame, scan]);
};
/** An empty zip archive: its end alone. */
const zip = Buffer.concat([Buffer.from('PK\x05\x06', 'latin1'), Buffer.alloc(18)]);

const pictures = [
  ['image/png', png],
  ['image/jpeg', jpeg],
] as const;

describe.each(pictures)('a picture (%s)', (mediaType, make) => {
  it('is taken as it comes from a scanner', async () => {
    expect(await inspectContent(make(), mediaType)).toBeUndefined();
    expect(await inspectContent(make(9_900, 10_000), mediaType)).toBeUndefined();
  });

  it('is refused when it would unfold to an enormous one', async () => {
    for (const [width, height] of [
      [20_001, 1],
      [1, 20_001],
      [10_001, 10_000],
    ])
      expect(await inspectContent(make(width, height), mediaType)).toBe('IMAGE_TOO_LARGE');
  });

  it('is refused wherever it is cut', async () => {
    const whole = make();
    for (let length = 8; length < whole.length - 1; length++)
      expect(await inspectContent(whole.subarray(0, length), mediaType)).toBe('FILE_CUT_OFF');
  });

  it('is refused when it is an archive or a document as well', async () => {
    expect(await inspectContent(Buffer.concat([make(), zip]), mediaType)).toBe('FILE_AMBIGUOUS');
    const [start, rest] = [make().subarray(0, 8), make().subarray(8)];
    expect(await inspectContent(Buffer.concat([start, Buffer.from('%PDF-1.7'), rest]), mediaType)).toBe(
      'FILE_AMBIGUOUS',
    );
  });
});

it('a PNG is refused when a byte of it was changed', async () => {
  const whole = png();
  for (let at = 8; at < whole.length; at++) {
    const changed = Buffer.from(whole);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(await inspectContent(changed, 'image/png')).toBeDefined();
  }
});

it('a picture with an archive behind it is refused, whatever stands around the archive', async () => {
  const start = Buffer.from('PK\x03\x04', 'latin1');
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ maxLength: 300 }),
      fc.uint8Array({ maxLength: 300 }),
      fc.constantFrom(start, zip),
      async (before, after, archive) => {
        const whole = Buffer.concat([jpeg(), before, archive, after]);
        expect(await inspectContent(whole, 'image/jpeg')).toBe('FILE_AMBIGUOUS');
        const drawn = Buffer.concat([png(), before, archive, after]);
        expect(await inspectContent(drawn, 'image/png')).toBe('FILE_AMBIGUOUS');
      },
    ),
  );
});

it('an archive within the comment of a picture is one too', async () => {
  const comment = Buffer.concat([Buffer.from([0xff, 0xfe, 0, 2 + zip.length]), zip]);
  const whole = Buffer.concat([jpeg().subarray(0, 2), comment, jpeg().subarray(2)]);
  expect(await inspectContent(whole, 'image/jpeg')).toBe('FILE_AMBIGUOUS');
});

it('what cameras write behind a JPEG does not matter', async () => {
  const whole = Buffer.concat([jpeg(), Buffer.from('SEFT of a camera')]);
  expect(await inspectContent(whole, 'image/jpeg')).toBeUndefined();
});

it('a document that is an archive as well is refused', async () => {
  expect(await inspectContent(Buffer.concat([pdfOf(), zip]), 'application/pdf')).toBe('FILE_AMBIGUOUS');
});

it('SVG and HTML are of no kind that anybody may hand in', () => {
  for (const text of [
    '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    '<?xml version="1.0"?><svg/>',
    '<!DOCTYPE html>',
  ])
    expect(sniffContent(Buffer.from(text))).toBeUndefined();
});
