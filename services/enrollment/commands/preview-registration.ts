import { enforces } from '#libs/law/enforces.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { keepNote } from '#libs/platform/audit/read-audit.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { FormFinding } from '../registration/form-findings.ts';
import { searchDuplicates } from '../registration/search-duplicates.ts';
import { prepareRegistration } from './register-student.ts';

/**
 * All findings on a registration, the nationwide search included, with no effect but a line in the access log where
 * the search found somebody: the question told the school that a record exists (PRV-13, PRV-15).
 */
export const previewRegistration = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<FormFinding[]> => {
  const { caller, handed, judged } = await prepareRegistration(core, actor, 'registration.enter', input);
  const [duplicates = []] = await searchDuplicates(core, [handed]);
  if (duplicates.length > 0) await writeDown(core, caller, handed.school.code);
  return [...judged.findings, ...duplicates];
};

/** Who asked, for which school and when; nothing of whom was asked about. */
const writeDown = (core: ServiceCore, { subject }: Actor, school: string): Promise<void> => {
  enforces('PRV-13');
  return keepNote(
    core.app,
    {
      caller: subject,
      unit: school,
      operation: 'previewRegistration',
      purpose: 'DUPLICATE_QUESTION',
      full: false,
    },
    core.clock.now(),
  );
};
