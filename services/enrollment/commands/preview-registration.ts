import type { Finding } from '#libs/law/finding.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { searchDuplicates } from '../registration/search-duplicates.ts';
import { prepareRegistration } from './register-student.ts';

/** All findings on a registration, the nationwide search included, with no effect. */
export const previewRegistration = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<Finding[]> => {
  const { handed, judged } = await prepareRegistration(core, actor, 'registration.enter', input);
  const [duplicates = []] = await searchDuplicates(core, [handed]);
  return [...judged.findings, ...duplicates];
};
