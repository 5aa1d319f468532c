import { LRUCache } from 'lru-cache';

/** The finished text of an answer or its bytes, and when it was fetched (milliseconds of the store's clock). */
export type Kept = { readonly text: string | Buffer; readonly fetchedAt: number };

type Entry = Kept & { readonly tags: readonly string[] };

/** What a fetch was begun with: its answer is kept only where nothing was dropped of its tags since. */
export type Ticket = { readonly begun: number; readonly at: number };

/** Why an entry went, or was not kept. */
export type StoreMeasures = {
  dropped(entries: number): void;
  flushed(): void;
  refused(): void;
};

export type StoreOptions = {
  maxBytes: number;
  measures: StoreMeasures;
  /** Milliseconds; only goes forward. */
  now?: () => number;
};

/** An entry is taken for so many bytes besides its text: key, tags and what they are kept in. */
const overhead = 512;
/** V8 keeps Chinese texts at two bytes a character. */
const bytesPerCharacter = 2;

const sizeOf = ({ text }: Entry): number =>
  text.length * (typeof text === 'string' ? bytesPerCharacter : 1) + overhead;

/**
 * Finished answers by key, within a number of bytes. Each carries tags; what is dropped by a tag stays out: neither is it
 * found again, nor is an answer kept whose fetch began before.
 */
export class Store {
  readonly #entries: LRUCache<string, Entry>;
  readonly #byTag = new Map<string, Set<string>>();
  readonly #droppedAt = new Map<string, number>();
  readonly #held = new Set<string>();
  readonly #measures: StoreMeasures;
  readonly #now: () => number;
  readonly #maxBytes: number;
  #step = 0;
  #flushedAt = 0;

  constructor({ maxBytes, measures, now = () => performance.now() }: StoreOptions) {
    this.#measures = measures;
    this.#now = now;
    this.#maxBytes = maxBytes;
    this.#entries = new LRUCache({
      maxSize: maxBytes,
      sizeCalculation: sizeOf,
      perf: { now },
      ttlResolution: 0,
      dispose: ({ tags }, key) => this.#untag(key, tags),
    });
  }

  get size(): { entries: number; bytes: number } {
    return { entries: this.#entries.size, bytes: this.#entries.calculatedSize };
  }

  read(key: string): Kept | undefined {
    return this.#entries.get(key);
  }

  /** Marks the beginning of a fetch. */
  begin(): Ticket {
    return { begun: this.#step, at: this.#now() };
  }

  /** True where nothing of these tags was dropped since the fetch began, and none of them is held. */
  isCurrent({ begun }: Ticket, tags: readonly string[]): boolean {
    return (
      begun >= this.#flushedAt &&
      tags.every((tag) => !this.#held.has(tag) && begun >= (this.#droppedAt.get(tag) ?? 0))
    );
  }

  /** Keeps an answer for so many milliseconds from when its fetch began; false where it may not be kept. */
  write(
    key: string,
    text: string | Buffer,
    tags: readonly string[],
    ticket: Ticket,
    milliseconds: number,
  ): boolean {
    const left = ticket.at + milliseconds - this.#now();
    const entry: Entry = { text, tags, fetchedAt: ticket.at };
    if (!this.isCurrent(ticket, tags) || left <= 0 || sizeOf(entry) > this.#maxBytes) {
      this.#measures.refused();
      return false;
    }
    this.#entries.set(key, entry, { ttl: left });
    for (const tag of tags) {
      const keys = this.#byTag.get(tag) ?? new Set();
      this.#byTag.set(tag, keys.add(key));
    }
    return true;
  }

  /** Forgets every answer with the tag. */
  drop(tag: string): void {
    this.#droppedAt.set(tag, ++this.#step);
    const keys = [...(this.#byTag.get(tag) ?? [])];
    for (const key of keys) this.#entries.delete(key);
    if (keys.length > 0) this.#measures.dropped(keys.length);
  }

  /** Forgets every answer with the tag, and keeps no more until it is released. */
  hold(tag: string): void {
    this.#held.add(tag);
    this.drop(tag);
  }

  /** Lets answers with a held tag be kept again whose fetch begins from now on. */
  release(tag: string): void {
    if (this.#held.delete(tag)) this.drop(tag);
  }

  /** Forgets every answer. */
  flush(): void {
    this.#flushedAt = ++this.#step;
    this.#entries.clear();
    this.#measures.flushed();
  }

  #untag(key: string, tags: readonly string[]): void {
    for (const tag of tags) {
      const keys = this.#byTag.get(tag);
      keys?.delete(key);
      if (keys?.size === 0) this.#byTag.delete(tag);
    }
  }
}
