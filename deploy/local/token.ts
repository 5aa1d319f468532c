import { parseArgs } from 'node:util';
import { runCommand } from '#deploy/local/command.ts';
import { tokenFor, tokenUsage } from '#deploy/local/demo-token.ts';
import { Failure, Help } from '#deploy/local/failure.ts';

function parseCommand(args: string[]): { as?: string; ttl: string } {
  const options = {
    as: { type: 'string' },
    ttl: { type: 'string', default: '8h' },
    help: { type: 'boolean', short: 'h', default: false },
  } as const;
  let values: ReturnType<typeof parseArgs<{ options: typeof options }>>['values'];
  try {
    values = parseArgs({ args, options, allowPositionals: false }).values;
  } catch (error) {
    throw new Failure((error as Error).message, tokenUsage);
  }
  if (values.help) throw new Help(tokenUsage);
  return values;
}

await runCommand(async () => {
  const { as, ttl } = parseCommand(process.argv.slice(2));
  process.stdout.write(`${await tokenFor(as, ttl)}\n`);
  return 0;
});
