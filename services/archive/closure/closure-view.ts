import { judgeClosureOfArchives } from '#libs/law/archive/school-end.ts';
import { inScope, type Scope } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { lawPlaceOf } from '../archives/surroundings.ts';
import { archivesLeftAt } from '../custody/succeed-all.ts';
import type { Resolvers } from '../generated/types.ts';
import { type Closure, closuresWhere } from './closure-rows.ts';

/** Closures are few; so many are shown of a scope. */
const most = 200;

/** The closures of the caller's scope that wait, the oldest first. */
export const listClosures = ({ app }: Pick<ServiceCore, 'app'>, scope: Scope): Promise<Closure[]> =>
  inScope(app, scope, (tx) =>
    closuresWhere(tx, `settled_at is null order by decided_at, school limit ${most}`, []),
  );

type Core = Pick<ServiceCore, 'app' | 'clock' | 'directory'>;

/** Resolvers of closures. */
export const createClosureViews = (core: Core): Pick<Resolvers, 'ArchiveClosure'> => ({
  ArchiveClosure: {
    school: ({ school }) => ({ id: school }),
    archivesLeft: async ({ school }, _, { scope }) =>
      inScope(core.app, await scope(), (tx) => archivesLeftAt(tx, school)),
    archivesMoved: ({ moved }) => moved,
    findings: async ({ school, province }, _, { scope }) => {
      const archivesLeft = await inScope(core.app, await scope(), (tx) => archivesLeftAt(tx, school));
      const stage = (await core.directory.school(school))?.stages[0]?.stage ?? 'PRIMARY';
      const place = await lawPlaceOf(core, { school, province });
      return judgeClosureOfArchives({ archivesLeft, stage }, core.clock.today(), place);
    },
  },
});
