const grouped = (count: number): string => count.toLocaleString('en-US');

/**
 * The sentence for somebody who asks for another number of pupils than the database keeps; `undefined` where there is
 * nothing to say.
 * @param kept pupils of the demo nation in the database, `undefined` without one
 * @param elsewhere host and port of the database server, when it is not the runner's own
 */
export function keptScale(
  kept: number | undefined,
  asked: number,
  elsewhere: string | undefined,
): string | undefined {
  if (kept === undefined || kept === asked) return undefined;
  const anew =
    elsewhere === undefined
      ? '--fresh begins anew'
      : `another database than that of ${elsewhere} begins anew`;
  return `${grouped(kept)} pupils are kept, not ${grouped(asked)}; ${anew}.`;
}
