import { ABOVE, BELOW } from '../paragraph.ts';
import type { Box, Mark } from '../sheet.ts';
import type { Typefaces } from '../typefaces.ts';

/** The box that a mark covers on the page. */
export const extentOf = (mark: Mark, typefaces: Typefaces): Box => {
  switch (mark.mark) {
    case 'TEXT': {
      const characters = [...mark.text];
      const ems = characters.reduce((sum, each) => sum + (typefaces[mark.weight].widthOf(each) ?? 1), 0);
      const width = ems * mark.size + (characters.length - 1) * mark.spacing;
      return { x: mark.x, y: mark.y - ABOVE * mark.size, width, height: (ABOVE + BELOW) * mark.size };
    }
    case 'LACKING':
      return {
        x: mark.x,
        y: mark.y - ABOVE * mark.size,
        width: mark.size,
        height: (ABOVE + BELOW) * mark.size,
      };
    case 'RULE':
      return {
        x: Math.min(mark.from[0], mark.to[0]),
        y: Math.min(mark.from[1], mark.to[1]),
        width: Math.abs(mark.to[0] - mark.from[0]),
        height: Math.abs(mark.to[1] - mark.from[1]),
      };
    case 'RING':
      return {
        x: mark.x - mark.radius,
        y: mark.y - mark.radius,
        width: 2 * mark.radius,
        height: 2 * mark.radius,
      };
    default:
      return mark.box;
  }
};
