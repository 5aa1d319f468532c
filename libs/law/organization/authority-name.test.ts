import { authorityNameOf } from './authority-name.ts';

describe('the name under which a unit acts', () => {
  it('is that of its department, commission or bureau, and not that of the division', () => {
    expect(authorityNameOf({ level: 'PROVINCE', name: '山西省' })).toBe('山西省教育厅');
    expect(authorityNameOf({ level: 'PROVINCE', name: '内蒙古自治区' })).toBe('内蒙古自治区教育厅');
    expect(authorityNameOf({ level: 'PROVINCE', name: '重庆市' })).toBe('重庆市教育委员会');
    expect(authorityNameOf({ level: 'CITY', name: '太原市' })).toBe('太原市教育局');
    expect(authorityNameOf({ level: 'COUNTY', name: '小店区' })).toBe('小店区教育局');
    expect(authorityNameOf({ level: 'MINISTRY', name: '全国' })).toBe('教育部');
  });

  it('stays where the unit says itself what it is', () => {
    expect(authorityNameOf({ level: 'COUNTY', name: '北关区教育体育局' })).toBe('北关区教育体育局');
    expect(authorityNameOf({ level: 'COUNTY', name: '某区教体局' })).toBe('某区教体局');
  });
});
