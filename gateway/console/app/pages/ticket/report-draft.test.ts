import { codesOf, reportOf } from './report-draft.ts';

const item = { description: '跨省转学数据未送达', scope: 'CROSS_PROVINCE' } as const;

test('codes are read however they are set apart', () =>
  expect(codesOf('140105，1401051001、 410503')).toEqual(['140105', '1401051001', '410503']));

test('a report goes out when every item is whole; contacts that are missing are left to the law', () => {
  expect(reportOf({ items: [{ ...item, complaints: ['a'], concerned: '140105' }] })).toEqual({
    items: [{ ...item, complaints: ['a'], concerned: ['140105'] }],
    businessContact: null,
    technicalContact: null,
  });
});

test.each([
  ['without an item', []],
  ['with an item that says nothing', [item, { scope: 'CROSS_PROVINCE' as const }]],
  ['with an item of which nobody says what it is about', [{ description: '无法登录' }]],
])('%s there is no report', (_, items) => expect(reportOf({ items })).toBeUndefined());
