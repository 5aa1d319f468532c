import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Anchor } from '#libs/platform/audit/chain.ts';
import { connectDatabase } from '#libs/platform/database/orm.ts';
import { verifyAudit } from './verify.ts';

const usage = `npm run audit -- --database <address of a service's worker role> [--anchor <file>]

Checks the sealed access log of one service from its beginning. With --anchor the last seal is kept in a file
outside of the database, and the next check demands that the log still holds it.`;

type Options = { database: string; anchor?: string };

const readOptions = (args: string[]): Options | undefined => {
  const { values } = parseArgs({
    args,
    options: { database: { type: 'string' }, anchor: { type: 'string' } },
  });
  return values.database === undefined ? undefined : { database: values.database, anchor: values.anchor };
};

const readAnchor = (file: string | undefined): Anchor | undefined =>
  file !== undefined && existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Anchor) : undefined;

const run = async ({ database, anchor }: Options): Promise<number> => {
  const orm = await connectDatabase({ url: database, entities: [], poolSize: 1 });
  try {
    const verdict = await verifyAudit(orm, readAnchor(anchor));
    process.stdout.write(`${JSON.stringify(verdict, null, 2)}\n`);
    if (verdict.faults.length > 0) return 2;
    if (anchor !== undefined) writeFileSync(anchor, JSON.stringify(verdict.anchor));
    return 0;
  } finally {
    await orm.close();
  }
};

const options = readOptions(process.argv.slice(2));
if (options === undefined) {
  process.stderr.write(`${usage}\n`);
  process.exit(1);
}
process.exit(await run(options));
