import type { Scope } from '#libs/platform/database/scope.ts';

/** Every place of the tree: for the address book of registrars (ACC-14) and for who tells of passwords (ACC-12). */
export const wholeNation: Scope = { lo: 0, hi: 99_999_999_999, persons: [] };
