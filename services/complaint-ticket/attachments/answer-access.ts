import { attachmentAccess } from '#libs/contracts/commands/attachment-access.ts';
import type { Stop } from '#libs/platform/bus/bus.ts';
import { answerTo } from '#libs/platform/commands/internal.ts';
import { query } from '#libs/platform/database/query.ts';
import { inScopeOnce } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';

const LYING = `select t.student_id as person from ticket_paper p join ticket t on t.ticket_id = p.ticket_id
  where p.ticket_id = $1 and p.upload_id = $2`;

/** Answers whether a paper lies with a ticket in which the reader takes part: the rows themselves decide (TKT-16, PRV-12). */
export const answersAttachmentAccess = ({ app, bus }: Pick<ServiceCore, 'app' | 'bus'>): Promise<Stop> =>
  answerTo(bus, attachmentAccess, async ({ ticket, paper, scope }) => {
    const [row] = await inScopeOnce(app, scope, (tx) =>
      query<{ person: string | null }>(tx, LYING, [ticket, paper]),
    );
    return { granted: row !== undefined, person: row?.person ?? null };
  });
