import { actorOf } from '#libs/platform/actor/actor.ts';
import { Claims } from '#libs/platform/actor/claims.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { registerStudent } from '#services/enrollment/commands/register-student.ts';
import { collectedFromRow } from '#services/enrollment/registration/collected-form.ts';
import { endInRounds } from '#services/enrollment/registration/register.ts';
import { DEMO_SCHOOLS, demoIdentities } from './identities.ts';
import { type NationPlan, planNation, SMALLEST_WHOLE_NATION } from './nation-plan.ts';
import { pupilsOf } from './pupils.ts';

const otherSeed = 2;

/** Children of another draw, large enough for whole classes, whom nobody has registered yet. */
const otherDraw = (plan: NationPlan): NationPlan =>
  planNation({ ...plan, seed: otherSeed, scale: Math.max(plan.scale, SMALLEST_WHOLE_NATION) });

/**
 * Lets the demo registrar register a few late first-graders, so that there is something for the county to decide.
 * Who happens to be one of the nation's pupils already is left out by the search for duplicates.
 */
export const loadWaiting = async (
  enrollment: ServiceCore,
  plan: NationPlan,
  wanted: number,
): Promise<number> => {
  const identity = demoIdentities(plan.schoolYear).find(({ name }) => name === 'registrar');
  if (identity === undefined) throw new Error('The demo nation has no registrar');
  const registrar = actorOf(Claims.parse(identity.claims));
  const end = endInRounds(enrollment);
  let registered = 0;
  for (const { key, class: schoolClass, form } of pupilsOf(otherDraw(plan))) {
    if (registered === wanted) break;
    if (schoolClass.school.code !== DEMO_SCHOOLS.taiyuanPrimary || schoolClass.year !== 1) continue;
    const { person } = await registerStudent(enrollment, end, registrar, {
      idempotencyKey: `waiting-${key}`,
      school: DEMO_SCHOOLS.taiyuanPrimary,
      entryYear: plan.schoolYear,
      form: collectedFromRow(form),
    });
    if (person !== null) registered++;
  }
  return registered;
};
