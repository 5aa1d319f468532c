import { z } from 'zod';
import { Day } from '#libs/contracts/ids.ts';

/** A child who has no registration: enough to be found by, and sealed wherever it is kept. */
export const Child = z.object({
  name: z.string().trim().min(1).max(60),
  birthDate: Day,
  idDocumentNumber: z.string().trim().max(60).nullish(),
  guardianName: z.string().trim().max(60).nullish(),
  guardianPhone: z.string().trim().max(30).nullish(),
  address: z.string().trim().max(220).nullish(),
});
export type Child = z.infer<typeof Child>;

const entryAge = 6;
const lastDay = '08-31';

/** The year in whose autumn a child is of age for grade one: six on 31 August, that day included (ENR-01, ENR-03). */
export const gradeOneYearFrom = (birthDate: string): number =>
  Number(birthDate.slice(0, 4)) + entryAge + (birthDate.slice(5) > lastDay ? 1 : 0);
