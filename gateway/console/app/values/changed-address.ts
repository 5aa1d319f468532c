/** An address with some of its parts changed; null takes one out. */
export const changed = (
  search: URLSearchParams,
  part: Readonly<Record<string, string | null>>,
): URLSearchParams => {
  const next = new URLSearchParams(search);
  for (const [name, value] of Object.entries(part)) {
    if (value === null) next.delete(name);
    else next.set(name, value);
  }
  return next;
};
