import { z } from 'zod';
import { readConfig } from '#libs/platform/config/config.ts';

const Channels = z.array(z.string().min(1).max(200)).max(10);

const Config = z.object({
  REPORT_MAILBOXES: z
    .string()
    .default('[]')
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: 'custom', message: 'not JSON' });
        return z.NEVER;
      }
    })
    .pipe(Channels),
});

/**
 * The mailboxes to which a copy of every sealed report is to go: configuration and nothing else (TKT-05, TKT-14). There is no
 * default, so that no system under test ever names a real address. Throws ConfigError for anything else.
 */
export const readMailboxes = (env: Record<string, string | undefined>): readonly string[] =>
  readConfig(Config, env).REPORT_MAILBOXES;
