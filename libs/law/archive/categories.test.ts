import { breaks, holds } from '#test/support/rules.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import { said } from '../testing/said.ts';
import { ARCHIVE_CATEGORIES, ARCHIVE_ITEM_KINDS, categoryOf, judgeCategory } from './categories.ts';

const ON = '2026-09-07';
const UNKNOWN = 'ARC-02 REJECT ARCHIVE_CATEGORY_UNKNOWN';

describe('the categories of an archive', () => {
  it(holds('ARC-02', 'are seven, and every kind of item lies in its own'), () => {
    expect(ARCHIVE_CATEGORIES).toHaveLength(7);
    for (const place of [SHANXI, BEIGUAN, ELSEWHERE]) {
      for (const kind of ARCHIVE_ITEM_KINDS) {
        const filed = { kind, category: categoryOf(kind), stage: 'PRIMARY' as const };
        expect(judgeCategory(filed, ON, place)).toEqual([]);
      }
    }
  });

  it(breaks('ARC-02', 'refuse an item of another category'), () => {
    for (const category of ARCHIVE_CATEGORIES.filter((each) => each !== 'AWARDS')) {
      expect(said(judgeCategory({ kind: 'AWARD', category, stage: 'PRIMARY' }, ON, SHANXI))).toEqual([
        UNKNOWN,
      ]);
    }
  });

  it('keep in Beiguan what the province sets, which its measure does not list', () => {
    const seventh = { kind: 'PROVINCIAL_MATERIAL', category: 'PROVINCIAL_OTHER' } as const;
    for (const stage of ['PRIMARY', 'JUNIOR', 'SENIOR'] as const)
      expect(judgeCategory({ ...seventh, stage }, ON, BEIGUAN)).toEqual([]);
  });

  it('hold each kind of item once', () => {
    expect(new Set(ARCHIVE_ITEM_KINDS).size).toBe(ARCHIVE_ITEM_KINDS.length);
    expect(() => categoryOf('POSTCARD' as never)).toThrow(RangeError);
  });
});
