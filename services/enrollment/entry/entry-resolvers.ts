import type { Actor } from '#libs/platform/actor/actor.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { asWorker, inScope } from '#libs/platform/database/scope.ts';
import { rangeWithin } from '#libs/platform/directory/within.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { connectionOf, pageSize, readCursor } from '#libs/platform/subgraph/connection.ts';
import type { Context } from '../context.ts';
import { Child } from '../dropout/child.ts';
import { enrollmentIdOf } from '../enrollment-id.ts';
import type { Resolvers } from '../generated/types.ts';
import { coursesOf } from './admission-course.ts';
import { decideDeferral } from './decide-deferral.ts';
import { type Deferral, deferralContext, deferralsWhere } from './deferral-rows.ts';
import { decideAdmissionEnd, type Ended, requestAdmissionEnd } from './end-admission.ts';
import { extendAdmission } from './extend-admission.ts';
import { extendEntry } from './extend-entry.ts';
import { grantPlaces } from './grant-places.ts';
import { type EntryPlace, placeContext, placesWhere } from './place-rows.ts';
import { DeferredChild, requestDeferral } from './request-deferral.ts';

type EntryResolvers = {
  Query: Partial<NonNullable<Resolvers['Query']>>;
  Mutation: Partial<NonNullable<Resolvers['Mutation']>>;
  EntryPlace: NonNullable<Resolvers['EntryPlace']>;
  EntryDeferral: NonNullable<Resolvers['EntryDeferral']>;
  Admission: Pick<NonNullable<Resolvers['Admission']>, 'course'>;
};

type EndCommand = (core: ServiceCore, actor: Actor | null, input: unknown) => Promise<Ended>;

/** Places granted, deferrals, and the end of admissions, as the graph offers them (W-06). */
export const createEntryResolvers = (core: ServiceCore): EntryResolvers => {
  const placeOf = async (id: string | null, context: Context): Promise<EntryPlace | null> => {
    if (id === null) return null;
    const rows = await inScope(core.app, await context.scope(), (tx) =>
      placesWhere(tx, 'place_id = $1', [id]),
    );
    return rows[0] ?? null;
  };

  /** A guardian sees the own applications, a county those made to it. */
  const readDeferrals = async <T>(
    { actor, scope }: Context,
    read: (tx: Tx, own: string | null) => Promise<T>,
  ) => {
    const caller = authorize(actor, 'deferral.read');
    return caller.level === 'NONE'
      ? asWorker(core.worker, (tx) => read(tx, caller.subject))
      : inScope(core.app, await scope(), (tx) => read(tx, null));
  };

  const deferralOf = async (id: string | null, context: Context): Promise<Deferral | null> => {
    if (id === null) return null;
    const rows = await readDeferrals(context, (tx, own) =>
      deferralsWhere(tx, 'deferral_id = $1 and ($2::text is null or applied_by = $2)', [id, own]),
    );
    return rows[0] ?? null;
  };

  const end =
    (command: EndCommand) =>
    async (_: unknown, { input }: { input: { admission: string } }, context: Context) => {
      const { done, findings } = await command(core, context.actor, input);
      const [admission] = done
        ? await inScope(core.app, await context.scope(), (tx) => coursesOf(tx, [input.admission]))
        : [];
      return { admission: admission ?? null, findings };
    };

  return {
    Query: {
      entryPlaces: async (_, { school, schoolYear, state, ...page }, context) => {
        authorize(context.actor, 'student.read');
        const scope = await context.scope();
        await rangeWithin(core.directory, scope, school);
        const size = pageSize(page.first);
        const after = readCursor(page.after, ['INSTANT', 'UUID']);
        const rows = await inScope(core.app, scope, (tx) =>
          placesWhere(
            tx,
            `school = $1 and ($2::int is null or school_year = $2) and ($3::text is null or state = $3)
               and ($4::timestamptz is null or (granted_at, place_id) > ($4::timestamptz, $5::uuid))
             order by granted_at, place_id limit $6`,
            [school, schoolYear ?? null, state ?? null, after?.[0] ?? null, after?.[1] ?? null, size + 1],
          ),
        );
        return connectionOf(
          rows,
          size,
          page.after,
          (place) => [place.grantedAt, place.id],
          (place) => place,
        );
      },
      entryDeferrals: async (_, { state, ...page }, context) => {
        const size = pageSize(page.first);
        const after = readCursor(page.after, ['INSTANT', 'UUID']);
        const rows = await readDeferrals(context, (tx, own) =>
          deferralsWhere(
            tx,
            `($1::text is null or applied_by = $1) and ($2::text is null or state = $2)
               and ($3::timestamptz is null or (applied_at, deferral_id) > ($3::timestamptz, $4::uuid))
             order by applied_at, deferral_id limit $5`,
            [own, state ?? null, after?.[0] ?? null, after?.[1] ?? null, size + 1],
          ),
        );
        return connectionOf(
          rows,
          size,
          page.after,
          (deferral) => [deferral.appliedAt, deferral.id],
          (deferral) => deferral,
        );
      },
    },
    Mutation: {
      grantPlaces: (_, { input }, { actor }) => grantPlaces(core, actor, input),
      extendEntry: async (_, { input }, context) => {
        const { place, findings } = await extendEntry(core, context.actor, input);
        return { place: await placeOf(place, context), findings };
      },
      extendAdmission: end(extendAdmission),
      requestAdmissionEnd: end(requestAdmissionEnd),
      decideAdmissionEnd: end(decideAdmissionEnd),
      requestDeferral: async (_, { input }, context) => {
        const { deferral, findings } = await requestDeferral(core, context.actor, input);
        return { deferral: await deferralOf(deferral, context), findings };
      },
      decideDeferral: async (_, { input }, context) => {
        const { deferral, findings } = await decideDeferral(core, context.actor, input);
        return { deferral: await deferralOf(deferral, context), findings };
      },
    },
    EntryPlace: {
      school: ({ school }) => ({ __typename: 'School', id: school }),
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
        trail.read(id);
        return Child.parse(JSON.parse(core.sealing.open(sealed, placeContext(id))));
      },
    },
    EntryDeferral: {
      child: ({ id, sealed }, _, { trail }) => {
        trail.read(id);
        return DeferredChild.parse(JSON.parse(core.sealing.open(sealed, deferralContext(id))));
      },
      grounds: ({ id, sealed }, _, { trail }) => {
        trail.read(id);
        return DeferredChild.parse(JSON.parse(core.sealing.open(sealed, deferralContext(id)))).grounds;
      },
      deadline: ({ dueOn }) => dueOn,
      overdue: ({ state, dueOn, provisional }) =>
        state === 'APPLIED' && !provisional && dueOn < core.clock.today(),
    },
    Admission: {
      course: async ({ id }, _, context) => {
        const rows = await inScope(core.app, await context.scope(), (tx) => coursesOf(tx, [id]));
        return rows[0]?.course ?? null;
      },
    },
  };
};
