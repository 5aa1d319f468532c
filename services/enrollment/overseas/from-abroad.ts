import type { OverseasCategory } from '#libs/law/enrollment/overseas.ts';

/** What enrollment keeps of a pupil from abroad or of a joint programme; absent for everybody else. */
export type FromAbroad = { category: OverseasCategory; jointProgramme: boolean };
