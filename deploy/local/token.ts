import { parseArgs } from 'node:util';
import { tokenFor, tokenUsage } from '#deploy/local/demo-token.ts';
import { Failure } from '#deploy/local/failure.ts';

function parseCommand(args: string[]): { as?: string; ttl: string } {
  try {
    const options = { as: { type: 'string' }, ttl: { type: 'string', default: '8h' } } as const;
    return parseArgs({ args, options, allowPositionals: false }).values;
  } catch (error) {
    throw new Failure((error as Error).message, tokenUsage);
  }
}

try {
  const { as, ttl } = parseCommand(process.argv.slice(2));
  process.stdout.write(`${await tokenFor(as, ttl)}\n`);
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
