import { z } from 'zod';
import { Day, Uuid } from '../ids.ts';

/**
 * Any service tells organization that a filed account was used on a day (ACC-10, ACC-13). Told once a day by each
 * process that sees the account; telling it again changes nothing.
 */
export const accountUsed = {
  subject: 'organization.account-used',
  timeout: 5_000,
  request: z.object({ registrar: Uuid, day: Day }),
  reply: z.object({}),
};
