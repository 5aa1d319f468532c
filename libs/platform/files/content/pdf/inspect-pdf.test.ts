import { randomBytes } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { type PdfOptions, packed, pdfOf, streamOf } from '#test/support/files/pdf-bytes.ts';
import { inspectPdf } from './inspect-pdf.ts';

const script = '<< /S /JavaScript /JS (app.alert\\(1\\)) >>';

const lengthened = (length: string): string => `<< ${length} >>\nstream\n${'words '.repeat(50)}\nendstream`;

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
      { more: [{ number: 5, body: `[(stream\n) ${script} (endstream)]` }] },
    ],
    [
      'a script that a name elsewhere makes one',
      {
        catalog: '/OpenAction [3 0 R /Fit]',
        more: [
          { number: 5, body: '<< /S 6 0 R >>' },
          { number: 6, body: '/JavaScript' },
        ],
      },
    ],
    [
      'a script in a tree of names',
      {
        catalog: '/Names 5 0 R',
        more: [
          { number: 5, body: '<< /#4Aav#61Script 6 0 R >>' },
          { number: 6, body: '<< /Kids [7 0 R] >>' },
          { number: 7, body: '<< /Names [(a) << >>] >>' },
        ],
      },
    ],
    [
      'an action that follows a place that is shown',
      {
        catalog: '/OpenAction << /S /GoTo /D [3 0 R /Fit] /Next << /S /URI /URI (http://a.example) >> >>',
      },
    ],
    [
      'a note that carries a file',
      { more: [{ number: 5, body: '<< /Type /Annot /Subtype /FileAttachment >>' }] },
    ],
    [
      'a stream that lies in another file',
      { more: [{ number: 5, body: streamOf(Buffer.from(''), '/F (b.txt)') }] },
    ],
    [
      'an older version that acted',
      {
        more: [
          { number: 5, body: script },
          { number: 5, body: '<< /Producer (Scanner) >>' },
        ],
      },
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

  it.each<[string, PdfOptions]>([
    ['an object in a comment', { more: [{ number: 5, body: `null\n% 9 0 obj ${script} endobj` }] }],
    ['an object in a text', { more: [{ number: 5, body: `(\n9 0 obj ${script} endobj)` }] }],
    [
      'an object in a stream',
      { more: [{ number: 5, body: streamOf(Buffer.from(`9 0 obj ${script} endobj`), '') }] },
    ],
    ['a stream that is longer than it says', { more: [{ number: 5, body: lengthened('/Length 2') }] }],
    ['a stream that is shorter than it says', { more: [{ number: 5, body: lengthened('/Length 2000') }] }],
    ['a stream that leads back', { more: [{ number: 5, body: lengthened('/Length -300') }] }],
    ['a stream that does not say how long it is', { more: [{ number: 5, body: lengthened('') }] }],
    ['an entry that is given twice', { catalog: '/OpenAction [3 0 R /Fit] /OpenAction 5 0 R' }],
    ['objects without end', { more: [{ number: 5, body: '['.repeat(200_000) }] }],
    ['a trailer that names no catalogue', { trailer: '/Prev 12' }],
    [
      'JBIG2',
      { more: [{ number: 5, body: streamOf(Buffer.from('x'), '/Subtype /Image /Filter /JBIG2Decode') }] },
    ],
  ])('is refused with %s, which readers understand in several ways', (_, options) => {
    expect(inspectPdf(pdfOf(options))).toBe('PDF_NOT_READABLE');
  });

  it('is refused when its table leads anywhere else than to its objects', () => {
    const text = pdfOf().toString('latin1');
    const [row] = /(?<=\n)\d{10} 00000 n/.exec(text) ?? [];
    const astray = text.replace(row ?? '', '0000000012 00000 n');
    expect(inspectPdf(Buffer.from(astray, 'latin1'))).toBe('PDF_NOT_READABLE');
  });

  it.each([
    ['picture', streamOf(Buffer.alloc(9), '/Subtype /Image /Width 20001 /Height 1'), 'IMAGE_TOO_LARGE'],
    [
      'picture of JPEG 2000',
      streamOf(
        Buffer.from('ff4fff5100290000ffffffffffffffff', 'hex'),
        '/Subtype /Image /Width 1 /Height 1 /Filter /JPXDecode',
      ),
      'IMAGE_TOO_LARGE',
    ],
    [
      'page',
      streamOf(deflateSync(Buffer.alloc(257 * 1024 * 1024)), '/Filter /FlateDecode'),
      'FILE_UNPACKS_TOO_LARGE',
    ],
    [
      'page that is packed twice',
      streamOf(deflateSync(deflateSync(Buffer.alloc(9))), '/Filter [/FlateDecode /FlateDecode]'),
      'PDF_NOT_READABLE',
    ],
  ])('is refused with a %s that unfolds to an enormous one', (_, body, code) => {
    expect(inspectPdf(pdfOf({ more: [{ number: 5, body }] }))).toBe(code);
  });

  it('is refused with a script wherever it stands and however its names are spelled', () => {
    const spelled = (name: string) =>
      fc
        .array(fc.boolean(), { minLength: name.length, maxLength: name.length })
        .map((isHex) =>
          [...name].map((sign, at) => (isHex[at] ? `#${sign.charCodeAt(0).toString(16)}` : sign)).join(''),
        );
    const acting = fc.oneof(
      spelled('JavaScript').map((name) => `<< /S /${name} >>`),
      spelled('Launch').map((name) => `<< /S /${name} >>`),
      spelled('AA').map((name) => `<< /${name} << >> >>`),
      spelled('XFA').map((name) => `<< /${name} [] >>`),
      spelled('EF').map((name) => `<< /${name} << >> >>`),
      spelled('OpenAction').map((name) => `<< /${name} << /S /URI >> >>`),
    );
    const wrapped = fc.letrec<{ body: string }>((tie) => ({
      body: fc.oneof(
        { maxDepth: 4 },
        acting,
        tie('body').map((body) => `[null (words) ${body}]`),
        tie('body').map((body) => `<< /Kids ${body} >>`),
      ),
    })).body;
    fc.assert(
      fc.property(wrapped, fc.boolean(), (body, isPacked) => {
        const object = isPacked ? packed([{ number: 6, body }]) : body;
        expect(inspectPdf(pdfOf({ more: [{ number: 5, body: object }] }))).toBe('PDF_ACTIVE');
      }),
    );
  });

  it('never throws, whatever bytes were changed in it', () => {
    const whole = pdfOf({ more: [{ number: 5, body: packed([{ number: 6, body: '<< /A [1 2] >>' }]) }] });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }),
        (changes) => {
          const changed = Buffer.from(whole);
          for (const [at, byte] of changes) changed[at] = byte;
          expect(() => inspectPdf(changed)).not.toThrow();
        },
      ),
    );
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
