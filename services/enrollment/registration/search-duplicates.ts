import { v7 as uuidv7 } from 'uuid';
import type { ClaimRequest } from '#libs/contracts/commands/claim-persons.ts';
import { searchPersons } from '#libs/contracts/commands/search-persons.ts';
import { PersonForm, personFormContext } from '#libs/contracts/person-form.ts';
import type { Finding } from '#libs/law/finding.ts';
import { judgeDuplicates } from '#libs/law/identity/duplicate.ts';
import { ask } from '#libs/platform/commands/internal.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { personFormOf } from './collected-form.ts';
import { hitOf, rowOfPerson } from './finish-intakes.ts';
import { type HandedIn, lawPlaceOfSchool } from './intake.ts';

/** True where a form names somebody: without a name there is nobody to search for. */
const namesSomebody = ({ form }: HandedIn): boolean => PersonForm.safeParse(personFormOf(form)).success;

const claimOf = (core: ServiceCore, { form, school }: HandedIn): ClaimRequest => {
  const intake = uuidv7();
  const sealed = core.sealing.seal(JSON.stringify(personFormOf(form)), personFormContext(intake));
  return {
    intake,
    school: school.code,
    place: school.place,
    province: school.province,
    region: school.county ?? school.authority,
    authority: school.authority,
    sealed: sealed.toString('base64'),
  };
};

/** What the nationwide search would find for forms of one school; no effect anywhere (ID-17, PRV-15). */
export const searchDuplicates = async (
  core: ServiceCore,
  handed: readonly HandedIn[],
): Promise<Finding[][]> => {
  const claims = handed.map((entry) => (namesSomebody(entry) ? claimOf(core, entry) : undefined));
  const asked = claims.filter((claim) => claim !== undefined);
  if (asked.length === 0) return handed.map(() => []);
  const { results } = await ask(core.bus, searchPersons, { claims: asked });
  const answers = new Map(results.map((result) => [result.intake, result]));
  return asWorker(core.worker, async (tx) => {
    const findings: Finding[][] = [];
    for (const [index, { school, today }] of handed.entries()) {
      const answer = answers.get(claims[index]?.intake ?? '');
      findings.push(
        answer?.outcome === 'EXISTS'
          ? judgeDuplicates(
              { searched: true, hits: [hitOf(answer, await rowOfPerson(tx, answer.person))] },
              { continuesPreschool: false },
              today,
              lawPlaceOfSchool(school),
            )
          : [],
      );
    }
    return findings;
  });
};
