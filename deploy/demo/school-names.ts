import type { SchoolSketch } from './core-schools.ts';

const STEMS =
  '知行 晨光 松涛 启明 青禾 明理 致远 博雅 和风 星河 云帆 海棠 百川 朝华 思源 望岳 清泉 苍松 春晖 新苗'.split(
    ' ',
  );
const DIGITS = '〇一二三四五六七八九';
const ENDINGS = { PRIMARY: '小学', JUNIOR: '初级中学', SENIOR: '高级中学' } as const;

/** A whole number from 1 to 99,999 in Chinese as schools are counted: 十二, 一百〇三 is written 一〇三. */
const inChinese = (n: number): string => {
  if (n > 99) return [...String(n)].map((digit) => DIGITS[Number(digit)] ?? '').join('');
  const [tens, ones] = [Math.floor(n / 10), n % 10];
  const head = tens === 0 ? '' : `${tens === 1 ? '' : (DIGITS[tens] ?? '')}十`;
  return head + (ones === 0 ? '' : (DIGITS[ones] ?? ''));
};

/** Made-up name of the n-th school (from 0) of a stage in a place. */
export function schoolName(place: string, stage: keyof typeof ENDINGS, n: number): SchoolSketch['name'] {
  const stem = STEMS[n];
  return `${place}${stem ?? `第${inChinese(n + 1)}`}${ENDINGS[stage]}`;
}
