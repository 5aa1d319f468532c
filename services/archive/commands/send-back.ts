import { z } from 'zod';
import { ArchiveSentBack, SendBackReason } from '#libs/contracts/events/archive.ts';
import { custodyAfter } from '#libs/law/archive/custody.ts';
import { passOnDue } from '#libs/law/archive/handing-over.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { calendarOf, lawPlaceOfCustodian } from '../archives/surroundings.ts';
import { archiveFacts } from '../archives/told.ts';
import { type Done, Order, onArchive, unitOf } from './on-archive.ts';
import { nothingToAccept } from './own-finding.ts';

const SendBack = Order.extend({ expectedVersion: z.int(), reason: SendBackReason });

/**
 * The registrar of the receiving unit sends back what is not whole, and says why: the custodian passes it on again, promptly
 * and not before its month is over.
 */
export const sendBackArchive = (core: ServiceCore, actor: Actor | null, input: unknown): Promise<Done> => {
  const caller = authorize(actor, 'archive.hand-over');
  const asked = parseInput(SendBack, input);
  return onArchive({ core, caller, operation: 'sendBackArchive' }, asked, async ({ archive, today }) => {
    const { custody, handOver } = archive;
    const after = custodyAfter(custody, { type: 'SEND_BACK', by: unitOf(caller) });
    if (after === undefined || handOver === null || custody.owedTo === null)
      return { findings: [nothingToAccept] };
    const sentBack = { on: today, reason: asked.reason };
    const place = await lawPlaceOfCustodian(core, archive);
    const facts = { owedAt: new Date(handOver.owedAt), sentBackOn: today };
    const { dueDate: dueOn } = passOnDue(facts, place, await calendarOf(core));
    const data = { ...archiveFacts(archive), from: custody.custodian, to: custody.owedTo, dueOn };
    return {
      archive: { ...archive, custody: after, handOver: { ...handOver, passedOnOn: null, sentBack, dueOn } },
      told: [{ kind: ArchiveSentBack, data: { ...data, reason: asked.reason } }],
      findings: [],
    };
  });
};
