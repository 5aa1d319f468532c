/** An order's content with the key under which it goes out. */
export type Keyed = { text: string; key: string };

/** The key of an order: that of the last one where the content is the same, otherwise a new one. */
export const keyFor = (
  content: object,
  last: Keyed | undefined,
  next: () => string = () => crypto.randomUUID(),
): Keyed => {
  const text = JSON.stringify(content);
  return last?.text === text ? last : { text, key: next() };
};
