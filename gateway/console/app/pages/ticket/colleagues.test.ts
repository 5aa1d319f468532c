import { colleaguesAt } from './colleagues.ts';

const clerk = { name: '王建国', subject: 'clerk-1', unit: { code: '140105' }, school: null };

test('colleagues are those of the own workplace who have a login, each once', () => {
  const registrars = [
    clerk,
    clerk,
    { ...clerk, name: null, subject: 'clerk-3' },
    { ...clerk, subject: null },
    { ...clerk, subject: 'clerk-5', unit: null, school: { id: '2114000001' } },
  ];
  expect(colleaguesAt(registrars, '140105')).toEqual([
    { value: 'clerk-1', label: '王建国（clerk-1）' },
    { value: 'clerk-3', label: 'clerk-3' },
  ]);
});

test('who works nowhere has no colleagues', () => expect(colleaguesAt([clerk], undefined)).toEqual([]));
