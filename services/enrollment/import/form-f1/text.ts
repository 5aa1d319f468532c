/** Everything that a plain cell of digits, letters and common Chinese characters does not need. */
const NEEDS_CLEANING = /[^\x21-\x7e\u3001\u3002\u4e00-\u9fff]/u;
const SPACES = /[\s\u00a0\u3000]+/gu;
const INVISIBLE = /[\u200b\u2060\ufeff]/gu;
const FULL_WIDTH = /[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]/gu;
const FULL_WIDTH_OFFSET = 0xfee0;
/** `="…"` is how some programs force text into a CSV cell; a leading apostrophe is how Excel does. */
const FORCED_TEXT = /^="([^"]*)"$/;
const APOSTROPHE = /^'(?=[0-9A-Za-z=+\-@\t])/;

/**
 * The text of a cell as it is meant: full-width digits and letters become ordinary ones, every kind of space and
 * line break becomes one space, spaces at the ends and invisible characters go, a letter and its mark become one.
 * Rare characters stay as they are.
 */
export function cleanText(raw: string): string {
  let text = raw;
  if (NEEDS_CLEANING.test(text)) {
    text = text
      .replace(INVISIBLE, '')
      .replace(FULL_WIDTH, (char) => String.fromCharCode(char.charCodeAt(0) - FULL_WIDTH_OFFSET))
      .replace(SPACES, ' ')
      .normalize('NFC')
      .trim();
  }
  if (text.startsWith('=')) text = FORCED_TEXT.exec(text)?.[1]?.trim() ?? text;
  return text.startsWith("'") ? text.replace(APOSTROPHE, '') : text;
}

/**
 * Control and invisible characters, characters that turn the writing direction, halves of pairs, the mark of lost text,
 * and characters that mean nothing or something on one machine only, mostly a rare character in an old code page.
 */
const UNREADABLE = /[\p{Cc}\p{Cs}\p{Cn}\p{Co}\u200b-\u200f\u2060\u202a-\u202e\u2066-\u2069\ufeff\ufffd]/u;

/** True when the text holds characters that cannot be kept or read elsewhere. */
export const isUnreadable = (text: string): boolean => NEEDS_CLEANING.test(text) && UNREADABLE.test(text);

/** Length in characters as people count them, so that a rare character such as 𠮷 counts once. */
export function lengthOf(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}
