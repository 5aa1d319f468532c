import { Stage } from '#libs/contracts/vocabulary.ts';
import type { Finding } from '#libs/law/finding.ts';
import { lawPlaceOfSchool } from '#libs/law/layers.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { assessmentBlockers, assessmentsOf } from '../assessment/assessment-view.ts';
import { blockersOf } from '../blockers.ts';
import { calendarOf } from '../calendar-of.ts';
import type { Context } from '../context.ts';
import type { Enrollment } from '../entities.ts';
import type { Resolvers } from '../generated/types.ts';
import { worksOn } from '../works-on.ts';
import { contactContext, contactsAbout } from './contact.ts';
import { judgeOverrun } from './overrun.ts';

type MarkViews = {
  Enrollment: NonNullable<Resolvers['Enrollment']>;
  GuardianContact: NonNullable<Resolvers['GuardianContact']>;
};

/** Marks and contacts of a registration. Where a child is held or specially taught is told to its own people alone. */
export const createMarkViews = (core: ServiceCore): MarkViews => {
  const isOwn = async (row: Enrollment, { actor }: Context): Promise<boolean> =>
    actor !== null && worksOn(actor, await core.directory.school(row.school));

  const contactsOf = async ({ personId: person, enrollmentId: enrollment }: Enrollment, context: Context) =>
    inScope(core.app, await context.scope(), (tx) => contactsAbout(tx, { person, enrollment }));

  /** What is on record of a suspension that has run out; its contacts are counted by who may see them. */
  const overrun = async (row: Enrollment, context: Context): Promise<Finding[]> => {
    const school = await core.directory.school(row.school);
    const stage = Stage.safeParse(row.stage);
    const until = row.suspendedUntil ?? null;
    if (row.status !== 'SUSPENDED' || until === null || !school || !stage.success) return [];
    if (!(await isOwn(row, context))) return [];
    return judgeOverrun({
      stage: stage.data,
      suspendedUntil: until,
      contacts: await contactsOf(row, context),
      today: core.clock.today(),
      lawPlace: lawPlaceOfSchool(school),
      calendar: await calendarOf(core),
    }).findings;
  };

  return {
    Enrollment: {
      awayReason: async (row, _, context) => ((await isOwn(row, context)) ? (row.awayReason ?? null) : null),
      atSpecializedSchool: async (row, _, context) =>
        (await isOwn(row, context)) ? row.atSpecializedSchool : null,
      guardianContacts: (row, _, context) => contactsOf(row, context),
      progressAssessments: (row, _, context) => assessmentsOf(core, row, context),
      blockers: async (row, _, context) => [
        ...(await blockersOf(core, row)),
        ...(await overrun(row, context)),
        ...(await assessmentBlockers(core, row, context)),
      ],
    },
    GuardianContact: {
      note: ({ id, person, sealed }, _, { trail }) => {
        if (sealed === null) return null;
        trail.read(person);
        return core.sealing.open(sealed, contactContext(id));
      },
    },
  };
};
