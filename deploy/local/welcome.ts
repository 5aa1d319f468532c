import type { Network } from '#deploy/local/network-contract.ts';
import { alignedLines } from '#deploy/local/table.ts';

/** What is said when the graph answers: where it is, who may ask, and what to ask first. */
export function welcome(network: Network): string {
  const rows = network.identities.map(({ name, level }) => [name, level]);
  const anyone = network.identities[0]?.name ?? 'NAME';
  return [
    '',
    `Console    ${new URL('/', network.graphUrl).href} in a browser: choose an identity and look around`,
    `Graph      ${network.graphUrl}`,
    `GraphiQL   ${new URL('/graphiql', network.graphUrl).href} in a browser`,
    '',
    'Identities of the demo nation',
    ...alignedLines(rows).map((line) => `  ${line}`),
    '',
    `A token for one of them: npm run token -- --as ${shellWord(anyone)}`,
    ...network.hints.flatMap((hint) => ['', hint]),
    '',
    'Ctrl-C stops everything.',
  ].join('\n');
}

/** A word as a shell takes it, quoted when it must be. */
function shellWord(word: string): string {
  return /^[\w.@-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
