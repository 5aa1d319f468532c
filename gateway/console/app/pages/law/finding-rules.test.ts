import { rulesWith } from './finding-rules.ts';

const rule = (id: string, title: string, article: string) => ({
  ...{ id, title, titleEn: 'Limit of a suspension', statement: 'A suspension ends within a year.' },
  basis: [{ document: '《办法》', article }],
});
const rules = [rule('ENR-44', '休学期限', '第二十条'), rule('TRF-08', '转学办理期限', '第三十条')];
const ids = (chapter: string | null, sought: string) => rulesWith(rules, chapter, sought).map(({ id }) => id);

test('rules are found by id, title, content and article, in any writing, with all words', () => {
  expect(ids(null, 'enr-44')).toEqual(['ENR-44']);
  expect(ids(null, '转学')).toEqual(['TRF-08']);
  expect(ids(null, '第二十条 suspension')).toEqual(['ENR-44']);
  expect(ids(null, '转学 第二十条')).toEqual([]);
  expect(ids(null, ' ')).toEqual(['ENR-44', 'TRF-08']);
});

test('a chapter narrows what is found', () => {
  expect(ids('TRF', '期限')).toEqual(['TRF-08']);
});
