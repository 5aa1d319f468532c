import type { Weight } from './typefaces.ts';

/** A place on the page in points, from the upper left corner, y downwards. */
export type Box = { x: number; y: number; width: number; height: number };

/** A colour as `#rrggbb`. */
export type Colour = string;

/** Something drawn. Text and signs stand on a base line `y`; `spacing` is added after each character. */
export type Mark =
  | {
      mark: 'TEXT';
      text: string;
      x: number;
      y: number;
      size: number;
      weight: Weight;
      colour: Colour;
      spacing: number;
    }
  /** The place of a character that the type lacks: a box with its code point. */
  | { mark: 'LACKING'; character: string; x: number; y: number; size: number; colour: Colour }
  | {
      mark: 'RULE';
      from: [number, number];
      to: [number, number];
      width: number;
      colour: Colour;
      dash?: number[];
    }
  | { mark: 'FRAME'; box: Box; width: number; colour: Colour; dash?: number[] }
  | { mark: 'FILL'; box: Box; colour: Colour }
  | { mark: 'RING'; x: number; y: number; radius: number; width: number; colour: Colour; dash?: number[] }
  /** Square modules of a two-dimensional code, dark where true. */
  | { mark: 'MODULES'; rows: boolean[][]; box: Box; colour: Colour };

/** What a reader takes as one: a heading, a paragraph, a figure (with its description) or a note. */
export type Block = { tag: 'H1' | 'H2' | 'P' | 'Figure' | 'Note'; described?: string; marks: Mark[] };

/** A part of the page with a meaning of its own, in reading order. */
export type Section = { name: string; blocks: Block[] };

/** One page as data: everything on it with its place. `decoration` carries no meaning. */
export type Sheet = {
  /** Title of the document; names the kind of paper and nobody. */
  title: string;
  /** Day that the document bears as its own, `yyyy-mm-dd`. */
  day: string;
  width: number;
  height: number;
  decoration: Mark[];
  sections: Section[];
};

/** A4 across, in points. */
export const A4_ACROSS = { width: 841.89, height: 595.28 };

/** A4 upright, in points. */
export const A4_UPRIGHT = { width: 595.28, height: 841.89 };
