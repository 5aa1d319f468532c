/**
 * First parts of the addresses of the console's pages: the gateway answers each, and what is below it, with the console.
 * A page in a new section enters it here.
 */
export const sections = [
  'overview',
  'figures',
  'work',
  'students',
  'classes',
  'law',
  'reports',
  'operations',
  'signed-in',
  'signed-out',
] as const;

export type Section = (typeof sections)[number];
