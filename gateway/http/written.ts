/** From so many characters on a text is faster written as bytes than handed to the socket. */
const longText = 2_000;

/** Bytes that one UTF-16 code unit takes at most in UTF-8. */
const mostBytes = 3;

/** The text as bytes: writing it into room enough for any is faster than measuring it first. */
const encoded = (text: string): Buffer => {
  const room = Buffer.allocUnsafe(mostBytes * text.length);
  return room.subarray(0, room.write(text));
};

/** A text that is better kept and written as bytes. */
export const isLong = (text: string): boolean => text.length >= longText;

/** An answer in the form in which it is written fastest. */
export const written = (text: string | Buffer): string | Buffer =>
  typeof text !== 'string' || !isLong(text) ? text : encoded(text);
