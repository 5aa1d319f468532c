import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { FileProblem } from '../problems/file-problem.ts';
import { refusals } from './refusals.ts';

/** What a part of the package listens to. Names come without prefix. */
export type XmlListener = {
  open(name: string, attributes: Record<string, string>): void;
  close(name: string): void;
  text(text: string): void;
};

const MAX_DEPTH = 64;
/** No text or tag of a real workbook is longer. */
const MAX_SILENT_BYTES = 2 * 1024 * 1024;

/**
 * Feeds bytes of XML to a listener. Document type declarations and entities are refused, so nothing can be expanded
 * or fetched; depth and the length of a single text or tag are bounded.
 */
export class XmlFeed {
  readonly #parser = new SaxesParser<{ xmlns: false; position: false }>({ xmlns: false, position: false });
  readonly #decoder = new TextDecoder('utf-8', { fatal: true });
  #depth = 0;
  #silentBytes = 0;

  constructor(listener: XmlListener) {
    this.#parser.on('opentag', (tag: SaxesTagPlain) => {
      this.#silentBytes = 0;
      this.#depth += 1;
      if (this.#depth > MAX_DEPTH) throw refusals.damaged('XML is nested too deeply');
      listener.open(localName(tag.name), tag.attributes);
    });
    this.#parser.on('closetag', (tag: SaxesTagPlain) => {
      this.#silentBytes = 0;
      this.#depth -= 1;
      listener.close(localName(tag.name));
    });
    this.#parser.on('text', (text) => listener.text(text));
    this.#parser.on('cdata', (text) => listener.text(text));
    this.#parser.on('doctype', () => {
      throw refusals.entities();
    });
    this.#parser.on('error', (error) => {
      throw /entity/iu.test(error.message) ? refusals.entities() : refusals.damaged('XML is not well-formed');
    });
  }

  write(bytes: Buffer): void {
    this.#silentBytes += bytes.length;
    this.#guarded(() => this.#parser.write(this.#decoder.decode(bytes, { stream: true })));
    if (this.#silentBytes > MAX_SILENT_BYTES) throw refusals.damaged('a text or tag is too long');
  }

  end(): void {
    this.#guarded(() => {
      this.#parser.write(this.#decoder.decode());
      this.#parser.close();
    });
  }

  #guarded(step: () => void): void {
    try {
      step();
    } catch (error) {
      throw error instanceof FileProblem ? error : refusals.damaged('XML cannot be read');
    }
  }
}

/** Feeds a whole part to a listener. */
export async function feedXml(chunks: AsyncIterable<Buffer>, listener: XmlListener): Promise<void> {
  const feed = new XmlFeed(listener);
  for await (const chunk of chunks) feed.write(chunk);
  feed.end();
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon === -1 ? name : name.slice(colon + 1);
}
