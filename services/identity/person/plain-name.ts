/** A name as it is compared: composed, and without spaces. */
export const plainName = (name: string): string => name.normalize('NFC').replaceAll(/\s/gu, '');
