import { breaks, holds } from '#test/support/rules.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import { said } from '../testing/said.ts';
import {
  ARCHIVE_CATEGORIES,
  ARCHIVE_ITEM_KINDS,
  categoriesAt,
  categoryOf,
  judgeCategory,
} from './categories.ts';

const ON = '2026-09-07';
const UNKNOWN = 'ARC-02 REJECT ARCHIVE_CATEGORY_UNKNOWN';

describe('the categories of an archive', () => {
  it(holds('ARC-02', 'are seven, and every kind of item lies in its own'), () => {
    for (const place of [SHANXI, ELSEWHERE]) {
      expect(categoriesAt(ON, place, 'PRIMARY')).toHaveLength(7);
      for (const kind of ARCHIVE_ITEM_KINDS) {
        const filed = { kind, category: categoryOf(kind), stage: 'PRIMARY' as const };
        expect(judgeCategory(filed, ON, place)).toEqual([]);
      }
    }
  });

  it(breaks('ARC-02', 'refuse an item of another category, and in Beiguan the seventh'), () => {
    for (const category of ARCHIVE_CATEGORIES.filter((each) => each !== 'AWARDS')) {
      expect(said(judgeCategory({ kind: 'AWARD', category, stage: 'PRIMARY' }, ON, SHANXI))).toEqual([
        UNKNOWN,
      ]);
    }
    const seventh = { kind: 'PROVINCIAL_MATERIAL', category: 'PROVINCIAL_OTHER' } as const;
    expect(said(judgeCategory({ ...seventh, stage: 'JUNIOR' }, ON, BEIGUAN))).toEqual([UNKNOWN]);
    expect(categoriesAt(ON, BEIGUAN, 'JUNIOR')).toHaveLength(6);
  });

  it('are seven in Beiguan too for senior schools and before its measure', () => {
    expect(categoriesAt(ON, BEIGUAN, 'SENIOR')).toHaveLength(7);
    expect(categoriesAt('2019-12-31', BEIGUAN, 'PRIMARY')).toHaveLength(7);
    expect(categoriesAt('2020-01-01', BEIGUAN, 'PRIMARY')).toHaveLength(6);
  });

  it('hold each kind of item once', () => {
    expect(new Set(ARCHIVE_ITEM_KINDS).size).toBe(ARCHIVE_ITEM_KINDS.length);
    expect(() => categoryOf('POSTCARD' as never)).toThrow(RangeError);
  });
});
