import { alignedLines, displayWidth } from '#deploy/local/table.ts';

test('a Chinese character takes two columns, a rare one of the second plane as well', () => {
  expect(['a', '中', '𠮷', '（）', 'é'].map(displayWidth)).toEqual([1, 2, 2, 4, 1]);
});

test('columns line up whatever the script, without blanks at the end', () => {
  expect(alignedLines([['教育部', 'MINISTRY'], ['shanxi', 'PROVINCE'], ['x']])).toEqual([
    '教育部  MINISTRY',
    'shanxi  PROVINCE',
    'x',
  ]);
});
