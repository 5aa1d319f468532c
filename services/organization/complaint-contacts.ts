import { z } from 'zod';
import { UnitCode } from '#libs/contracts/ids.ts';
import { readConfig } from '#libs/platform/config/config.ts';
import type { Registry } from './queries.ts';

const Contacts = z.array(z.object({ unit: UnitCode, channel: z.string().min(1).max(200) }));
export type Contacts = z.infer<typeof Contacts>;

const Config = z.object({
  COMPLAINT_CONTACTS: z
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
    .pipe(Contacts),
});

/**
 * Where people turn with a complaint: configuration and nothing else, `[{"unit":"140000","channel":"…"}]`. There is no
 * default, so that no system under test ever names a real number. Throws ConfigError for anything else.
 */
export const readContacts = (env: Record<string, string | undefined>): Contacts =>
  readConfig(Config, env).COMPLAINT_CONTACTS;

/** Contacts of a region and of the units above it, nearest first. */
export const contactsFor = async (
  contacts: Contacts,
  registry: Registry,
  region: string,
): Promise<{ unit: string; name: string; channel: string }[]> => {
  const line = await registry.line(region);
  return line.flatMap(({ code, name }) =>
    contacts.filter(({ unit }) => unit === code).map(({ channel }) => ({ unit: code, name, channel })),
  );
};
