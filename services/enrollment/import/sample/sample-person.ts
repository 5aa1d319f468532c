import { checkCharacter } from '#libs/law/identity/citizen-id.ts';
import type { Random } from './random.ts';

type Words = readonly [string, ...string[]];

const words = (text: string): Words => {
  const [first = '', ...others] = text.split(' ');
  return [first, ...others];
};

const SURNAMES = words(
  '王 李 张 刘 陈 杨 赵 郭 高 武 任 韩 薛 冯 贾 梁 郝 乔 常 阎 田 白 史 霍 卫 吴 马 孙 胡 段 𠮷 欧阳 令狐 尉迟',
);
const BOYS = words(
  '浩然 宇轩 子墨 俊熙 晨 博文 泽宇 昊天 铭 志远 嘉懿 奕辰 沐阳 思源 一诺 承泽 瑞 煜城 㴻 致远',
);
const GIRLS = words(
  '若曦 诗涵 雨桐 欣怡 梓涵 语嫣 琪 静姝 梦瑶 可馨 佳怡 思彤 婉清 㛃 书瑶 悦 芷萱 清妍 晓月 锦',
);
const MEN = words('建国 志强 伟 军 磊 勇 海军 国栋 晓东 文斌 鹏 永刚');
const WOMEN = words('丽 芳 敏 秀英 静 晓燕 艳 红梅 娟 彩霞 雪琴 慧');

/** Counties of Shanxi with a street and a village each; codes of GB/T 2260. */
const PLACES: readonly [Place, ...Place[]] = [
  { code: '140105', county: '太原市小店区', streets: words('坞城街道 营盘街道 平阳路街道') },
  { code: '140106', county: '太原市迎泽区', streets: words('桥东街道 庙前街道 柳巷街道') },
  { code: '140107', county: '太原市杏花岭区', streets: words('巨轮街道 三桥街道 鼓楼街道') },
  { code: '140109', county: '太原市万柏林区', streets: words('千峰街道 兴华街道 和平街道') },
  { code: '140121', county: '太原市清徐县', streets: words('清源镇 徐沟镇 东于镇') },
  { code: '140581', county: '晋城市高平市', streets: words('东城街办事处 米山镇 神农镇') },
  { code: '140702', county: '晋中市榆次区', streets: words('北关街道 锦纶街道 东阳镇') },
  { code: '140925', county: '忻州市宁武县', streets: words('凤凰镇 东寨镇 阳方口镇') },
  { code: '141002', county: '临汾市尧都区', streets: words('解放路街道 铁路东街道 刘村镇') },
];

export type Place = { readonly code: string; readonly county: string; readonly streets: Words };
export type Sex = '男' | '女';

export const childName = (random: Random, surname: string, sex: Sex): string =>
  surname + random.pick(sex === '男' ? BOYS : GIRLS);
export const adultName = (random: Random, surname: string, sex: Sex): string =>
  surname + random.pick(sex === '男' ? MEN : WOMEN);
export const surname = (random: Random): string => random.pick(SURNAMES);
export const place = (random: Random): Place => random.pick(PLACES);

/** A postal address in Shanxi with its division code before it. */
export function address(random: Random, { code, county, streets }: Place): string {
  const block = `${random.below(20) + 1}号楼${random.below(4) + 1}单元${random.below(30) + 101}室`;
  return `${code} 山西省${county}${random.pick(streets)}文明路${random.below(200) + 1}号院${block}`;
}

/** A mobile number of a range that is given to nobody. */
export const phone = (random: Random): string => `1990000${String(random.below(10_000)).padStart(4, '0')}`;

/** Gives out sound resident ID numbers (GB 11643), each once: the order code counts up per place, day and sex. */
export class ResidentNumbers {
  readonly #given = new Map<string, number>();

  next(code: string, birthDate: string, sex: Sex): string {
    const day = `${code}${birthDate.replaceAll('-', '')}`;
    const key = `${day}${sex}`;
    const given = this.#given.get(key) ?? 0;
    this.#given.set(key, given + 1);
    const digits = day + String((given % ORDERS_A_DAY) * 2 + (sex === '男' ? 1 : 2)).padStart(3, '0');
    return digits + checkCharacter(digits);
  }
}

/** Half of the order codes 001-998: odd ones for boys, even ones for girls. */
const ORDERS_A_DAY = 499;

/** A day within the range, both ends included. */
export function dayBetween(random: Random, from: string, to: string): string {
  const start = Date.parse(`${from}T00:00:00Z`);
  const days = (Date.parse(`${to}T00:00:00Z`) - start) / 86_400_000 + 1;
  return new Date(start + random.below(days) * 86_400_000).toISOString().slice(0, 10);
}
