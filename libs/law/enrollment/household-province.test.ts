import fc from 'fast-check';
import { provinceOfAddress } from './household-province.ts';

describe('the province that an address begins with', () => {
  it.each([
    ['(410503)样例路1号', '410000'],
    ['（410503）样例路1号', '410000'],
    ['410503 样例路1号', '410000'],
    ['河南省安阳市北关区样例路1号', '410000'],
    ['河南省', '410000'],
    [' 河南 安阳市 北关区', '410000'],
    ['河南安阳北关区样例路1号', '410000'],
    ['中国河南省安阳市', '410000'],
    ['内蒙古自治区包头市', '150000'],
    ['内蒙古呼伦贝尔市海拉尔区', '150000'],
    ['内蒙古锡林郭勒盟', '150000'],
    ['北京市朝阳区', '110000'],
    ['北京朝阳区样例街1号', '110000'],
    ['黑龙江大兴安岭地区', '230000'],
    ['湖北恩施土家族苗族自治州', '420000'],
    ['新疆维吾尔自治区喀什地区', '650000'],
    ['新疆伊犁哈萨克自治州', '650000'],
    ['青海海南藏族自治州共和县', '630000'],
    ['海南海口市', '460000'],
  ])('%s is read', (address, province) => {
    expect(provinceOfAddress(address)).toBe(province);
  });

  it.each([
    '',
    '样例路1号',
    '太原市小店区样例路1号',
    '北京路12号',
    '上海街道样例社区',
    '河北区中山路1号',
    '海南藏族自治州共和县',
    '河南蒙古族自治县',
    '海南区样例街',
    '云南驿镇',
    '山西村3号',
    '(990000)样例路1号',
    '13800000000',
    '样例村（河南省）',
  ])('%s is left unknown', (address) => {
    expect(provinceOfAddress(address)).toBeUndefined();
  });

  it('is a province or nothing, whatever was typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(provinceOfAddress(text) ?? '000000').toMatch(/^\d{2}0000$/);
      }),
    );
  });
});
