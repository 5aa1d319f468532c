import { encode } from 'uqr';
import type { Block, Box, Colour, Mark } from '#libs/platform/pdf/sheet.ts';

export const VERMILION: Colour = '#8f2d20';
export const PALE: Colour = '#9a9a9a';

/** The code that leads to the public check of the paper, with a quiet zone of four modules inside the box. */
export const checkCode = (box: Box, address: string): Block => {
  const { data } = encode(address, { ecc: 'M', border: 4 });
  return {
    tag: 'Figure',
    described: `二维码：${address}`,
    marks: [
      { mark: 'FILL', box, colour: '#ffffff' },
      { mark: 'MODULES', rows: data, box, colour: '#000000' },
    ],
  };
};

/** Two lines around a page or a part of it, and a small square in each corner. */
export const ornateFrame = (box: Box, colour: Colour): Mark[] => {
  const inset = (by: number): Box => ({
    x: box.x + by,
    y: box.y + by,
    width: box.width - 2 * by,
    height: box.height - 2 * by,
  });
  const inner = inset(6);
  const corners = [
    [inner.x, inner.y],
    [inner.x + inner.width - 14, inner.y],
    [inner.x, inner.y + inner.height - 14],
    [inner.x + inner.width - 14, inner.y + inner.height - 14],
  ] as const;
  return [
    { mark: 'FRAME', box, width: 2.4, colour },
    { mark: 'FRAME', box: inner, width: 0.7, colour },
    ...corners.map(
      ([x, y]): Mark => ({ mark: 'FRAME', box: { x, y, width: 14, height: 14 }, width: 0.7, colour }),
    ),
    ...corners.map(
      ([x, y]): Mark => ({ mark: 'FILL', box: { x: x + 4, y: y + 4, width: 6, height: 6 }, colour }),
    ),
  ];
};
