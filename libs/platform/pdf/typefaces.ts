import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { openTrueType } from './true-type.ts';
import { type Typeface, typefaceOf } from './typeface.ts';

/** The two weights of the type. */
export type Weight = 'REGULAR' | 'BOLD';

export type Typefaces = Readonly<Record<Weight, Typeface>>;

const FILES: Readonly<Record<Weight, string>> = {
  REGULAR: '@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf',
  BOLD: '@expo-google-fonts/noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf',
};

let opened: Typefaces | undefined;

/**
 * Noto Serif SC (SIL Open Font License 1.1) with its 30,928 characters: the whole of the first CJK block and of extension A,
 * and the rarer characters of the table of standard characters. Read at the first call and kept: 30 MB a process.
 */
export const chineseTypefaces = (): Typefaces => {
  if (!opened) {
    const { resolve } = createRequire(import.meta.url);
    const open = (weight: Weight) => typefaceOf(openTrueType(readFileSync(resolve(FILES[weight]))));
    opened = { REGULAR: open('REGULAR'), BOLD: open('BOLD') };
  }
  return opened;
};
