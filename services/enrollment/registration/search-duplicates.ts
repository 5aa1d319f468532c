import { v7 as uuidv7 } from 'uuid';
import type { ClaimRequest } from '#libs/contracts/commands/claim-persons.ts';
import { searchPersons } from '#libs/contracts/commands/search-persons.ts';
import { PersonForm, personFormContext } from '#libs/contracts/person-form.ts';
import type { Finding } from '#libs/law/finding.ts';
import type { Trait } from '#libs/law/identity/same-child.ts';
import { lawPlaceOfSchool } from '#libs/law/layers.ts';
import { ask } from '#libs/platform/commands/internal.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { personFormOf } from './collected-form.ts';
import type { HandedIn } from './intake.ts';
import { judgeAnswers } from './judge-answers.ts';

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

/** What the search says of a form, and by what it is told from other forms before any of them is claimed. */
export type Searched = { findings: Finding[]; traits: readonly Trait[] };

/** What the nationwide search would find for forms of one school; no effect anywhere (ID-17, PRV-15). */
export const searchDuplicates = async (
  core: ServiceCore,
  handed: readonly HandedIn[],
): Promise<Finding[][]> => (await searchPersonsOf(core, handed)).map(({ findings }) => findings);

export const searchPersonsOf = async (
  core: ServiceCore,
  handed: readonly HandedIn[],
): Promise<Searched[]> => {
  const claims = handed.map((entry) => (namesSomebody(entry) ? claimOf(core, entry) : undefined));
  const asked = claims.filter((claim) => claim !== undefined);
  if (asked.length === 0) return handed.map(() => ({ findings: [], traits: [] }));
  const { results } = await ask(core.bus, searchPersons, { claims: asked });
  const answers = new Map(results.map((result) => [result.intake, result]));
  const answered = handed.map(({ school, today }, index) => ({
    answer: answers.get(claims[index]?.intake ?? ''),
    job: null,
    today,
    place: lawPlaceOfSchool(school),
  }));
  const findings = await asWorker(core.worker, (tx) => judgeAnswers(tx, answered));
  return answered.map(({ answer }, index) => ({
    findings: findings[index] ?? [],
    traits: answer?.traits ?? [],
  }));
};
