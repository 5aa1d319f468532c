import { z } from 'zod';
import { SchoolCode, Uuid } from '../ids.ts';

/** Most pupils that one class teacher may lead: a few classes of ordinary size. */
export const mostPupilsOfTeacher = 400;

/** Any service asks enrollment whom a class teacher leads now: the pupils of the own classes at that school (PRV-12). */
export const pupilsOfTeacher = {
  subject: 'enrollment.pupils-of-teacher',
  timeout: 5_000,
  request: z.object({ subject: z.string().min(1).max(200), school: SchoolCode }),
  reply: z.object({ persons: z.array(Uuid).max(mostPupilsOfTeacher) }),
};
