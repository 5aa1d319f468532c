import { z } from 'zod';
import { isUuid } from '#libs/contracts/ids.ts';
import { isRejected } from '#libs/law/own-finding.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { type Command, once } from '#libs/platform/commands/idempotency.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction, versionConflict } from '#libs/platform/errors/errors.ts';
import { withinOrder } from '#libs/platform/permissions/own-order.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { CaseFinding } from '../cases/own-finding.ts';
import type { ApplicationRecord } from './application-record.ts';
import { applicationsWhere, lockApplication } from './application-rows.ts';
import { tellApplication } from './application-signal.ts';
import type { Answered } from './apply-for-transfer.ts';

/** What every order about an application names. */
export const ApplicationOrder = z.object({
  idempotencyKey: z.string().min(1).max(100),
  application: z.string().max(100),
  expectedVersion: z.int(),
});
type ApplicationOrder = z.infer<typeof ApplicationOrder>;

/** An application with its lock. */
export type ApplicationWork = { core: ServiceCore; tx: Tx; caller: Actor; record: ApplicationRecord };

/** Whose answer an application waits for: the school that is asked, or the county that is to name one. */
export const isAsked = ({ school, unit }: Actor, record: ApplicationRecord): boolean =>
  record.school === null ? unit === record.authority : school === record.school;

/**
 * Runs one order about an application once for each key. OUT_OF_JURISDICTION for what the caller's scope does not cover,
 * VERSION_CONFLICT for an older version. An order is carried out on the application that it names; `act` answers with the
 * one that the caller is to see where that is another.
 */
export const onApplication = async <Facts>(
  { core, caller, operation }: Command,
  order: ApplicationOrder,
  prepare: (seen: ApplicationRecord) => Promise<Facts>,
  act: (work: ApplicationWork, facts: Facts) => Promise<{ findings: readonly CaseFinding[]; shown?: string }>,
): Promise<Answered> => {
  const { idempotencyKey: key, application, expectedVersion } = order;
  if (!isUuid(application)) throw outOfJurisdiction();
  const scope = await core.directory.scopeOf(caller);
  const [seen] = await inScope(core.app, scope, (tx) =>
    applicationsWhere(tx, 'application_id = $1', [application]),
  );
  if (seen === undefined) throw outOfJurisdiction();
  const facts = await prepare(seen);
  const asked = { operation, caller: caller.subject, key, request: order, at: core.clock.now() };
  const answered = await withinOrder(core, caller, scope, seen.person, (tx) =>
    once<Answered>(tx, asked, async () => {
      const record = await lockApplication(tx, application);
      if (record === undefined) throw outOfJurisdiction();
      if (record.version !== expectedVersion) throw versionConflict(record.version);
      const { findings, shown = application } = await act({ core, tx, caller, record }, facts);
      return { application: isRejected(findings) ? null : shown, findings };
    }),
  );
  tellApplication(core, application);
  return answered;
};

export const nothing = async (): Promise<void> => undefined;
