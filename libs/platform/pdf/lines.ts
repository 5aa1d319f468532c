import { type Cell, cellsOf } from './cells.ts';
import type { Typefaces, Weight } from './typefaces.ts';

/** A stretch of a paragraph. A filled one was entered, is set on a rule and kept on one line where it fits. */
export type Piece = { text: string; weight: Weight; isFilled: boolean };

/** A character of a line with where it stands, in ems from the left. */
export type Placed = Cell & { piece: number; at: number };

export type Line = { cells: Placed[]; width: number };

type Token = Cell & { piece: number };

const NOT_FIRST = new Set('，。；：、！？）》」』〉”’,.;:)·');
const NOT_LAST = new Set('（《「『〈“‘(');
const WIDE_SPACE = '\u3000';
const NO_BREAK = '\u00a0';
/** Filled stretches up to this length stay on one line. */
const KEPT_TOGETHER = 14;

/**
 * Breaks a paragraph into lines of a width (ems), the first one indented: between any two characters, except before closing
 * and after opening marks, inside numbers and words of Latin letters, and inside short filled stretches.
 */
export const linesOf = (
  pieces: readonly Piece[],
  typefaces: Typefaces,
  width: number,
  indent: number,
): Line[] => {
  const lines: Line[] = [];
  let line: Line = { cells: [], width: indent };
  const turn = () => {
    lines.push(line);
    line = { cells: [], width: 0 };
  };
  const put = (token: Token) => {
    // A space that falls to the start of a line has done its work.
    if (token.character === WIDE_SPACE && line.cells.length === 0 && lines.length > 0) return;
    line.cells.push({ ...token, at: line.width });
    line.width += token.width;
  };
  for (const chunk of chunksOf(tokensOf(pieces, typefaces), pieces)) {
    const length = chunk.reduce((sum, token) => sum + token.width, 0);
    if (line.width + length > width && line.cells.length > 0) turn();
    for (const token of chunk) {
      if (line.width + token.width > width && line.cells.length > 0) turn();
      put(token);
    }
  }
  turn();
  return lines;
};

const tokensOf = (pieces: readonly Piece[], typefaces: Typefaces): Token[] =>
  pieces.flatMap(({ text, weight }, piece) =>
    cellsOf(text, typefaces[weight]).map((cell) => ({ ...cell, piece })),
  );

/** Tokens in stretches that no line breaks, unless one is longer than a line. */
const chunksOf = (tokens: readonly Token[], pieces: readonly Piece[]): Token[][] => {
  const chunks: Token[][] = [];
  for (const [index, token] of tokens.entries()) {
    const before = tokens[index - 1];
    const chunk = chunks.at(-1);
    if (before && chunk && isJoined(before, token, pieces)) chunk.push(token);
    else chunks.push([token]);
  }
  return chunks;
};

const isJoined = (before: Token, token: Token, pieces: readonly Piece[]): boolean => {
  if (NOT_FIRST.has(token.character) || NOT_LAST.has(before.character)) return true;
  if (before.piece !== token.piece) return false;
  if (isWord(before) && isWord(token)) return true;
  if (before.character === NO_BREAK || token.character === NO_BREAK) return true;
  const piece = pieces[token.piece];
  return piece?.isFilled === true && [...piece.text].length <= KEPT_TOGETHER;
};

const isWord = ({ character }: Token): boolean => /[\p{Script=Latin}\p{Number}\-–'’]/u.test(character);
