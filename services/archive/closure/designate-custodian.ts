import { z } from 'zod';
import { ArchiveCustodianDesignated } from '#libs/contracts/events/archive-closure.ts';
import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import { SchoolCode } from '#libs/contracts/ids.ts';
import type { Custodian } from '#libs/law/archive/custody.ts';
import { custodianAfterEnd } from '#libs/law/archive/school-end.ts';
import type { OwnFinding } from '#libs/law/own-finding.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { once } from '#libs/platform/commands/idempotency.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import {
  archivesSettled,
  archivesUnderWay,
  closureNotDecided,
  custodianUnknown,
  notCompetent,
} from './closure-findings.ts';
import { closureOf, lockClosure, nameCustodian } from './closure-rows.ts';

const Input = z.object({
  idempotencyKey: z.string().min(1).max(100),
  school: SchoolCode,
  unit: z.string().max(20).nullish(),
});

/** The school whose closure has a custodian now, or why it has none. */
export type Designated = { school: string | null; findings: readonly OwnFinding[] };

type Named = { custodian: Custodian; place: number };

/** Where the archives go: to the authority itself, or to a unit or school of its own range that stands. */
const namedBy = async (
  { directory }: ServiceCore,
  { authority, school, unit }: { authority: string; school: string; unit: string | null },
): Promise<Named | undefined> => {
  const own = unit === null || unit === authority;
  const custodian = custodianAfterEnd({
    ...{ mergedInto: null, designatedUnit: own ? null : unit, competentAuthority: authority },
  });
  const [range, there] = await Promise.all([directory.rangeOf(authority), directory.rangeOf(custodian.code)]);
  if (range === undefined || there === undefined || there.lo < range.lo || there.hi > range.hi)
    return undefined;
  const named: SchoolFact | undefined = await directory.school(custodian.code);
  if (custodian.code === school || (named !== undefined && named.state !== 'ACTIVE')) return undefined;
  return { custodian, place: there.lo };
};

/**
 * The competent authority of a school that is to be closed takes its archives, or names the unit that does (ARC-14). They go
 * there once no pupil sits at the school any more; the school ends with the last of them. Named anew until the first has gone,
 * and never a school that is to be closed itself.
 */
export const designateCustodian = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<Designated> => {
  const caller = authorize(actor, 'archive.designate');
  const { idempotencyKey: key, ...request } = parseInput(Input, input);
  const { school } = request;
  const at = core.clock.now();
  const asked = { operation: 'designateCustodian', caller: caller.subject, key, request, at };
  const scope = await core.directory.scopeOf(caller);
  const fact = await core.directory.school(school);
  if (fact === undefined || fact.place < scope.lo || fact.place > scope.hi) throw outOfJurisdiction();
  const done = await inScope(core.app, scope, (tx) =>
    once<Designated>(tx, asked, async () => {
      const closure = await lockClosure(tx, school);
      if (closure === undefined) return { school: null, findings: [closureNotDecided] };
      const { id, place, province, authority, settledAt, moved } = closure;
      if (authority !== caller.unit) return { school: null, findings: [notCompetent] };
      if (settledAt !== null) return { school: null, findings: [archivesSettled] };
      if (moved > 0) return { school: null, findings: [archivesUnderWay] };
      const named = await namedBy(core, { authority, school, unit: request.unit ?? null });
      const ends = named !== undefined && (await closureOf(tx, named.custodian.code)) !== undefined;
      if (named === undefined || ends) return { school: null, findings: [custodianUnknown] };
      const naming = await nameCustodian(tx, { school, ...named, at, by: caller.subject });
      await recordEvents(tx, at, [
        recorded(ArchiveCustodianDesignated, `archive-closure:${id}`, naming, {
          ...{ closure: id, school, place, province, custodian: named.custodian, authority },
        }),
      ]);
      return { school, findings: [] };
    }),
  );
  core.wakeRelay();
  return done;
};
