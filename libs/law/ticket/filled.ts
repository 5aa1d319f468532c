/** True for words of which somebody sees anything: spaces, signs without width and turns of the direction of writing say nothing. */
export const isFilled = (text: string | null | undefined): boolean =>
  /[^\s\p{Z}\p{Cc}\p{Cf}\p{Cs}]/u.test(text ?? '');
