import type { Actor } from '#libs/platform/actor/actor.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { connectionOf, pageSize, readCursor } from '#libs/platform/subgraph/connection.ts';
import type { Context } from '../context.ts';
import type { Resolvers } from '../generated/types.ts';
import type { Done } from '../marks/on-registration.ts';
import { changedEnrollment, findEnrollment } from '../queries.ts';
import { decideCityMatter, requestCityConfirmation } from './commands.ts';
import { matterContext, mattersWhere } from './matter-rows.ts';

type CityResolvers = {
  Query: Partial<NonNullable<Resolvers['Query']>>;
  Mutation: Partial<NonNullable<Resolvers['Mutation']>>;
  CityMatter: NonNullable<Resolvers['CityMatter']>;
};

type Command = (core: ServiceCore, actor: Actor | null, input: unknown) => Promise<Done>;

/** What the city confirms before a registration is approved, as the graph offers it (W-05). */
export const createCityResolvers = (core: ServiceCore): CityResolvers => {
  const run =
    (command: Command) =>
    async (_: unknown, { input }: { input: { enrollment: string } }, context: Context) => {
      const { done, findings } = await command(core, context.actor, input);
      return { enrollment: done ? await changedEnrollment(context, input.enrollment) : null, findings };
    };

  return {
    Query: {
      cityMatters: async (_, { state, mine, ...page }, context) => {
        const actor = authorize(context.actor, 'student.read');
        const scope = await context.scope();
        const size = pageSize(page.first);
        const after = readCursor(page.after, ['INSTANT', 'UUID']);
        const rows = await inScope(core.app, scope, (tx) =>
          mattersWhere(
            tx,
            `place between $1 and $2 and ($3::text is null or state = $3) and ($4::text is null or city = $4)
               and ($5::timestamptz is null or (asked_at, enrollment_id) > ($5::timestamptz, $6::uuid))
             order by asked_at, enrollment_id limit $7`,
            [
              ...[scope.lo, scope.hi, state ?? null, mine === true ? (actor.unit ?? '') : null],
              ...[after?.[0] ?? null, after?.[1] ?? null, size + 1],
            ],
          ),
        );
        return connectionOf(
          rows,
          size,
          page.after,
          (matter) => [matter.askedAt, matter.enrollment],
          (matter) => matter,
        );
      },
    },
    Mutation: {
      requestCityConfirmation: run(requestCityConfirmation),
      decideCityMatter: run(decideCityMatter),
    },
    CityMatter: {
      enrollment: ({ person, enrollment }, _, { registrations }) =>
        findEnrollment(registrations, { person, enrollment }),
      school: ({ school }) => ({ __typename: 'School', id: school }),
      explanation: ({ person, sealed, ...matter }, _, { trail }) => {
        if (sealed === null) return null;
        trail.read(person);
        return core.sealing.open(sealed, matterContext(matter));
      },
      deadline: ({ dueOn }) => dueOn,
      overdue: ({ state, provisional, dueOn }) =>
        state === 'PENDING' && !provisional && dueOn < core.clock.today(),
    },
  };
};
