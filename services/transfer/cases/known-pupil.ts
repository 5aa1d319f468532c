import type { KnownPupil } from '#libs/contracts/commands/find-for-transfer.ts';
import { enforces } from '#libs/law/enforces.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import type { ReadTrail } from '#libs/platform/audit/read-audit.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { type FoundPupil, findPupil } from './lookup.ts';
import { giveMissBack, takeMiss } from './misses.ts';
import { type CaseFinding, pupilNotFound, tooManyMisses } from './own-finding.ts';

/** Where whose record was looked at is written down. */
export type Trail = Pick<ReadTrail, 'read'>;

/**
 * Finds a pupil by number and name for somebody at a school. Whoever is found is put on the trail, whatever is answered then
 * (PRV-13); who misses too often finds nobody for the rest of the hour, so that nobody is found by guessing (PRV-15).
 */
export const findKnownPupil = async (
  core: ServiceCore,
  { actor, trail }: { actor: Actor; trail: Trail },
  known: KnownPupil,
): Promise<FoundPupil | { findings: CaseFinding[] }> => {
  enforces('PRV-13', 'PRV-15');
  if (!(await takeMiss(core, actor.subject))) return { findings: [tooManyMisses] };
  const pupil = await findPupil(core, known);
  if (pupil === undefined) return { findings: [pupilNotFound] };
  await giveMissBack(core, actor.subject);
  trail.read(pupil.person);
  return pupil;
};
