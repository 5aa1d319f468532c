import { tmpdir } from 'node:os';
import { cellText } from './cell-text.ts';
import { refusals } from './refusals.ts';
import { Spill } from './spill.ts';
import { feedXml } from './xml-feed.ts';

const PAGE_BYTES = 256 * 1024;
/** A cell of a workbook holds at most 32,767 UTF-16 units. */
const MAX_CELL_UNITS = 32_767;
const CACHED_PAGES = 8;
const RECENT = 4_096;

/**
 * The texts that the cells of a workbook refer to by number. They lie as UTF-8 in pages outside the heap; pages
 * beyond the bound are put aside encrypted and read back page by page (cells refer to them nearly in order).
 */
export class SharedStrings {
  readonly #maxResidentPages: number;
  readonly #pages: (Buffer | null)[] = [];
  readonly #cache = new Map<number, Buffer>();
  readonly #recent: { index: number; text: string }[] = [];
  #starts = new Uint32Array(1_024);
  #lengths = new Uint32Array(1_024);
  #used = PAGE_BYTES;
  #spill: Spill | null = null;
  size = 0;

  constructor(residentBytes: number) {
    this.#maxResidentPages = Math.max(1, Math.floor(residentBytes / PAGE_BYTES));
  }

  /** Reads `sharedStrings.xml`. Phonetic readings are left out, rich text is joined. */
  static async from(chunks: AsyncIterable<Buffer>, residentBytes: number): Promise<SharedStrings> {
    const strings = new SharedStrings(residentBytes);
    let text = '';
    let inText = false;
    let phonetic = 0;
    try {
      await feedXml(chunks, {
        open(name) {
          if (name === 'si') text = '';
          else if (name === 'rPh') phonetic += 1;
          else if (name === 't') inText = phonetic === 0;
        },
        close(name) {
          if (name === 'si') strings.add(text);
          else if (name === 'rPh') phonetic -= 1;
          else if (name === 't') inText = false;
        },
        text(piece) {
          if (inText) text += piece;
        },
      });
    } catch (error) {
      strings.close();
      throw error;
    }
    return strings;
  }

  add(raw: string): void {
    const text = cellText(raw);
    if (text.length > MAX_CELL_UNITS) throw refusals.damaged('a shared string is too long');
    const bytes = Buffer.from(text);
    if (this.#used + bytes.length > PAGE_BYTES) this.#newPage();
    const page = this.#pages.length - 1;
    bytes.copy(this.#pages[page] ?? Buffer.alloc(0), this.#used);
    if (this.size === this.#starts.length) this.#grow();
    this.#starts[this.size] = page * PAGE_BYTES + this.#used;
    this.#lengths[this.size] = bytes.length;
    this.#used += bytes.length;
    this.size += 1;
  }

  /** The text with this number. Throws FileProblem when there is none. */
  get(index: number): string {
    const slot = index % RECENT;
    const recent = this.#recent[slot];
    if (recent?.index === index) return recent.text;
    const start = this.#starts[index];
    if (start === undefined || index >= this.size) throw refusals.damaged('a shared string is missing');
    const page = Math.floor(start / PAGE_BYTES);
    const from = start % PAGE_BYTES;
    const text = this.#page(page).toString('utf8', from, from + (this.#lengths[index] ?? 0));
    this.#recent[slot] = { index, text };
    return text;
  }

  close(): void {
    this.#spill?.close();
    this.#spill = null;
    this.#pages.length = 0;
    this.#cache.clear();
  }

  #newPage(): void {
    const last = this.#pages.length - 1;
    const full = this.#pages[last];
    if (full && last >= this.#maxResidentPages) {
      this.#spill ??= new Spill(tmpdir(), PAGE_BYTES);
      this.#spill.add(full);
      this.#pages[last] = null;
    }
    this.#pages.push(Buffer.alloc(PAGE_BYTES));
    this.#used = 0;
  }

  #page(page: number): Buffer {
    const resident = this.#pages[page] ?? this.#cache.get(page);
    if (resident !== undefined) return resident;
    if (this.#spill === null) throw new Error('The shared strings are closed');
    const buffer = this.#spill.page(page - this.#maxResidentPages);
    const [oldest] = this.#cache.keys();
    if (this.#cache.size >= CACHED_PAGES && oldest !== undefined) this.#cache.delete(oldest);
    this.#cache.set(page, buffer);
    return buffer;
  }

  #grow(): void {
    const starts = new Uint32Array(this.#starts.length * 2);
    starts.set(this.#starts);
    this.#starts = starts;
    const lengths = new Uint32Array(this.#lengths.length * 2);
    lengths.set(this.#lengths);
    this.#lengths = lengths;
  }
}
