import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { clientDocuments, unfitDocuments } from '#deploy/generate/documents.ts';
import { readSubgraphs } from '#deploy/generate/subgraphs.ts';
import { runCommand } from '#deploy/local/command.ts';
import { Failure, Help } from '#deploy/local/failure.ts';
import { composeSupergraph } from '#gateway/compose.ts';
import { compareSupergraphs, publicSchema } from './compare.ts';

const usage = `npm run compatible -- [--base REF]

Composes the schemas of the services and compares them, as clients see them, with the supergraph that another commit has (main, or the
commit before where this is main). Fails and names each place where something is taken from clients: what is removed, narrowed or newly
guarded, the documents of that commit that do not fit any more, and those of this one that do not fit.
A deliberate break stands with its reason in gateway/breaking-changes.json.`;

const root = new URL('../../', import.meta.url);

const Decided = z.object({
  changes: z.array(z.object({ change: z.string(), reason: z.string().min(10), decidedOn: z.iso.date() })),
});
const Manifest = z.object({
  operations: z.array(z.object({ name: z.string(), id: z.string(), body: z.string() })),
});

const git = (...args: string[]): string | undefined => {
  const run = spawnSync('git', args, { cwd: fileURLToPath(root), encoding: 'utf8', maxBuffer: 64_000_000 });
  return run.status === 0 ? run.stdout.trimEnd() : undefined;
};

const orderOf = (args: string[]) => {
  const options = {
    base: { type: 'string' },
    help: { type: 'boolean', short: 'h', default: false },
  } as const;
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    throw new Failure((error as Error).message, '', usage);
  }
};

/** The commit to compare with: the one that was named, or what main had when this was begun. */
const baseOf = (named: string | undefined): string | undefined => {
  if (named !== undefined) return named;
  const head = git('rev-parse', 'HEAD');
  const begun = ['origin/main', 'main'].map((branch) => git('merge-base', branch, 'HEAD')).find((one) => one);
  return begun === undefined || begun === head ? git('rev-parse', 'HEAD~1') : begun;
};

const listed = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`)];

await runCommand(async () => {
  const { base: named, help } = orderOf(process.argv.slice(2));
  if (help) throw new Help(usage);
  const after = composeSupergraph(await readSubgraphs(root));
  const unfit = unfitDocuments(publicSchema(after), await clientDocuments(root));
  if (unfit.length > 0) throw new Failure(...listed('These documents do not fit the schema:', unfit));
  const base = baseOf(named);
  const before = base && git('show', `${base}:gateway/supergraph.graphql`);
  if (before === undefined) {
    if (named !== undefined) throw new Failure(`${named} has no supergraph`);
    process.stdout.write('Every document fits; there is no other commit to compare with.\n');
    return 0;
  }
  const known = git('show', `${base}:gateway/documents.json`);
  const documents = known === undefined ? [] : Manifest.parse(JSON.parse(known)).operations;
  const decisions = await readFile(new URL('gateway/breaking-changes.json', root), 'utf8');
  const {
    breaking,
    deliberate,
    documents: broken,
  } = compareSupergraphs(
    before,
    after,
    documents.map(({ name, id, body }) => ({ name: name || id.slice(0, 12), body })),
    Decided.parse(JSON.parse(decisions)).changes,
  );
  const told = listed(
    'Decided on:',
    deliberate.map(({ change, reason }) => `${change} ${reason}`),
  );
  if (breaking.length + broken.length > 0) {
    throw new Failure(
      ...listed('Taken from clients:', breaking),
      ...listed('Documents of clients that do not fit any more:', broken),
      ...told,
    );
  }
  const compared = `Compared with ${base?.slice(0, 12)}: nothing is taken from clients, ${documents.length} documents fit.`;
  process.stdout.write(`${[...told, compared].join('\n')}\n`);
  return 0;
});
