import { itemName } from './item-name.ts';

const names = { phone: '联系电话', guardian: '家庭成员' };

test.each([
  ['phone', '联系电话'],
  ['guardians.1.phone', '家庭成员1 联系电话'],
  ['guardians.2.newer', '家庭成员2 newer'],
  ['bloodGroup', 'bloodGroup'],
])('the item %s is called %s', (field, name) => expect(itemName(field, names)).toBe(name));
