import { z } from 'zod';
import { ArchiveTransferred, ArchiveTransferStarted } from '#libs/contracts/events/archive.ts';
import { custodyAfter } from '#libs/law/archive/custody.ts';
import { judgeBackup } from '#libs/law/archive/handing-over.ts';
import { isStopped } from '#libs/law/own-finding.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { calendarOf, lawPlaceOfCustodian } from '../archives/surroundings.ts';
import { archiveFacts } from '../archives/told.ts';
import { keepsCopy } from '../custody/copies.ts';
import { judgeHandOver } from '../custody/judge-hand-over.ts';
import { type Done, Order, onArchive, unitOf } from './on-archive.ts';
import { archiveKeptElsewhere, nothingToAccept, nothingToHandOver } from './own-finding.ts';

const Step = Order.extend({ expectedVersion: z.int() });

/**
 * The registrar of the custodian passes the archive on (ARC-08), within its month (ARC-10) and with a backup left behind
 * (ARC-09). It stays in the custodian's care until the other side has accepted it.
 */
export const handOverArchive = (core: ServiceCore, actor: Actor | null, input: unknown): Promise<Done> => {
  const caller = authorize(actor, 'archive.hand-over');
  const asked = parseInput(Step, input);
  return onArchive({ core, caller, operation: 'handOverArchive' }, asked, async (work) => {
    const { tx, archive, today } = work;
    const { handOver, custody, stage } = archive;
    if (custody.custodian.code !== unitOf(caller)) return { findings: [archiveKeptElsewhere] };
    if (handOver === null || custody.owedTo === null || custody.passedOn)
      return { findings: [nothingToHandOver] };
    const place = await lawPlaceOfCustodian(core, archive);
    const backedUp = await keepsCopy(tx, archive.person, custody.custodian.code);
    const calendar = await calendarOf(core);
    const findings = [
      ...judgeBackup({ reason: handOver.reason, stage, backedUp }, today, place),
      ...judgeHandOver({ ...handOver, passedOnOn: today }, archive, { today, place, calendar }),
    ];
    const after = custodyAfter(custody, { type: 'PASS_ON', by: unitOf(caller), backedUp });
    if (isStopped(findings) || after === undefined) return { findings };
    const data = { ...archiveFacts(archive), from: custody.custodian, to: custody.owedTo };
    return {
      archive: { ...archive, custody: after, handOver: { ...handOver, passedOnOn: today } },
      told: [{ kind: ArchiveTransferStarted, data }],
      findings,
    };
  });
};

/** The registrar of the receiving unit accepts the archive, which is continued there and not begun anew (ARC-11). */
export const acceptArchive = (core: ServiceCore, actor: Actor | null, input: unknown): Promise<Done> => {
  const caller = authorize(actor, 'archive.hand-over');
  const asked = parseInput(Step, input);
  return onArchive({ core, caller, operation: 'acceptArchive' }, asked, async ({ archive, today }) => {
    const { custody, handOver } = archive;
    const after = custodyAfter(custody, { type: 'ACCEPT', by: unitOf(caller) });
    if (after === undefined || handOver === null) return { findings: [nothingToAccept] };
    const data = { ...archiveFacts(archive), from: custody.custodian, to: after.custodian };
    return {
      archive: {
        ...archive,
        custody: after,
        custodianPlace: handOver.place,
        handOver: null,
        receivedOn: today,
      },
      told: [{ kind: ArchiveTransferred, data }],
      findings: [],
    };
  });
};
