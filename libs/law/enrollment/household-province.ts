/** Provinces by the first two digits of their code (GB/T 2260): the full name, and the short one that begins it. */
const PROVINCES: readonly (readonly [code: string, name: string, short: string])[] = [
  ['110000', '北京市', '北京'],
  ['120000', '天津市', '天津'],
  ['130000', '河北省', '河北'],
  ['140000', '山西省', '山西'],
  ['150000', '内蒙古自治区', '内蒙古'],
  ['210000', '辽宁省', '辽宁'],
  ['220000', '吉林省', '吉林'],
  ['230000', '黑龙江省', '黑龙江'],
  ['310000', '上海市', '上海'],
  ['320000', '江苏省', '江苏'],
  ['330000', '浙江省', '浙江'],
  ['340000', '安徽省', '安徽'],
  ['350000', '福建省', '福建'],
  ['360000', '江西省', '江西'],
  ['370000', '山东省', '山东'],
  ['410000', '河南省', '河南'],
  ['420000', '湖北省', '湖北'],
  ['430000', '湖南省', '湖南'],
  ['440000', '广东省', '广东'],
  ['450000', '广西壮族自治区', '广西'],
  ['460000', '海南省', '海南'],
  ['500000', '重庆市', '重庆'],
  ['510000', '四川省', '四川'],
  ['520000', '贵州省', '贵州'],
  ['530000', '云南省', '云南'],
  ['540000', '西藏自治区', '西藏'],
  ['610000', '陕西省', '陕西'],
  ['620000', '甘肃省', '甘肃'],
  ['630000', '青海省', '青海'],
  ['640000', '宁夏回族自治区', '宁夏'],
  ['650000', '新疆维吾尔自治区', '新疆'],
  ['710000', '台湾省', '台湾'],
  ['810000', '香港特别行政区', '香港'],
  ['820000', '澳门特别行政区', '澳门'],
];

const CODES: ReadonlySet<string> = new Set(PROVINCES.map(([code]) => code));

/**
 * What follows a short name when it is a province: the name of a city or county. Streets, towns and counties are
 * called after provinces too (北京路, 河北区, 海南藏族自治州), so anything else says nothing.
 */
const DIVISION_FOLLOWS =
  /^(?!藏族|蒙古族|[市区县州旗])[\p{Script=Han}--[路街道巷弄里镇乡村号]]{1,9}?(?:市|地区|盟|州|区|县|旗)/v;

/**
 * The six-digit code of the province that an address names at its beginning, by a division code or by the province's
 * name, full or short; undefined where it names none, or not for certain.
 */
export const provinceOfAddress = (address: string): string | undefined => {
  const written = address.normalize('NFKC').replaceAll(/\s/gu, '');
  const coded = /^\(?(\d{2})\d{4}(?!\d)/.exec(written)?.[1];
  if (coded !== undefined) return CODES.has(`${coded}0000`) ? `${coded}0000` : undefined;
  const words = written.replace(/^(?:中华人民共和国|中国)/, '');
  const found = PROVINCES.find(
    ([, name, short]) =>
      words.startsWith(name) || (words.startsWith(short) && DIVISION_FOLLOWS.test(words.slice(short.length))),
  );
  return found?.[0];
};
