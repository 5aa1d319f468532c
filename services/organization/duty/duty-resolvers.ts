import { badInput } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import { isGranted } from '#libs/platform/permissions/table.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Context } from '../context.ts';
import type { Resolvers } from '../generated/types.ts';
import { required } from '../queries.ts';
import { deskOf } from '../registrar/desk.ts';
import { notifyCounty } from './commands/notify-county.ts';
import { recordCountyCheck } from './commands/record-county-check.ts';
import type { DutyOutcome } from './do-duty.ts';
import type { TermOfYear } from './duty.ts';
import { findDuty, listDuties } from './duty-list.ts';

type Command = (core: ServiceCore, actor: Context['actor'], input: unknown) => Promise<DutyOutcome>;
type Asked = { schoolYear: number; term: number };

/** The term that is asked for; throws BAD_USER_INPUT for any but the first and the second. */
const termOf = ({ schoolYear, term }: Asked): TermOfYear => {
  if (term === 1 || term === 2) return { schoolYear, term };
  throw badInput([
    { path: ['term'], code: 'NO_SUCH_TERM', message: '学期填写1或2。 A school year has terms 1 and 2.' },
  ]);
};

/** GraphQL to commands and queries about the duties of a term, and back. */
export const createDutyResolvers = (core: ServiceCore) => {
  const mutation =
    (command: Command) =>
    async (_: unknown, { input }: { input: Asked }, { actor }: Context) => {
      const { done, findings } = await command(core, actor, input);
      if (!done) return { duty: null, findings };
      const desk = await deskOf(core, authorize(actor, 'term-duty.read'));
      const duty = await findDuty(core, desk, { owner: desk.own.code, ...termOf(input) });
      return { duty, findings: duty.findings };
    };

  return {
    Query: {
      termDuties: async (_, { unit, schoolYear, term, filter, ...page }, { actor }) => {
        const desk = await deskOf(core, authorize(actor, 'term-duty.read'));
        const which = termOf({ schoolYear, term });
        return listDuties(core, desk, { ...which, unit, filter: filter ?? {} }, page);
      },
    },
    Mutation: {
      recordCountyCheck: mutation(recordCountyCheck),
      notifyCounty: mutation(notifyCounty),
    },
    TermDuty: {
      county: ({ county }, _, { registry }) => required(registry.unit.load(county)),
      school: ({ kind, owner }, _, { registry }) =>
        kind === 'COUNTY_CHECK' ? null : required(registry.school.load(owner)),
      dueOn: ({ term }) => term?.closesOn ?? null,
      doneAt: ({ done }) => done?.doneAt ?? null,
      note: ({ done }) => done?.note ?? null,
      transferredIn: ({ done }) => done?.transferredIn ?? null,
      transferredOut: ({ done }) => done?.transferredOut ?? null,
      recordedIn: ({ onRecord }) => onRecord?.transferredIn ?? null,
      recordedOut: ({ onRecord }) => onRecord?.transferredOut ?? null,
      allowedActions: ({ kind, owner, done, term }, _, { actor }) => {
        const isOwn = actor !== null && owner === (actor.school ?? actor.unit);
        const isOpen = term !== null && term.opensOn <= core.clock.today();
        if (!isOwn || !isOpen || done !== null) return [];
        if (kind === 'COUNTY_CHECK') return isGranted(actor, 'term-duty.check') ? ['CHECK'] : [];
        return isGranted(actor, 'term-duty.notify') ? ['NOTIFY'] : [];
      },
    },
  } satisfies Resolvers;
};
