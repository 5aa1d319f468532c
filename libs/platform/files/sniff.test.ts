import { contentOf, csv, mediaTypeOf, xlsx } from './media-types.ts';
import { sniffContent } from './sniff.ts';

const bytes = (...parts: (string | number[])[]): Buffer =>
  Buffer.concat(parts.map((part) => Buffer.from(part as string)));

describe('the kind of a content', () => {
  it.each([
    ['ZIP', bytes('PK', [3, 4, 20, 0])],
    ['PDF', bytes('%PDF-1.7\n')],
    ['PNG', bytes([0x89], 'PNG\r\n', [0x1a, 0x0a])],
    ['JPEG', bytes([0xff, 0xd8, 0xff, 0xe0])],
    ['TEXT', bytes('姓名,性别\r\n')],
    ['TEXT', bytes([0xef, 0xbb, 0xbf], '姓名')],
    ['TEXT', bytes([0xff, 0xfe, 0x41, 0])],
    ['TEXT', bytes([0xd0, 0xd5, 0xc3, 0xfb, 0x2c, 0xd0, 0xd4, 0xb1, 0xf0])],
  ])('is %s', (kind, head) => {
    expect(sniffContent(head)).toBe(kind);
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['an old workbook', bytes([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])],
    ['an empty zip archive', bytes('PK', [5, 6, 0, 0])],
    ['a program', bytes('MZ', [0x90, 0, 3, 0])],
    ['a web page', bytes('<!DOCTYPE html><html>')],
    ['a web page after a mark', bytes([0xef, 0xbb, 0xbf], '\n <html>')],
    ['a picture with scripts', bytes('<svg onload=x>')],
  ])('is none that may be handed in: %s', (_, head) => {
    expect(sniffContent(head)).toBeUndefined();
  });
});

describe('media types', () => {
  it('understands what browsers call a CSV file', () => {
    for (const said of ['text/csv', 'text/csv; charset=utf-8', 'TEXT/PLAIN', 'application/vnd.ms-excel'])
      expect(mediaTypeOf(said)).toBe(csv);
    expect(mediaTypeOf(xlsx)).toBe(xlsx);
    expect(contentOf(xlsx)).toBe('ZIP');
  });

  it('knows no others, names of objects included', () => {
    for (const said of ['', 'text/html', 'application/zip', 'constructor', '__proto__'])
      expect(mediaTypeOf(said)).toBeUndefined();
  });
});
