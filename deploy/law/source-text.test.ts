import { fileURLToPath } from 'node:url';
import { lineOf, sourceTexts, withoutComments } from './source-text.ts';

describe('a source without its comments', () => {
  it('keeps its length and its lines', () => {
    const text = "a; // finding('ID-01')\n/* finding('ID-02')\n */ b;";
    const blank = (length: number) => ' '.repeat(length);
    expect(withoutComments(text)).toBe(`a; ${blank(19)}\n${blank(19)}\n${blank(3)} b;`);
    expect(withoutComments(text)).toHaveLength(text.length);
  });

  it('keeps what only looks like a comment', () => {
    for (const text of [
      "const a = 'http://x'; const b = 1;",
      'const a = "/* no */"; const b = 1;',
      `const a = \`//\${\`/* \${b} */\`}//\`; const c = 1;`,
      "const a = text.replace(/['/*]\\//g, ''); const b = 1;",
      'const a = b / c / d;',
    ]) {
      expect(withoutComments(text)).toBe(text);
    }
  });

  it('goes on after an apostrophe in a comment and after an unfinished one', () => {
    expect(withoutComments("// don't\nx('a')")).toBe("        \nx('a')");
    expect(withoutComments('x /* never ended')).toBe('x               ');
    expect(withoutComments('x // last line')).toBe('x             ');
  });

  it('knows the line of a place', () => {
    expect(lineOf('a\nb\nc', 0)).toBe(1);
    expect(lineOf('a\nb\nc', 2)).toBe(2);
    expect(lineOf('a\nb\nc', 4)).toBe(3);
  });

  it('is read from below the folders named, and a folder that is missing holds nothing', () => {
    const here = fileURLToPath(new URL('../', import.meta.url));
    const paths = sourceTexts(here, ['law', 'nowhere']).map(({ path }) => path);
    expect(paths).toContain('law/source-text.ts');
    expect(paths.every((path) => path.endsWith('.ts'))).toBe(true);
  });
});
