import type { Texts } from '../../language/language.tsx';

export const texts = {
  title: ['公布的统计表', 'Published tables'],
  about: [
    '供所有人查看的各月固定表：月末算出一次，此后不变；少于10的单元格及可推算出它的单元格不公布或取约数。',
    'Fixed tables of every month, for everybody: worked out once when the month is over. Counts under ten, and what would give them away, are hidden or rounded.',
  ],
  none: ['还没有公布的月份', 'No month is published yet'],
  noTable: ['该月没有公布这张表', 'This table is not published for the month'],
  choice: ['统计表', 'Table'],
  table: ['表', 'Table'],
  month: ['月份', 'Month'],
  place: ['范围', 'Place'],
  nation: ['全国', 'The nation'],
  asOf: ['统计时点', 'As of'],
  publishedAt: ['公布时间', 'Published'],
  digest: ['摘要值', 'Digest'],
} satisfies Texts;
