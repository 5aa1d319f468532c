import { caughtUp } from '#deploy/network/caught-up.ts';
import type { RunningService } from '#libs/platform/service/start.ts';
import { demoExamRegistrations } from './admission-areas.ts';
import { demoCalendars, demoPromotions } from './calendars.ts';
import { demoContacts } from './contacts.ts';
import { demoIdentities } from './identities.ts';
import { loadOrganization } from './load-organization.ts';
import { loadPupils } from './load-pupils.ts';
import { loadRegistrars } from './load-registrars.ts';
import { loadWaiting } from './load-waiting.ts';
import { planNation } from './nation-plan.ts';
import { demoUnits } from './units.ts';

/** Registrations that wait for the county's decision. */
const waiting = 12;

export type NationLoad = {
  services: readonly RunningService[];
  scale: number;
  onProgress(step: string, done?: number, total?: number): void;
  signal: AbortSignal;
};

/** What the platform gave to the service of that name, which runs. */
export const coreOf = (services: readonly RunningService[], name: string) => {
  const service = services.find((candidate) => candidate.name === name);
  if (service === undefined) throw new Error(`${name} does not run`);
  return service.core;
};

/** Loads the demo nation: the management tree and schools first, then the pupils, until every count is there. */
export const loadNation = async ({ services, scale, onProgress, signal }: NationLoad): Promise<void> => {
  const plan = planNation({ scale });
  onProgress('Loading the management tree and schools');
  await loadOrganization(coreOf(services, 'organization'), {
    units: demoUnits(),
    schools: plan.schools,
    calendars: demoCalendars(),
    promotions: demoPromotions(),
    examRegistrations: demoExamRegistrations(),
    contacts: demoContacts(plan.schools),
  });
  await loadRegistrars(coreOf(services, 'organization'), plan);
  await caughtUp(services, () => undefined, signal);
  await loadPupils({
    identity: coreOf(services, 'identity'),
    enrollment: coreOf(services, 'enrollment'),
    plan,
    identities: demoIdentities(plan.schoolYear),
    onProgress: (done) => {
      signal.throwIfAborted();
      onProgress('Loading the pupils of the demo nation', done, scale);
    },
  });
  await loadWaiting(coreOf(services, 'enrollment'), plan, waiting);
  let most = 1;
  await caughtUp(
    services,
    (left) => {
      most = Math.max(most, left);
      onProgress('Counting', most - left, most);
    },
    signal,
  );
};
