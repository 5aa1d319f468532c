import { type ComplaintDraft, complaintOf, problemOf } from './complaint-draft.ts';

const whole: ComplaintDraft = { matter: '信息有误', name: '张三', phone: '13800138000' };

test.each(['matter', 'name', 'phone'] as const)('without %s there is no complaint yet', (part) =>
  expect(complaintOf('1', { ...whole, [part]: ' ' })).toBeUndefined(),
);

test('the receiver is found by the pupil, the fault and whom it is against', () => {
  expect(problemOf('1', whole)).toEqual({ student: '1' });
  expect(problemOf('1', { fault: 'NONE', against: [' 140105 '] })).toEqual({
    ...{ student: '1', fault: 'NONE', against: ['140105'] },
  });
});

test('a complaint tells who reports it', () =>
  expect(complaintOf('1', whole)).toEqual({
    ...{ student: '1', matter: '信息有误', reporter: { name: '张三', phone: '13800138000' } },
  }));
