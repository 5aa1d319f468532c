import { words } from '../../language/generated/words.ts';
import { categoryOf } from './archive-kinds.ts';

test('every kind of item has the category into which it is filed by hand, but awards and measures, which have orders', () => {
  const without = Object.keys(words.ArchiveItemKind).filter((kind) => categoryOf(kind) === undefined);
  expect(without.sort()).toEqual(['AWARD', 'DISCIPLINE']);
});
