import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Resolvers } from '../generated/types.ts';
import { noticeContext } from './notice.ts';
import { listNotices } from './notice-list.ts';

/** Written reports as their addressees read them; whose words are opened stands in the trail. */
export const createNoticeResolvers = (
  core: ServiceCore,
): {
  Query: Partial<NonNullable<Resolvers['Query']>>;
  OfficialNotice: NonNullable<Resolvers['OfficialNotice']>;
} => ({
  Query: {
    officialNotices: (_, { kind, ...page }, { actor }) => listNotices({ core, actor }, kind ?? null, page),
  },
  OfficialNotice: {
    school: ({ school }) => (school === null ? null : { __typename: 'School', id: school }),
    content: ({ id, person, entry, sealed }, _, { trail }) => {
      if (sealed === null) return null;
      trail.read(person ?? entry ?? id);
      return core.sealing.open(sealed, noticeContext(id));
    },
  },
});
