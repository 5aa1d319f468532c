import { valueText } from './value-text.ts';

const words = {
  yes: '是',
  no: '否',
  none: '无',
  WORKING_DAY: '个工作日',
  DAY: '日',
  WEEK: '周',
  MONTH: '个月',
  YEAR: '年',
};

test.each([
  [{ amount: 10, unit: 'WORKING_DAY' }, '10 个工作日'],
  [{ from: '07-15', to: '08-14' }, '07-15 – 08-14'],
  [
    [
      { from: '08-15', to: '12-14' },
      { from: '03-01', to: '05-31' },
    ],
    '08-15 – 12-14；03-01 – 05-31',
  ],
  [true, '是'],
  [false, '否'],
  [null, '无'],
  [[], '无'],
  [10, '10'],
  ['08-31', '08-31'],
  [{ kind: 'ANY_TIME' }, 'ANY_TIME'],
  [{ anyOf: ['LAW', 'COUNTY_GOVERNMENT'], andAlso: [] }, 'anyOf LAW；COUNTY_GOVERNMENT，andAlso 无'],
])('%j is written %s', (value, text) => {
  expect(valueText(value, words)).toBe(text);
});
