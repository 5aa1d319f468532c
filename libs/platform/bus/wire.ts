const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** JSON as it travels. */
export const encode = (value: unknown): Uint8Array => encoder.encode(JSON.stringify(value));
export const decode = (bytes: Uint8Array): unknown => JSON.parse(decoder.decode(bytes));

/** Bytes that a value takes on the wire: most of the names here take three for a character. */
export const sizeOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

/** What the text says, or `undefined` where it is not JSON: the sender of a message need not be one of ours. */
export const decodeOrNothing = (bytes: Uint8Array): unknown => {
  try {
    return decode(bytes);
  } catch {
    return undefined;
  }
};

/** Waits for work that a lost connection may never end; unfinished after `milliseconds` it is left alone. */
export const orLeave = async (work: Promise<unknown>, milliseconds: number): Promise<void> => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, milliseconds);
  await Promise.race([work.catch(() => undefined), promise]);
  clearTimeout(timer);
};
