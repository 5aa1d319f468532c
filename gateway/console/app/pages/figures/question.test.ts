import { changed } from '../../values/changed-address.ts';
import { isKept, plainIn, stockQuestionIn } from './question.ts';

const asked = (text: string, isSchool = false) => stockQuestionIn(new URLSearchParams(text), isSchool);

test('an address that says nothing asks for the units below by stage, in a school for its grades', () => {
  expect(asked('').by).toEqual(['UNIT', 'STAGE']);
  expect(asked('', true).by).toEqual(['STAGE', 'GRADE']);
});

test('dimensions stand in one order, whatever the address has, and nothing below a school is asked for', () => {
  expect(asked('by=GENDER,UNIT').by).toEqual(['UNIT', 'GENDER']);
  expect(asked('by=GENDER,UNIT', true).by).toEqual(['GENDER']);
});

test('a whole without any dimension can be asked for', () => expect(asked('by=').by).toEqual([]));

test('grades are never told without their stages', () => {
  expect(asked('by=GRADE').by).toEqual(['STAGE', 'GRADE']);
  expect(plainIn(['UNIT', 'STAGE', 'GRADE'], new URLSearchParams('by=GENDER,GRADE'), false)).toEqual([
    'STAGE',
    'GRADE',
  ]);
});

test.each([
  ['', true],
  ['attributes=BOARDER', true],
  ['attributes=BOARDER,MIGRANT', false],
])('%s: a table is kept: %s', (text, expected) => expect(isKept(asked(text))).toBe(expected));

test('at most three attributes are counted together', () =>
  expect(asked('attributes=STATUS,BOARDER,MIGRANT,DISABLED').attributes).toEqual([
    'STATUS',
    'BOARDER',
    'MIGRANT',
  ]));

test('what an address does not know of is left out', () => {
  expect(asked('by=STAGE,NAME&attributes=NAME&stage=ALL&grade=12&gender=NONE')).toEqual({
    by: ['STAGE'],
    attributes: [],
    filter: {},
  });
  expect(asked('stage=PRIMARY&grade=3&gender=MALE').filter).toEqual({
    stage: 'PRIMARY',
    grade: 3,
    gender: 'MALE',
  });
});

test('a part of an address changes, and the others stay', () => {
  const next = changed(new URLSearchParams('scope=140000&job=1'), { scope: '140100', job: null });
  expect(next.toString()).toBe('scope=140100');
});
