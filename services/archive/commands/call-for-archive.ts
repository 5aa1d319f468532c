import { ArchiveCalledFor } from '#libs/contracts/events/archive.ts';
import { isStopped } from '#libs/law/own-finding.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { archiveFacts } from '../archives/told.ts';
import { type Done, Order, onArchive, unitOf } from './on-archive.ts';
import { archiveGoesElsewhere, calledAlready, notHousehold } from './own-finding.ts';

/**
 * The county of the household calls for the archive of a migrant worker's child who dropped out: from here on the custodian
 * has the month of any hand-over (ARC-22 in the reading of CF-19). It lies where it is until the county has accepted it.
 */
export const callForArchive = (core: ServiceCore, actor: Actor | null, input: unknown): Promise<Done> => {
  const caller = authorize(actor, 'archive.call');
  const asked = parseInput(Order, input);
  return onArchive({ core, caller, operation: 'callForArchive' }, asked, async ({ archive, now }) => {
    const { household, handOver } = archive;
    if (household?.county !== unitOf(caller)) return { findings: [notHousehold] };
    const findings = [
      ...(household.calledAt === null ? [] : [calledAlready]),
      ...(handOver === null || household.calledAt !== null ? [] : [archiveGoesElsewhere]),
    ];
    if (isStopped(findings)) return { findings };
    return {
      archive: { ...archive, household: { ...household, calledAt: now } },
      told: [{ kind: ArchiveCalledFor, data: { ...archiveFacts(archive), county: household.county } }],
      findings,
    };
  });
};
