import { deflateSync } from 'node:zlib';

/** A document of objects as they are written: number and body; a stream's body may hold any bytes. */
export type PdfObject = { number: number; body: string | Buffer };

export type PdfOptions = {
  /** More entries of the catalogue. */
  catalog?: string;
  /** More entries of the trailer. */
  trailer?: string;
  more?: readonly PdfObject[];
};

/** A document of one empty page, put together by the rules (ISO 32000-2, 7.5), with what is added. */
export const pdfOf = ({ catalog = '', trailer = '', more = [] }: PdfOptions = {}): Buffer => {
  const objects: PdfObject[] = [
    { number: 1, body: `<< /Type /Catalog /Pages 2 0 R ${catalog} >>` },
    { number: 2, body: '<< /Type /Pages /Kids [3 0 R] /Count 1 >>' },
    { number: 3, body: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>' },
    { number: 4, body: streamOf(deflateSync(Buffer.from('0 0 595 842 re S')), '/Filter /FlateDecode') },
    ...more,
  ];
  const pieces: Buffer[] = [Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1')];
  const offsets = new Map<number, number>();
  let size = pieces[0]?.length ?? 0;
  const add = (piece: Buffer): void => {
    pieces.push(piece);
    size += piece.length;
  };
  for (const { number, body } of objects) {
    offsets.set(number, size);
    add(Buffer.from(`${number} 0 obj\n`));
    add(typeof body === 'string' ? Buffer.from(body, 'latin1') : body);
    add(Buffer.from('\nendobj\n'));
  }
  const start = size;
  const last = Math.max(...offsets.keys());
  const rows = Array.from({ length: last }, (_, at) => {
    const offset = offsets.get(at + 1);
    return offset === undefined ? '0000000000 65535 f \n' : `${String(offset).padStart(10, '0')} 00000 n \n`;
  });
  add(Buffer.from(`xref\n0 ${last + 1}\n0000000000 65535 f \n${rows.join('')}`));
  add(Buffer.from(`trailer\n<< /Size ${last + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${start}\n%%EOF\n`));
  return Buffer.concat(pieces);
};

/** The body of a stream object. */
export const streamOf = (content: Buffer, entries: string): Buffer =>
  Buffer.concat([
    Buffer.from(`<< /Length ${content.length} ${entries} >>\nstream\n`),
    content,
    Buffer.from('\nendstream'),
  ]);

/** Objects packed into a stream of objects. */
export const packed = (objects: readonly { number: number; body: string }[]): Buffer => {
  const offsets = objects.map((_, at) =>
    objects.slice(0, at).reduce((sum, { body }) => sum + body.length + 1, 0),
  );
  const head = objects.map(({ number }, at) => `${number} ${offsets[at]}`).join(' ');
  const text = `${head} ${objects.map(({ body }) => body).join(' ')}`;
  const entries = `/Type /ObjStm /N ${objects.length} /First ${head.length + 1} /Filter /FlateDecode`;
  return streamOf(deflateSync(Buffer.from(text, 'latin1')), entries);
};
