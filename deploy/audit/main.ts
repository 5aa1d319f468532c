import { runCommand } from '#deploy/local/command.ts';
import { alignedLines } from '#deploy/local/table.ts';
import { checkLog } from './check.ts';
import { localLogs } from './logs.ts';
import { parseAuditOrder } from './options.ts';
import type { Verdict } from './verify.ts';

/** Exit code where a log was checked and something is wrong with it. */
const faulty = 2;

const say = (text: string): boolean => process.stdout.write(`${text}\n`);

const checkLocal = async (): Promise<number> => {
  const verdicts: { service: string; verdict: Verdict }[] = [];
  for (const { service, url, anchor } of localLogs())
    verdicts.push({ service, verdict: await checkLog(url, anchor) });
  const rows = verdicts.map(({ service, verdict: { seals, unsealed, faults } }) => [
    service,
    String(seals),
    String(unsealed),
    faults.length === 0 ? 'none' : String(faults.length),
  ]);
  for (const line of alignedLines([['SERVICE', 'SEALS', 'UNSEALED', 'FAULTS'], ...rows])) say(line);
  const found = verdicts.flatMap(({ service, verdict }) =>
    verdict.faults.map((fault) => `${service}: ${JSON.stringify(fault)}`),
  );
  for (const line of found) say(line);
  return found.length === 0 ? 0 : faulty;
};

const checkOne = async (database: string, anchor: string | undefined): Promise<number> => {
  const verdict = await checkLog(database, anchor);
  say(JSON.stringify(verdict, null, 2));
  return verdict.faults.length === 0 ? 0 : faulty;
};

await runCommand(() => {
  const order = parseAuditOrder(process.argv.slice(2));
  return order.kind === 'LOCAL' ? checkLocal() : checkOne(order.database, order.anchor);
});
process.exit();
