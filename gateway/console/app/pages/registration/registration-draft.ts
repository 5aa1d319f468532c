import type { RegisterStudentMutationVariables } from './generated/register.ts';

type Input = RegisterStudentMutationVariables['input'];
type Form = Input['form'];
export type GuardianDraft = Partial<Form['guardians'][number]>;

/** What the registrar has filled in so far of a collection form, and of what comes with it. */
export type Draft = Partial<Omit<Form, 'guardians'>> & {
  guardians?: readonly GuardianDraft[];
  entryYear?: number;
  overseas?: NonNullable<Input['overseas']>;
  assessment?: Partial<NonNullable<Input['assessment']>>;
};

/** Grades as the collection form names them, from the first year of school to the twelfth. */
export const gradeNames = [
  ...['一年级', '二年级', '三年级', '四年级', '五年级', '六年级'],
  ...['七年级', '八年级', '九年级', '高一', '高二', '高三'],
] as const;

/** Whether a grade of the form belongs to the senior stage, where programmes with foreign partners exist. */
export const isSenior = (gradeName: string | undefined): boolean => gradeName?.startsWith('高') ?? false;

/** Day of birth and gender as a resident ID number of eighteen characters tells them (GB 11643). */
export const toldByNumber = (number: string): Pick<Draft, 'birthDate' | 'gender'> => {
  const parts = /^\d{6}(\d{4})(0[1-9]|1[0-2])([0-2]\d|3[01])\d{2}(\d)[\dXx]$/.exec(number.trim());
  if (!parts) return {};
  const [, year, month, day, order] = parts;
  return { birthDate: `${year}-${month}-${day}`, gender: Number(order) % 2 === 1 ? 'MALE' : 'FEMALE' };
};

/** Whether anything of a guardian was filled in. */
export const isBegun = (guardian: GuardianDraft | undefined): boolean =>
  Object.values(guardian ?? {}).some((value) => value !== undefined && value !== null && value !== '');

const withoutBlanks = <Part extends object>(part: Part): Part =>
  Object.fromEntries(
    Object.entries(part).filter(([, value]) => value !== '' && value !== undefined && value !== null),
  ) as Part;

const guardiansOf = (guardians: readonly GuardianDraft[]): Form['guardians'] =>
  guardians.flatMap((guardian) => {
    const { name, relation, idDocumentType, isLegalGuardian = false, ...more } = guardian;
    if (!name || !relation || !idDocumentType) return [];
    return [{ ...withoutBlanks(more), name, relation, idDocumentType, isLegalGuardian }];
  });

const assessmentOf = ({ mode, assessedOn }: NonNullable<Draft['assessment']>): Input['assessment'] =>
  mode && assessedOn ? { mode, assessedOn } : null;

/**
 * The registration, once the graph can judge it: born when, of which gender, in which grade. Whatever else is missing
 * the law asks for.
 */
export const registrationOf = (school: string, draft: Draft): Omit<Input, 'idempotencyKey'> | undefined => {
  const { guardians = [], entryYear, overseas, assessment, ...form } = draft;
  const { gender, birthDate, gradeName, idDocumentType, overseasCategory } = form;
  if (!gender || !birthDate || !gradeName || !idDocumentType || !overseasCategory) return undefined;
  return {
    school,
    ...(entryYear && { entryYear }),
    form: {
      ...withoutBlanks(form),
      ...{ gender, birthDate, gradeName, idDocumentType, overseasCategory },
      name: form.name ?? '',
      nationalityOrRegion: form.nationalityOrRegion ?? '',
      guardians: guardiansOf(guardians),
    },
    ...(overseas && { overseas: withoutBlanks(overseas) }),
    ...(assessment && { assessment: assessmentOf(assessment) }),
  };
};
