import { parseArgs } from 'node:util';
import { Failure, Help } from '#deploy/local/failure.ts';

export const auditUsage = `npm run audit
npm run audit -- --database <address of a service's worker role> [--anchor <file>]

Checks sealed access logs from their beginning: without options those of every service of the local registry, which
has to run. The last seal of each is kept outside of the database as an anchor (below .local/anchors, or in the file
given), and the next check demands that the log still holds it. Exit code 2 where a fault was found.`;

/** Which access logs are to be checked: those of the local registry, or one whose address was given. */
export type AuditOrder = { kind: 'LOCAL' } | { kind: 'ONE'; database: string; anchor: string | undefined };

const options = {
  database: { type: 'string' },
  anchor: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** Parses the arguments of `npm run audit`. Throws `Failure` with the usage when they are not understood. */
export function parseAuditOrder(args: string[]): AuditOrder {
  const { database, anchor, help } = parsed(args);
  if (help) throw new Help(auditUsage);
  if (database !== undefined) return { kind: 'ONE', database, anchor };
  if (anchor !== undefined) throw new Failure('--anchor belongs to --database.', '', auditUsage);
  return { kind: 'LOCAL' };
}

function parsed(args: string[]) {
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    throw new Failure((error as Error).message, '', auditUsage);
  }
}
