/** From so many characters on a text is faster written as bytes than handed to the socket. */
const longText = 2_000;

/** An answer in the form in which it is written fastest. */
export const written = (text: string | Buffer): string | Buffer =>
  typeof text !== 'string' || text.length < longText ? text : Buffer.from(text);
