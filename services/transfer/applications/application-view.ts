import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Context } from '../context.ts';
import type { Resolvers } from '../generated/types.ts';
import { openApplicant } from './applicant.ts';
import { actionsOn } from './application-actions.ts';
import { progressOf } from './application-progress.ts';
import { isOpen } from './application-record.ts';
import { isAsked } from './on-application.ts';

/** Resolvers of applications: what the family said, who has to answer, and until when. */
export const createApplicationViews = (core: ServiceCore): Pick<Resolvers, 'TransferApplication'> => ({
  TransferApplication: {
    student: ({ person }) => ({ id: person }),
    school: ({ school }) => (school === null ? null : { id: school }),
    county: ({ state, authority }) => (state === 'ARRANGING' ? authority : null),
    pupilName: (record, _, { trail }: Context) => {
      trail.read(record.person);
      return openApplicant(core, record).name;
    },
    proposedSchool: (record, _, { actor }) =>
      actor !== null && record.state === 'ARRANGING' && isAsked(actor, record) && record.proposal !== null
        ? { id: record.proposal.school }
        : null,
    placeKeptUntil: ({ placeKeptUntil, endedAt }) =>
      endedAt === null && placeKeptUntil !== null && placeKeptUntil >= core.clock.today()
        ? placeKeptUntil
        : null,
    ground: ({ reason }) => reason.ground,
    household: ({ reason }) => reason.household ?? null,
    deadline: ({ dueOn }) => dueOn,
    overdue: (record) =>
      (record.state === 'APPLIED' || record.state === 'ARRANGING') &&
      !record.provisional &&
      record.dueOn < core.clock.today(),
    transfer: ({ transfer }, _, { cases }: Context) => (transfer === null ? null : cases.byId.load(transfer)),
    blockers: (record) =>
      isOpen(record)
        ? record.findings.filter(({ outcome }) => outcome === 'HOLD' || outcome === 'REJECT')
        : [],
    progress: (record) => progressOf(record, core.clock.today()),
    allowedActions: (record, _, { actor }) => actionsOn(record, actor),
  },
});
