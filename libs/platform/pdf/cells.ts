import type { Typeface } from './typeface.ts';

/** One character to set. `width` in ems; `isLacking` when the type has no glyph for it, whose place is then a box. */
export type Cell = { character: string; width: number; isLacking: boolean };

/** The characters of a text, each with its width; nothing is left out. */
export const cellsOf = (text: string, typeface: Typeface): Cell[] =>
  [...text].map((character) => {
    const width = typeface.widthOf(character);
    return { character, width: width ?? 1, isLacking: width === undefined };
  });

/** The characters of texts that the type lacks, each once, in the order in which they come. */
export const lackingIn = (texts: readonly string[], typeface: Typeface): string[] => [
  ...new Set(
    texts.flatMap((text) =>
      cellsOf(text, typeface)
        .filter(({ isLacking }) => isLacking)
        .map(({ character }) => character),
    ),
  ),
];
