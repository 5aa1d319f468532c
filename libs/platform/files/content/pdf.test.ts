import { randomBytes } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { type PdfOptions, packed, pdfOf, streamOf } from '#test/support/files/pdf-bytes.ts';
import { inspectPdf } from './pdf.ts';

const script = '<< /S /JavaScript /JS (app.alert\\(1\\)) >>';

describe('a paper in PDF', () => {
  it.each<[string, PdfOptions]>([
    ['a plain page', {}],
    ['a page that is shown first', { catalog: '/OpenAction [3 0 R /XYZ null null 0]' }],
    [
      'the same as an object of its own',
      { catalog: '/OpenAction 5 0 R', more: [{ number: 5, body: '[3 0 R /Fit]' }] },
    ],
    [
      'the same as an action, packed',
      {
        catalog: '/OpenAction 6 0 R',
        more: [
          {
            number: 5,
            body: packed([
              { number: 7, body: '(words)' },
              { number: 6, body: '<< /S /GoTo /D [3 0 R /Fit] >>' },
            ]),
          },
        ],
      },
    ],
    [
      'objects that are packed',
      { more: [{ number: 5, body: packed([{ number: 6, body: '<< /Producer (Scanner) >>' }]) }] },
    ],
    [
      'a picture of random bytes',
      { more: [{ number: 5, body: streamOf(randomBytes(3_000_000), '/Subtype /Image /Filter /DCTDecode') }] },
    ],
    ['words that speak of scripts', { more: [{ number: 5, body: '<< /Title (On JavaScript and JS) >>' }] }],
  ])('may be %s', (_, options) => {
    expect(inspectPdf(pdfOf(options))).toBeUndefined();
  });

  const hidden: [string, PdfOptions][] = [
    ['a script that runs when it is opened', { catalog: `/OpenAction ${script}` }],
    [
      'the same as an object of its own',
      { catalog: '/OpenAction 5 0 R', more: [{ number: 5, body: script }] },
    ],
    ['a script by name', { catalog: `/Names << /JavaScript << /Names [(a) ${script}] >> >>` }],
    [
      'a script whose names are spelled in numbers',
      { catalog: '/OpenAction << /S /J#61vaScript /#4A#53 (1) >>' },
    ],
    [
      'a script that is packed',
      { catalog: '/OpenAction 6 0 R', more: [{ number: 5, body: packed([{ number: 6, body: script }]) }] },
    ],
    [
      'a script that is packed in a stream whose kind is spelled in numbers',
      {
        more: [
          {
            number: 5,
            body: Buffer.from(
              packed([{ number: 6, body: script }])
                .toString('latin1')
                .replace('/ObjStm', '/Obj#53tm'),
              'latin1',
            ),
          },
        ],
      },
    ],
    [
      'a script between words that look like a stream',
      { more: [{ number: 5, body: `(stream\n) ${script} (endstream)` }] },
    ],
    ['a program that is started', { catalog: '/OpenAction << /S /Launch /F (cmd.exe) >>' }],
    ['another file', { more: [{ number: 5, body: streamOf(Buffer.from('MZ'), '/Type /EmbeddedFile') }] }],
    ['a list of other files', { catalog: '/Names << /EmbeddedFiles << /Names [] >> >>' }],
    [
      'an address that is visited when it is opened',
      { catalog: '/OpenAction << /S /URI /URI (http://a.example) >>' },
    ],
    [
      'an action of a page',
      { more: [{ number: 5, body: '<< /AA << /O << /S /URI /URI (http://a.example) >> >> >>' }] },
    ],
    ['a form of XFA', { catalog: '/AcroForm << /XFA 5 0 R >>' }],
    [
      'a form that is sent somewhere',
      { more: [{ number: 5, body: '<< /S /SubmitForm /F (http://a.example) >>' }] },
    ],
    ['something that opens another document', { more: [{ number: 5, body: '<< /S /GoToR /F (b.pdf) >>' }] }],
    ['an action that nobody finds', { catalog: '/OpenAction 99 0 R' }],
  ];
  it.each(hidden)('is refused with %s', (_, options) => {
    expect(inspectPdf(pdfOf(options))).toBe('PDF_ACTIVE');
  });

  it.each<[string, string, PdfOptions]>([
    [
      'PDF_ENCRYPTED',
      'encrypted',
      { trailer: '/Encrypt 5 0 R', more: [{ number: 5, body: '<< /Filter /Standard >>' }] },
    ],
    [
      'PDF_NOT_READABLE',
      'packed in a way that is not looked into',
      {
        more: [
          {
            number: 5,
            body: streamOf(
              Buffer.from('x'),
              '/Type /ObjStm /N 1 /First 4 /Filter [/ASCIIHexDecode /FlateDecode]',
            ),
          },
        ],
      },
    ],
    [
      'PDF_NOT_READABLE',
      'packed and damaged',
      {
        more: [
          {
            number: 5,
            body: streamOf(Buffer.from('no zlib at all'), '/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode'),
          },
        ],
      },
    ],
    [
      'FILE_UNPACKS_TOO_LARGE',
      'a bomb',
      {
        more: [
          {
            number: 5,
            body: streamOf(
              deflateSync(Buffer.alloc(70 * 1024 * 1024)),
              '/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode',
            ),
          },
        ],
      },
    ],
  ])('is refused %s when it is %s', (code, _, options) => {
    expect(inspectPdf(pdfOf(options))).toBe(code);
  });

  it('is refused when it is cut anywhere', () => {
    const whole = pdfOf();
    fc.assert(
      fc.property(fc.integer({ min: 9, max: whole.length - 3 }), (length) => {
        expect(inspectPdf(whole.subarray(0, length))).toBe('FILE_CUT_OFF');
      }),
    );
  });

  it('is refused when something follows it', () => {
    expect(inspectPdf(Buffer.concat([pdfOf(), Buffer.from('<script>')]))).toBe('FILE_AMBIGUOUS');
    expect(inspectPdf(Buffer.concat([pdfOf(), Buffer.from(' \r\n\0')]))).toBeUndefined();
  });
});
