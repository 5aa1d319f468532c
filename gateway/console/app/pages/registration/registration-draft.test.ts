import { type Draft, isBegun, registrationOf, toldByNumber } from './registration-draft.ts';

const begun: Draft = {
  ...{ gender: 'MALE', birthDate: '2020-03-01', gradeName: '一年级' },
  ...{ idDocumentType: 'NONE', overseasCategory: 'NONE' },
};

test.each(['gender', 'birthDate', 'gradeName', 'idDocumentType', 'overseasCategory'] as const)(
  'without %s there is nothing to judge yet',
  (part) => expect(registrationOf('1401051001', { ...begun, [part]: undefined })).toBeUndefined(),
);

test('what is missing is left to the law, blanks are not sent, and a no is an answer', () => {
  const { form } = registrationOf('1401051001', { ...begun, formerName: '', isBoarder: false }) ?? {};
  expect(form).toEqual({
    ...begun,
    ...{ name: '', nationalityOrRegion: '', isBoarder: false, guardians: [] },
  });
});

test('a family member goes along once it is said who it is', () => {
  const guardian = { name: '李四', idDocumentType: 'RESIDENT_ID', phone: '' } as const;
  const sent = (guardians: Draft['guardians'] = []) =>
    registrationOf('1401051001', { ...begun, guardians })?.form.guardians;
  expect(sent([guardian])).toEqual([]);
  expect(sent([{ ...guardian, relation: 'FATHER' }, {}])).toEqual([
    { name: '李四', idDocumentType: 'RESIDENT_ID', relation: 'FATHER', isLegalGuardian: false },
  ]);
});

test('a family member is begun with the first thing that is filled in', () => {
  expect([isBegun(undefined), isBegun({ name: '' }), isBegun({ phone: '1' })]).toEqual([false, false, true]);
});

test('an assessment goes along when it says how and when', () => {
  const sent = (assessment: Draft['assessment']) =>
    registrationOf('1401051001', { ...begun, assessment })?.assessment;
  expect(sent({ mode: 'INCLUSIVE' })).toBeNull();
  expect(sent({ mode: 'INCLUSIVE', assessedOn: '2026-06-01' })).toEqual({
    mode: 'INCLUSIVE',
    assessedOn: '2026-06-01',
  });
});

test.each([
  ['14010520200301123X', { birthDate: '2020-03-01', gender: 'MALE' }],
  ['140105202003011248', { birthDate: '2020-03-01', gender: 'FEMALE' }],
  ['14010520200301', {}],
])('the number %s tells what it holds', (number, told) => expect(toldByNumber(number)).toEqual(told));
