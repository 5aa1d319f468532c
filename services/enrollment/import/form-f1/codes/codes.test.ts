import { COUNTRIES } from './countries.ts';
import { ETHNIC_GROUPS } from './ethnic-groups.ts';
import { ID_DOCUMENT_TYPES } from './identity-documents.ts';
import { GENDERS, RELATIONS, YES_NO } from './person.ts';
import { GRADES } from './school-life.ts';

describe('code tables', () => {
  test('all 56 ethnic groups and the two further codes are known by code and by name', () => {
    expect(ETHNIC_GROUPS.values).toHaveLength(58);
    for (const code of ETHNIC_GROUPS.values) {
      const name = ETHNIC_GROUPS.nameOf(code);
      expect([
        ETHNIC_GROUPS.find(code),
        ETHNIC_GROUPS.find(name),
        ETHNIC_GROUPS.find(name.replace(/族$/, '')),
      ]).toEqual([code, code, code]);
    }
    expect([ETHNIC_GROUPS.find('1'), ETHNIC_GROUPS.find('56'), ETHNIC_GROUPS.find('57')]).toEqual([
      '01',
      '56',
      undefined,
    ]);
    expect(ETHNIC_GROUPS.nameOf('56')).toBe('基诺族');
  });

  test('countries are known by three letters, three digits and name, each to one country', () => {
    for (const spelling of ['CHN', '156', '中国', '中华人民共和国'])
      expect(COUNTRIES.find(spelling)).toBe('CHN');
    expect([COUNTRIES.find('004'), COUNTRIES.find('香港'), COUNTRIES.find('美国')]).toEqual([
      'AFG',
      'HKG',
      'USA',
    ]);
    expect(new Set(COUNTRIES.values).size).toBe(COUNTRIES.values.length);
    for (const code of COUNTRIES.values) expect(COUNTRIES.find(COUNTRIES.nameOf(code))).toBe(code);
  });

  test.each([
    [GENDERS, '1', 'MALE'],
    [GENDERS, '女', 'FEMALE'],
    [YES_NO, '0', 'NO'],
    [YES_NO, 'TRUE', 'YES'],
    [ID_DOCUMENT_TYPES, 'A', 'PASSPORT'],
    [ID_DOCUMENT_TYPES, '身份证', 'RESIDENT_ID'],
    [RELATIONS, '61', 'GRANDPARENT'],
    [RELATIONS, '爸爸', 'FATHER'],
    [GRADES, '初一', '7'],
    [GRADES, '高中三年级', '12'],
  ])('%# a spelling of the outside world finds its value', (table, spelling, value) =>
    expect(table.find(spelling)).toBe(value),
  );

  test('what no table knows is not guessed at', () => expect(GENDERS.find('3')).toBeUndefined());
});
