import type { Safelist } from './safelist.ts';

const prefix = 'apq:';

/**
 * Texts of automatic persisted queries: the safelist, which stays, and the latest others within a size. Fits
 * Apollo Server's key-value cache.
 */
export class DocumentCache {
  readonly #safelist: Safelist;
  readonly #most: number;
  readonly #texts = new Map<string, string>();
  #size = 0;

  constructor(safelist: Safelist, most = 8_000_000) {
    this.#safelist = safelist;
    this.#most = most;
  }

  async get(key: string): Promise<string | undefined> {
    const listed = this.#safelist.get(key.startsWith(prefix) ? key.slice(prefix.length) : key);
    if (listed !== undefined) return listed;
    const text = this.#texts.get(key);
    if (text === undefined) return undefined;
    this.#texts.delete(key);
    this.#texts.set(key, text);
    return text;
  }

  async set(key: string, text: string): Promise<void> {
    await this.delete(key);
    this.#texts.set(key, text);
    this.#size += text.length;
    for (const [oldest, held] of this.#texts) {
      if (this.#size <= this.#most) return;
      this.#texts.delete(oldest);
      this.#size -= held.length;
    }
  }

  async delete(key: string): Promise<boolean> {
    const held = this.#texts.get(key);
    if (held === undefined) return false;
    this.#size -= held.length;
    return this.#texts.delete(key);
  }
}
