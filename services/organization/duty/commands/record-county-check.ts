import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { DutyInput, type DutyOutcome, doDuty } from '../do-duty.ts';

/** A county notes that it has looked through a term’s changes at its schools, and what it found (ORG-05). */
export const recordCountyCheck = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<DutyOutcome> => {
  const caller = authorize(actor, 'term-duty.check');
  return doDuty(
    { core, caller, operation: 'recordCountyCheck' },
    parseInput(DutyInput, input),
    async (_, { own }) => ({
      county: own.code,
      write: () => ({ kind: 'COUNTY_CHECK', toldPlace: null, transferredIn: null, transferredOut: null }),
    }),
  );
};
