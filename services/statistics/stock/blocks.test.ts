import fc from 'fast-check';
import { blocksOfPlace, blocksOfRange, gapsIn, type PlaceRange, WIDTHS } from './blocks.ts';

const anyPlace = fc.integer({ min: 0, max: 99_999_999_999 });
const nearRange: fc.Arbitrary<PlaceRange> = fc
  .tuple(fc.integer({ min: 0, max: 5_000_000 }), fc.integer({ min: 0, max: 300_000 }))
  .map(([lo, length]) => ({ lo, hi: lo + length }));

const rangeOf = ({ place, width }: { place: number; width: number }): PlaceRange => ({
  lo: place,
  hi: place + width - 1,
});

describe('blocks of the management tree', () => {
  test('a place lies in one block of each width, the smallest its own', () => {
    fc.assert(
      fc.property(anyPlace, (place) => {
        const blocks = blocksOfPlace(place);
        expect(blocks.map((block) => block.width)).toEqual([...WIDTHS]);
        expect(blocks[0]).toEqual({ place, width: 1 });
        for (const block of blocks) {
          expect(block.place % block.width).toBe(0);
          expect(block.place <= place && place < block.place + block.width).toBe(true);
        }
      }),
    );
  });

  test('the intervals of a county, a city, a province and the nation are one block each', () => {
    expect(blocksOfRange({ lo: 14_010_500_000, hi: 14_010_599_999 })).toEqual([
      { place: 14_010_500_000, width: 100_000 },
    ]);
    expect(blocksOfRange({ lo: 14_010_000_000, hi: 14_019_999_999 })).toHaveLength(1);
    expect(blocksOfRange({ lo: 14_000_000_000, hi: 14_999_999_999 })).toHaveLength(1);
    expect(blocksOfRange({ lo: 0, hi: 99_999_999_999 })).toHaveLength(1);
  });

  test('the blocks of any range follow one another and are exactly the range', () => {
    fc.assert(
      fc.property(nearRange, (range) => {
        const blocks = blocksOfRange(range).map(rangeOf);
        expect(blocks[0]?.lo).toBe(range.lo);
        expect(blocks.at(-1)?.hi).toBe(range.hi);
        const follow = blocks.every((block, at) => at === 0 || block.lo === (blocks[at - 1]?.hi ?? 0) + 1);
        expect(follow).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  test('gaps and parts together are exactly the range', () => {
    const small = fc.integer({ min: 0, max: 40 });
    const part = fc.tuple(small, small).map(([lo, length]) => ({ lo, hi: lo + (length % 5) }));
    fc.assert(
      fc.property(part, fc.array(part), (range, parts) => {
        const isIn = (ranges: readonly PlaceRange[], place: number) =>
          ranges.some(({ lo, hi }) => lo <= place && place <= hi);
        const gaps = gapsIn(range, parts);
        const wrong = Array.from({ length: 50 }, (_, place) => place).filter(
          (place) => isIn(gaps, place) !== (isIn([range], place) && !isIn(parts, place)),
        );
        expect(wrong).toEqual([]);
      }),
    );
  });
});
