import { z } from 'zod';
import { SchoolCode, UnitCode, Uuid } from '#libs/contracts/ids.ts';
import { isFilled } from '#libs/law/ticket/filled.ts';
import { CaseLinking } from '../cases/seen-case.ts';
import { TICKET_CHANNELS } from '../tickets/ticket.ts';
import { Reporter } from '../tickets/words.ts';

/** Longest text of a field, characters: what a form with its further page takes. */
export const LONGEST_TEXT = 5_000;

/** A text that somebody types in; it is kept and shown as it is, and never read as markup. */
export const Text = z
  .string()
  .trim()
  .max(LONGEST_TEXT)
  .refine(isFilled, { message: '请填写内容。 Nothing is written here.' });

/** What a complaint is about. */
export const Problem = z.object({
  student: Uuid.nullish(),
  fault: z.enum(['NONE', 'PROVINCIAL_RUNTIME', 'SYSTEM_OPERATION']).nullish(),
  against: z
    .array(z.union([UnitCode, SchoolCode]))
    .max(10)
    .nullish(),
});
export type Problem = z.infer<typeof Problem>;

/** A complaint as somebody files it. */
export const Filing = Problem.extend({
  ...CaseLinking.shape,
  idempotencyKey: z.string().min(1).max(100),
  matter: Text,
  reporter: Reporter,
  /** Whom a caller names who is not known by id. */
  studentNamed: z
    .object({ name: z.string().trim().min(1).max(120), studentNumber: z.string().trim().min(1).max(40) })
    .nullish(),
  channel: z.enum(TICKET_CHANNELS.filter((channel) => channel !== 'SYSTEM')).nullish(),
});
export type Filing = z.infer<typeof Filing>;
