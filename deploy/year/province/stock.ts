import { demoExamRegistrations } from '#deploy/demo/admission-areas.ts';
import { demoPromotions } from '#deploy/demo/calendars.ts';
import { coreOf } from '#deploy/demo/load-nation.ts';
import { loadOrganization } from '#deploy/demo/load-organization.ts';
import { loadPupils } from '#deploy/demo/load-pupils.ts';
import { loadRegistrars } from '#deploy/demo/load-registrars.ts';
import type { DemoPupil } from '#deploy/demo/pupils.ts';
import { demoRegistrars } from '#deploy/demo/registrars.ts';
import { demoUnits } from '#deploy/demo/units.ts';
import type { YearRegistry } from '../registry.ts';
import type { Roster } from '../world/roster.ts';
import { isOfLeavers, leaversNumbered, leaversPlan } from './leavers.ts';
import type { ProvincePlan } from './plan.ts';
import { yearCalendars } from './terms.ts';

/**
 * What is there before the year begins, brought in as a former registry hands it over: the tree, the schools, everybody
 * in post, and the pupils of every grade but the first. The promotion at the end of the year is not among it: the
 * ministry sets it in the course of the year.
 */
export const loadStock = async (
  { services, rest }: YearRegistry,
  plan: ProvincePlan,
  roster: Roster,
  onProgress: (done: number) => void,
): Promise<void> => {
  const organization = coreOf(services, 'organization');
  await loadOrganization(organization, {
    units: demoUnits(),
    schools: plan.schools,
    calendars: yearCalendars(),
    examRegistrations: demoExamRegistrations(),
    promotions: demoPromotions().filter(({ schoolYear }) => schoolYear <= plan.schoolYear),
  });
  await loadRegistrars(organization, plan, demoRegistrars(plan, []));
  await rest();
  await loadPupils({
    identity: coreOf(services, 'identity'),
    enrollment: coreOf(services, 'enrollment'),
    plan,
    identities: [],
    takes: ({ year }) => year > 1,
    onEntered: (pupil, person) => enter(roster, pupil, person),
    onProgress,
  });
  if (plan.provinces.length > 1) await loadLeavers(services, plan, roster);
  await rest();
};

const loadLeavers = async (
  services: YearRegistry['services'],
  plan: ProvincePlan,
  roster: Roster,
): Promise<void> => {
  await loadPupils({
    identity: coreOf(services, 'identity'),
    enrollment: coreOf(services, 'enrollment'),
    plan: leaversPlan(plan),
    identities: [],
    takes: isOfLeavers,
    enters: leaversNumbered(),
    onEntered: (pupil, person) =>
      enter(roster, { ...pupil, key: `leaver-${pupil.key}` }, person, { leaver: 'last summer' }),
    onProgress: () => undefined,
  });
};

const enter = (
  roster: Roster,
  { key, class: each, form }: DemoPupil,
  person: string,
  days: Record<string, string> = {},
): void => {
  const span = each.school.stages.find(({ stage }) => stage === each.stage);
  roster.found({
    key,
    person,
    name: form.student.name,
    school: each.school.code,
    stage: each.stage,
    entryYearAdj: each.entryYearAdj + (span?.firstYear ?? each.year) - 1,
    status: 'IN_SCHOOL',
    isDisabled: form.student.isDisabled === true,
    isMigrant: form.extras.isMigrantChild === true,
    days,
  });
};
