import { v7 as uuidv7 } from 'uuid';
import { personFormContext } from '#libs/contracts/person-form.ts';
import { searchPersons } from '#libs/contracts/commands/search-persons.ts';
import type { Finding } from '#libs/law/finding.ts';
import { judgeDuplicates } from '#libs/law/identity/duplicate.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { ask } from '#libs/platform/commands/internal.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { personFormOf } from '../registration/collected-form.ts';
import { hitOf, rowOfPerson } from '../registration/finish-intakes.ts';
import { type HandedIn, lawPlaceOfSchool } from '../registration/intake.ts';
import { prepareRegistration } from './register-student.ts';

/** What the nationwide search would find for forms of one school; no effect anywhere (ID-17, PRV-15). */
export const searchDuplicates = async (
  core: ServiceCore,
  handed: readonly HandedIn[],
): Promise<Finding[][]> => {
  const claims = handed.map(({ form, school }) => {
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
  });
  if (claims.length === 0) return [];
  const { results } = await ask(core.bus, searchPersons, { claims });
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
