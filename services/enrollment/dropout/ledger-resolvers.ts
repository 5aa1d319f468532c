import { isUuid } from '#libs/contracts/ids.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import { isGranted } from '#libs/platform/permissions/table.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { calendarOf } from '../calendar-of.ts';
import type { Context } from '../context.ts';
import { enrollmentIdOf } from '../enrollment-id.ts';
import type { Resolvers } from '../generated/types.ts';
import { Child } from './child.ts';
import { confirmDropout } from './commands/confirm.ts';
import { clearDropoutClue, markDropoutReturned, settleDropoutReturn } from './commands/end.ts';
import { openDropoutClue } from './commands/open-clue.ts';
import { logPersuasion } from './commands/persuade.ts';
import { reportDropout, requestReturnOrder } from './commands/report.ts';
import { actionContext, childContext, type Entry } from './entry.ts';
import { blockersOfEntry } from './entry-blockers.ts';
import { actionsOf, entriesWhere } from './entry-rows.ts';
import { lawPlaceOfEntry } from './entry-situation.ts';
import { actsIn } from './ledger.ts';
import { listLedger } from './ledger-list.ts';
import { type Moved, worksOnEntry } from './on-entry.ts';

type Command = (core: ServiceCore, actor: Actor | null, input: unknown) => Promise<Moved>;

type LedgerResolvers = {
  Query: Partial<NonNullable<Resolvers['Query']>>;
  Mutation: Partial<NonNullable<Resolvers['Mutation']>>;
  DropoutEntry: NonNullable<Resolvers['DropoutEntry']>;
  DropoutAction: NonNullable<Resolvers['DropoutAction']>;
};

/** What the caller may do with an entry now. */
const actionsOn = (entry: Entry, actor: Actor | null): string[] => {
  if (actor === null || !worksOnEntry(actor, entry)) return [];
  const decided = new Set(['CLEAR', 'SETTLE']);
  return actsIn(entry.state).filter((act) =>
    isGranted(actor, decided.has(act) ? 'dropout.decide' : 'dropout.enter'),
  );
};

/** The dropout ledger as the graph offers it (W-15). */
export const createLedgerResolvers = (core: ServiceCore): LedgerResolvers => {
  const entryOf = async (id: string | null, context: Context): Promise<Entry | null> => {
    if (id === null) return null;
    const [entry] = isUuid(id)
      ? await inScope(core.app, await context.scope(), (tx) => entriesWhere(tx, 'entry_id = $1', [id]))
      : [];
    if (entry === undefined) throw outOfJurisdiction();
    return entry;
  };

  const run =
    (command: Command) =>
    async (_: unknown, { input }: { input: unknown }, context: Context) => {
      const { entry, findings } = await command(core, context.actor, input);
      return { entry: await entryOf(entry, context), findings };
    };

  return {
    Query: {
      dropoutEntry: async (_, { id }, context) => {
        authorize(context.actor, 'student.read');
        return entryOf(id, context);
      },
      dropoutLedger: async (_, { filter, ...page }, context) => {
        const actor = authorize(context.actor, 'student.read');
        return listLedger({ core, actor, scope: await context.scope() }, filter ?? {}, page);
      },
    },
    Mutation: {
      openDropoutClue: run(openDropoutClue),
      confirmDropout: run(confirmDropout),
      reportDropout: run(reportDropout),
      logPersuasion: run(logPersuasion),
      requestReturnOrder: run(requestReturnOrder),
      markDropoutReturned: run(markDropoutReturned),
      settleDropoutReturn: run(settleDropoutReturn),
      clearDropoutClue: run(clearDropoutClue),
    },
    DropoutEntry: {
      student: ({ person }) => (person === null ? null : { __typename: 'Student', id: person }),
      school: ({ school }) => (school === null ? null : { __typename: 'School', id: school }),
      enrollment: async ({ person, enrollment }, _, { registrations }) => {
        if (person === null || enrollment === null) return null;
        const wanted = enrollmentIdOf({ person, enrollment });
        const rows = await registrations.ofPerson.load(person);
        return (
          rows.find(
            (row) => enrollmentIdOf({ person: row.personId, enrollment: row.enrollmentId }) === wanted,
          ) ?? null
        );
      },
      child: ({ id, sealed }, _, { trail }) => {
        if (sealed === null) return null;
        trail.read(id);
        return Child.parse(JSON.parse(core.sealing.open(sealed, childContext(id))));
      },
      actions: async ({ id }, _, context) =>
        inScope(core.app, await context.scope(), (tx) => actionsOf(tx, [id])),
      reportedTo: ({ reportedTo }) => [...reportedTo],
      overdue: ({ endedAt, nextActionOn }) => endedAt === null && nextActionOn < core.clock.today(),
      blockers: async (entry) =>
        blockersOfEntry(
          entry,
          core.clock.today(),
          await lawPlaceOfEntry(core, entry),
          await calendarOf(core),
        ),
      allowedActions: (entry, _, { actor }) => actionsOn(entry, actor),
    },
    DropoutAction: {
      note: ({ entry, ordinal, sealed }, _, { trail }) => {
        if (sealed === null) return null;
        trail.read(entry);
        return core.sealing.open(sealed, actionContext(entry, ordinal));
      },
    },
  };
};
