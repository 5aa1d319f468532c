import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { FoundPupil } from '../cases/lookup.ts';
import type { CaseFinding } from '../cases/own-finding.ts';
import type { CaseRequest } from '../cases/request.ts';
import type { Wanted } from '../cases/wanted.ts';
import type { ShownPupil } from '../filing/filed-pupil.ts';
import { openApplicant } from './applicant.ts';
import type { ApplicationRecord } from './application-record.ts';
import { applicationsWhere, lockApplication } from './application-rows.ts';
import { requestFrom } from './family-request.ts';
import { applicationNotOpen } from './own-application-finding.ts';
import { saveApplication } from './save-application.ts';

/** The child and the request of an application to the own school; OUT_OF_JURISDICTION for any other. */
export const applicationAt = async (
  core: ServiceCore,
  caller: Actor,
  { code }: Pick<SchoolFact, 'code'>,
  { application, added }: Extract<Wanted, { by: 'GUARDIAN' }>,
): Promise<{ pupil: FoundPupil; shown: ShownPupil; request: CaseRequest } | { findings: CaseFinding[] }> => {
  const scope = await core.directory.scopeOf(caller);
  const [found] = await inScope(core.app, scope, (tx) =>
    applicationsWhere(tx, 'application_id = $1 and school = $2', [application, code]),
  );
  if (found === undefined) throw outOfJurisdiction();
  if (found.state !== 'APPLIED') return { findings: [applicationNotOpen] };
  const { name, birthDate } = openApplicant(core, found);
  const { reason: checked, ...rest } = added;
  return {
    pupil: { person: found.person, birthDate },
    shown: { name },
    request: { ...rest, ...requestFrom(found, found.reason, checked) },
  };
};

/** An application that still waits for its school, with its lock. */
export const lockWaiting = async (tx: Tx, application: string): Promise<ApplicationRecord | undefined> => {
  const found = await lockApplication(tx, application);
  return found?.state === 'APPLIED' ? found : undefined;
};

/** An application has become a case, told in the transaction of the case. */
export const takeUp = (tx: Tx, at: string, found: ApplicationRecord, transfer: string): Promise<void> =>
  saveApplication(tx, at, found, { ...found, state: 'TAKEN_UP', transfer });
