import { paperAccessOf } from '#libs/contracts/commands/paper-access.ts';
import type { Stop } from '#libs/platform/bus/bus.ts';
import { answerTo } from '#libs/platform/commands/internal.ts';
import { query } from '#libs/platform/database/query.ts';
import { inScopeOnce } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';

const filed = `select 1 from archive_entry where person_id = $1 and $2::uuid = any(papers)
  union all select 1 from archive_copy_entry where person_id = $1 and $2::uuid = any(papers) limit 1`;

/** Answers whether a paper lies in a student's archive as far as a reader sees it: the rows themselves decide (PRV-12). */
export const answersPaperAccess = ({ app, bus }: Pick<ServiceCore, 'app' | 'bus'>): Promise<Stop> =>
  answerTo(bus, paperAccessOf('archive'), async ({ person, paper, scope }) => {
    const rows = await inScopeOnce(app, scope, (tx) => query(tx, filed, [person, paper]));
    return { granted: rows.length > 0 };
  });
