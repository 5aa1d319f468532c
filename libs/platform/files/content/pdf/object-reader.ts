import { PDFDict, type PDFName, type PDFObject, PDFParser, PDFRawStream } from '@cantoo/pdf-lib';
import { notReadable } from './pdf-refused.ts';

/** A place in a table of cross references that names an object in the open. */
export type TableEntry = { object: number; offset: number };

/** What stands in a document, piece by piece from its first byte to its last (ISO 32000-2, 7.5). */
export type Pieces = {
  objects: { at: number; number: number; body: PDFObject }[];
  tables: { at: number; entries: TableEntry[] }[];
  trailers: PDFDict[];
  /** Where each section of the document says that its cross references begin. */
  starts: number[];
};

const keyword = (word: string): number[] => [...Buffer.from(word, 'latin1')];
const words = {
  ...{ xref: keyword('xref'), trailer: keyword('trailer'), startxref: keyword('startxref') },
  ...{ obj: keyword('obj'), endobj: keyword('endobj') },
};
const endOfStream = 'endstream';
const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;
const used = 'n'.charCodeAt(0);
const free = 'f'.charCodeAt(0);

/**
 * Reads every object of a document in the order of its bytes, and nothing that is none: what readers would pass over,
 * mend or understand in two ways ends with an error.
 */
export class ObjectReader extends PDFParser {
  readonly #source: Buffer;

  constructor(source: Buffer) {
    super(source);
    this.#source = source;
  }

  /** The pieces of a whole document. */
  pieces(): Pieces {
    const found: Pieces = { objects: [], tables: [], trailers: [], starts: [] };
    for (;;) {
      this.skipWhitespaceAndComments();
      if (this.bytes.done()) return found;
      const at = this.bytes.offset();
      if (this.matchKeyword(words.xref)) found.tables.push({ at, entries: this.#table() });
      else if (this.matchKeyword(words.trailer)) found.trailers.push(this.#trailer());
      else if (this.matchKeyword(words.startxref)) found.starts.push(this.#integer());
      else found.objects.push(this.#object(at));
    }
  }

  /** The objects of an unpacked stream of objects: so many, the first at a place. */
  packed(count: number, first: number): { number: number; body: PDFObject }[] {
    const heads = Array.from({ length: count }, () => ({ number: this.#integer(), offset: this.#integer() }));
    return heads.map(({ number, offset }) => {
      this.bytes.moveTo(first + offset);
      return { number, body: this.parseObject() };
    });
  }

  #integer(): number {
    this.skipWhitespaceAndComments();
    return this.parseRawInt();
  }

  #object(at: number): { at: number; number: number; body: PDFObject } {
    const number = this.#integer();
    this.#integer();
    this.skipWhitespaceAndComments();
    if (!this.matchKeyword(words.obj)) throw notReadable();
    const body = this.parseObject();
    this.skipWhitespaceAndComments();
    if (this.bytes.offset() <= at || !this.matchKeyword(words.endobj)) throw notReadable();
    return { at, number, body };
  }

  #trailer(): PDFDict {
    this.skipWhitespaceAndComments();
    return this.parseDict();
  }

  #table(): TableEntry[] {
    const entries: TableEntry[] = [];
    for (this.skipWhitespace(); isDigit(this.bytes.peek()); this.skipWhitespace()) {
      const first = this.#integer();
      const count = this.#integer();
      for (let object = first; object < first + count; object++) {
        const offset = this.#integer();
        this.#integer();
        this.skipWhitespace();
        const kind = this.bytes.next();
        if (kind === used) entries.push({ object, offset });
        else if (kind !== free) throw notReadable();
      }
    }
    return entries;
  }

  /** Of an entry that is given twice some readers take the first and some the last. */
  protected override parseDict(): PDFDict {
    const entries = new Map<PDFName, PDFObject>();
    this.bytes.assertNext(0x3c);
    this.bytes.assertNext(0x3c);
    this.skipWhitespaceAndComments();
    while (this.bytes.peek() !== 0x3e) {
      const key = this.parseName();
      if (entries.has(key)) throw notReadable();
      entries.set(key, this.parseObject());
      this.skipWhitespaceAndComments();
    }
    this.bytes.assertNext(0x3e);
    this.bytes.assertNext(0x3e);
    return PDFDict.fromMapWithContext(entries, this.context);
  }

  /** A stream whose length stands elsewhere, or is wrong, ends at the first word that ends one; its length is compared later. */
  protected override findEndOfStreamFallback(): number {
    const end = this.#source.indexOf(endOfStream, this.bytes.offset(), 'latin1');
    if (end < 0) throw notReadable();
    this.bytes.moveTo(end + endOfStream.length);
    return end;
  }
}

/** Streams among objects. */
export const streamsAmong = (bodies: readonly PDFObject[]): PDFRawStream[] =>
  bodies.filter((body) => body instanceof PDFRawStream);
