import type { Actor } from '#libs/platform/actor/actor.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import { isGranted } from '#libs/platform/permissions/table.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { connectionOf, pageSize, readCursor } from '#libs/platform/subgraph/connection.ts';
import type { Resolvers } from '../generated/types.ts';
import { type Alert, alertById, alertsIn } from './alert-rows.ts';
import { acknowledgeAlert, settleAlert } from './move-alert.ts';

/** Early warnings for the authority of the place and those above it (PRV-08). */
export const createAlertResolvers = (core: ServiceCore) => {
  const deskOf = async (actor: Actor | null) => {
    const own = await core.directory.workplaceOf(authorize(actor, 'alert.read'));
    if (own === undefined) throw outOfJurisdiction();
    return { lo: own.lo, hi: own.hi, persons: [] };
  };

  const seen = async (actor: Actor | null, id: string): Promise<Alert> => {
    const alert = await inScope(core.app, await deskOf(actor), (tx) => alertById(tx, id));
    if (alert === undefined) throw outOfJurisdiction();
    return alert;
  };

  return {
    Query: {
      securityAlerts: async (_, { filter, ...page }, { actor }) => {
        const scope = await deskOf(actor);
        const size = pageSize(page.first);
        const after = readCursor(page.after, ['UUID'])?.[0] ?? null;
        const rows = await inScope(core.app, scope, (tx) =>
          alertsIn(tx, scope, filter ?? {}, { after: after === null ? null : String(after), size: size + 1 }),
        );
        return connectionOf(
          rows,
          size,
          page.after,
          ({ id }) => [id],
          (alert) => alert,
        );
      },
    },
    Mutation: {
      acknowledgeSecurityAlert: async (_, { input }, { actor }) => ({
        alert: await seen(actor, await acknowledgeAlert(core, actor, input)),
        findings: [],
      }),
      settleSecurityAlert: async (_, { input }, { actor }) => ({
        alert: await seen(actor, await settleAlert(core, actor, input)),
        findings: [],
      }),
    },
    SecurityAlert: {
      sources: ({ sources }) => [...sources],
      allowedActions: ({ state, workplace, account }, _, { actor }) => {
        const own = actor?.unit ?? '000000';
        const isAbove = actor !== null && (workplace !== own || actor.level === 'MINISTRY');
        if (!isAbove || account === actor.subject || !isGranted(actor, 'alert.settle')) return [];
        if (state === 'SETTLED') return [];
        return [...(state === 'OPEN' ? ['ACKNOWLEDGE'] : []), 'SETTLE'];
      },
    },
  } satisfies Resolvers;
};
