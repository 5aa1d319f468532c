import { feedXml } from './xml-feed.ts';

/** Built-in number formats that show a date, Chinese ones included (ECMA-376 part 1, 18.8.30). */
const isBuiltInDate = (id: number): boolean =>
  (id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58);

/** Quoted text, escaped characters and bracketed conditions say nothing about the kind of a format. */
const NOT_CODE = /"[^"]*"|\\.|\[[^\]]*\]|_.|\*./gu;

const isDateCode = (code: string): boolean =>
  /[ydYD年]/u.test(code.replace(NOT_CODE, '')) && !/general/iu.test(code);

/** For each cell style, in its order, whether it shows its number as a date. */
export async function dateStyles(chunks: AsyncIterable<Buffer>): Promise<readonly boolean[]> {
  const custom = new Map<number, boolean>();
  const styles: boolean[] = [];
  let inCellFormats = false;
  await feedXml(chunks, {
    open(name, attributes) {
      if (name === 'numFmt') custom.set(Number(attributes.numFmtId), isDateCode(attributes.formatCode ?? ''));
      else if (name === 'cellXfs') inCellFormats = true;
      else if (name === 'xf' && inCellFormats) {
        const id = Number(attributes.numFmtId ?? 0);
        styles.push(custom.get(id) ?? isBuiltInDate(id));
      }
    },
    close(name) {
      if (name === 'cellXfs') inCellFormats = false;
    },
    text() {},
  });
  return styles;
}
