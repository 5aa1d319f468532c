import { paperAccessOf } from '#libs/contracts/commands/paper-access.ts';
import type { Stop } from '#libs/platform/bus/bus.ts';
import { answerTo } from '#libs/platform/commands/internal.ts';
import { query } from '#libs/platform/database/query.ts';
import { inScopeOnce } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';

/** Answers whether a paper is proof of a certificate as far as a reader sees it: the rows themselves decide (PRV-12). */
export const answersProofAccess = ({ app, bus }: Pick<ServiceCore, 'app' | 'bus'>): Promise<Stop> =>
  answerTo(bus, paperAccessOf('certificate'), async ({ person, paper, scope }) => {
    const rows = await inScopeOnce(app, scope, (tx) =>
      query(tx, 'select 1 from certificate_proof where person_id = $1 and upload_id = $2', [person, paper]),
    );
    return { granted: rows.length > 0 };
  });
