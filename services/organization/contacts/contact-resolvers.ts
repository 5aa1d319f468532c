import DataLoader from 'dataloader';
import { emptyScope, inScope } from '#libs/platform/database/scope.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import { isGranted } from '#libs/platform/permissions/table.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { connectionOf, pageSize, readCursor } from '#libs/platform/subgraph/connection.ts';
import type { Context } from '../context.ts';
import type { Unit } from '../entities.ts';
import type { Resolvers } from '../generated/types.ts';
import { lawPlaceOfLine } from '../law/place-of-line.ts';
import { required } from '../queries.ts';
import { deskOf } from '../registrar/desk.ts';
import type { UnitContacts } from './contact.ts';
import { contactsOf, unitsWithout } from './contact-rows.ts';
import { judgeUnitContacts } from './judge-unit.ts';
import { publishComplaintContacts } from './publish-contacts.ts';

/** What units have published, batched for one operation. */
export const createContacts = ({ app }: Pick<ServiceCore, 'app'>): DataLoader<string, UnitContacts> =>
  new DataLoader(
    async (units) => {
      const found = await inScope(app, emptyScope, (tx) => contactsOf(tx, units));
      return units.map((unit) => found.get(unit) ?? { contacts: [], version: 0 });
    },
    { maxBatchSize: 500 },
  );

/** Where people turn with complaints: public, and what is missing told to the unit and those above it (TKT-02). */
export const createContactResolvers = (core: ServiceCore) => {
  const shown = async ({ code, name }: Pick<Unit, 'code' | 'name'>, { contacts }: Context) =>
    (await contacts.load(code)).contacts.map((contact) => ({ unit: code, name, ...contact }));

  const findings = async ({ code, level, lo, hi }: Unit, { actor, contacts, registry }: Context) => {
    if (actor === null || !isGranted(actor, 'contacts.read')) return null;
    const own = await core.directory.workplaceOf(actor);
    if (own === undefined || own.lo > lo || own.hi < hi) return null;
    const place = lawPlaceOfLine(await registry.line(code));
    return judgeUnitContacts(level, await contacts.load(code), core.clock.today(), place);
  };

  return {
    Query: {
      complaintContacts: async (_, { region }, context) => {
        const line = await context.registry.line(region);
        return (await Promise.all(line.map((unit) => shown(unit, context)))).flat();
      },
      unitsWithoutContacts: async (_, page, { actor, registry }) => {
        const { own } = await deskOf(core, authorize(actor, 'contacts.read'));
        const size = pageSize(page.first);
        const [last = 0] = readCursor(page.after, 1) ?? [];
        const range = { lo: own.lo, hi: own.hi, after: String(last).padStart(6, '0'), size: size + 1 };
        const codes = await inScope(core.app, emptyScope, (tx) => unitsWithout(tx, range));
        const units = await Promise.all(codes.map((code) => required(registry.unit.load(code))));
        return connectionOf(
          units,
          size,
          page.after,
          ({ code }) => [Number(code)],
          (unit) => unit,
        );
      },
    },
    Mutation: {
      publishComplaintContacts: async (_, { input }, { actor, registry, contacts }) => {
        const done = await publishComplaintContacts(core, actor, input);
        contacts.clear(done.unit);
        return { unit: await required(registry.unit.load(done.unit)), findings: done.findings };
      },
    },
    OrgUnit: {
      complaintContacts: (unit, _, context) => shown(unit, context),
      contactsVersion: async ({ code }, _, { contacts }) => (await contacts.load(code)).version,
      contactFindings: (unit, _, context) => findings(unit, context),
    },
  } satisfies Resolvers;
};
