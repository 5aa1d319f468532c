import { paperAccessOf } from '#libs/contracts/commands/paper-access.ts';
import type { Stop } from '#libs/platform/bus/bus.ts';
import { answerTo } from '#libs/platform/commands/internal.ts';
import { query } from '#libs/platform/database/query.ts';
import { inScopeOnce } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';

/** Answers whether a paper lies with a change of key information as far as a reader sees it: the rows themselves decide (PRV-12). */
export const answersPaperAccess = ({ app, bus }: Pick<ServiceCore, 'app' | 'bus'>): Promise<Stop> =>
  answerTo(bus, paperAccessOf('identity'), async ({ person, paper, scope }) => {
    const rows = await inScopeOnce(app, scope, (tx) =>
      query(tx, 'select 1 from key_change_paper where person_id = $1 and upload_id = $2 limit 1', [
        person,
        paper,
      ]),
    );
    return { granted: rows.length > 0 };
  });
