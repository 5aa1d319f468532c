import { filterIn } from './filter.ts';

test.each([
  ['', {}],
  ['stage=PRIMARY&grade=3&status=SUSPENDED', { stage: 'PRIMARY', grade: 3, status: ['SUSPENDED'] }],
  ['stage=NOWHERE&grade=x&status=LOST', {}],
  ['grade=-1', {}],
])('the address %j asks for %j', (address, filter) => {
  expect(filterIn(new URLSearchParams(address))).toEqual(filter);
});
