import { inScope } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Context } from '../context.ts';
import { declareFault, endFault } from '../faults/declare-fault.ts';
import { faultsIn } from '../faults/fault-rows.ts';
import type { Resolvers } from '../generated/types.ts';
import type { Attendance } from './attendance.ts';
import { listAttendances } from './attendance-list.ts';
import { attendancesWhere } from './attendance-rows.ts';
import { endAttending } from './end-attending.ts';
import { recordOfflineTransfer } from './record-offline.ts';
import { reportAttending } from './report-attending.ts';
import type { Reported } from './write-attendance.ts';

type Fields = {
  Query: Pick<NonNullable<Resolvers['Query']>, 'transferAttendances' | 'systemFaults'>;
  Mutation: Pick<
    NonNullable<Resolvers['Mutation']>,
    'reportAttending' | 'recordOfflineTransfer' | 'endAttending' | 'declareFault' | 'endFault'
  >;
};

/** What schools report of pupils who attend before or without a transfer, and the faults that let them. */
export const createAttendanceResolvers = (core: ServiceCore): Fields => {
  const reported = async ({ attendance: id, findings }: Reported, context: Context) => {
    const scope = await context.scope();
    const [found]: (Attendance | undefined)[] =
      id === null
        ? []
        : await inScope(core.app, scope, (tx) => attendancesWhere(tx, 'attendance_id = $1', [id]));
    if (found !== undefined) context.trail.read(found.person);
    return { attendance: found ?? null, findings: [...findings] };
  };

  return {
    Query: {
      transferAttendances: async (_, { filter, ...page }, context) => {
        authorize(context.actor, 'transfer.read');
        const found = await listAttendances(core, await context.scope(), filter ?? {}, page);
        for (const { node } of found.edges) context.trail.read(node.person);
        return found;
      },
      systemFaults: async (_, { lasting }, { actor }) => {
        const own = await core.directory.workplaceOf(authorize(actor, 'fault.read'));
        if (own === undefined) throw outOfJurisdiction();
        return inScope(core.app, { ...own, persons: [] }, (tx) => faultsIn(tx, own, lasting ?? false));
      },
    },
    Mutation: {
      reportAttending: async (_, { input }, context) =>
        reported(await reportAttending(core, context.actor, input, context.trail), context),
      recordOfflineTransfer: async (_, { input }, context) =>
        reported(await recordOfflineTransfer(core, context.actor, input, context.trail), context),
      endAttending: async (_, { input }, context) =>
        reported(await endAttending(core, context.actor, input), context),
      declareFault: async (_, { input }, { actor }) => {
        const { fault, findings } = await declareFault(core, actor, input);
        return { fault, findings: [...findings] };
      },
      endFault: async (_, { input }, { actor }) => {
        const { fault, findings } = await endFault(core, actor, input);
        return { fault, findings: [...findings] };
      },
    },
  };
};
