import { draftOf } from './draft-of-record.ts';
import type { RegistrationOnFileQuery } from './generated/on-file.ts';
import { registrationOf } from './registration-draft.ts';

type Student = NonNullable<RegistrationOnFileQuery['student']>;
type Enrollment = NonNullable<Student['enrollment']>;

const enrollment = {
  ...{ id: '1', version: 2, status: 'RETURNED_TO_SCHOOL', stage: 'PRIMARY', grade: 1 },
  ...{ decisionReason: null, allowedActions: ['RESUBMIT'], blockers: [], schoolClass: null },
  classWanted: '1班',
  school: { id: '1401051001', name: '知行小学' },
} as unknown as Enrollment;

const guardian = {
  ...{ relation: 'MOTHER', isLegalGuardian: true, documentType: 'RESIDENT_ID', documentNumber: null },
  ...{ ethnicity: null, workUnit: null, householdAddress: null, phone: '13912345678' },
};

const student = {
  ...{ id: 'a', name: '张三', formerName: null, gender: 'MALE', birthDate: '2020-03-01' },
  ...{ nationality: 'CHN', overseasCategory: 'NONE', ethnicity: '01', identityDocument: null },
  profile: { contactPhone: '13912345678', isBoarder: false },
  guardians: [
    { ...guardian, position: 2, name: '李四' },
    { ...guardian, position: 1, name: '王五' },
  ],
  enrollment,
} as unknown as Student;

test('what is on file fills the form, so that what is not touched is handed in again as it was', () => {
  const { form } = registrationOf('1401051001', draftOf(student, enrollment)) ?? {};
  expect(form).toMatchObject({
    ...{ name: '张三', gender: 'MALE', birthDate: '2020-03-01', gradeName: '一年级', ethnicGroup: '01' },
    ...{ nationalityOrRegion: '中国', idDocumentType: 'NONE', contactPhone: '13912345678', isBoarder: false },
    className: '1班',
  });
  expect(form?.guardians.map(({ name }) => name)).toEqual(['王五', '李四']);
});

test.each([
  ['PRIMARY', 6, '六年级'],
  ['JUNIOR', 1, '七年级'],
  ['SENIOR', 3, '高三'],
] as const)('a pupil in grade %s %i is in %s by the form', (stage, grade, name) =>
  expect(draftOf(student, { ...enrollment, stage, grade }).gradeName).toBe(name),
);
