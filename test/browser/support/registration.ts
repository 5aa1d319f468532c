import { DEMO_SCHOOLS } from '#deploy/demo/identities.ts';
import { ask } from './registry.ts';

const place = '(140105)坞城街道1号';
const guardian = {
  ...{ name: '王建国', relation: 'FATHER', isLegalGuardian: true, ethnicGroup: '01', idDocumentType: 'NONE' },
  ...{ workUnit: '务农', householdAddress: place, phone: '15400000001' },
};
const form = {
  ...{ gender: 'MALE', birthDate: '2020-05-06', ethnicGroup: '01', nationalityOrRegion: '156' },
  ...{ overseasCategory: 'NONE', idDocumentType: 'NONE', currentAddress: place, householdAddress: place },
  ...{ gradeName: '一年级', className: '1班', politicalStatus: '群众', contactPhone: '15400000001' },
  ...{ isBoarder: false, isDisabled: false, isLeftBehind: false, isMigrantChild: false },
  guardians: [guardian],
};

/** The school registers a child of this name, which then waits for the decision of its county. */
export const registered = async (name: string): Promise<void> => {
  const { registerStudent } = (await ask(
    'registrar',
    'mutation ($input: RegisterStudentInput!) { registerStudent(input: $input) { enrollment { id status } findings { message } } }',
    {
      input: {
        ...{ idempotencyKey: crypto.randomUUID(), school: DEMO_SCHOOLS.taiyuanPrimary, entryYear: 2026 },
        form: { ...form, name },
      },
    },
  )) as { registerStudent: { enrollment: { status: string } | null; findings: unknown[] } };
  if (registerStudent.enrollment?.status !== 'PENDING_APPROVAL')
    throw new Error(JSON.stringify(registerStudent));
};
