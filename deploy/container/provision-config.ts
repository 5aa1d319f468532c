import { z } from 'zod';

/** What making a database needs from its surroundings; the names are those of the environment variables. */
export const ProvisionConfig = z.object({
  ADMIN_DATABASE_URL: z
    .string()
    .refine((text) => URL.canParse(text), { message: 'not an address' })
    .describe('an account that may create databases and roles'),
  DATABASE_NAME: z
    .string()
    .regex(/^[a-z][a-z0-9_]*$/)
    .default('xueji'),
  DATABASE_SECRET: z.string().min(16).describe('from which the passwords of the roles are derived'),
});
export type ProvisionConfig = z.infer<typeof ProvisionConfig>;
