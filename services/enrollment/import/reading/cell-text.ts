const ESCAPE = /_x([0-9A-Fa-f]{4})_/gu;

/** Undoes the escapes by which OOXML writes characters that XML cannot hold (`_x000D_`). */
export const cellText = (text: string): string =>
  text.includes('_x')
    ? text.replace(ESCAPE, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text;
