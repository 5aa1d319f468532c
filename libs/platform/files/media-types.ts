import type { ContentKind } from './sniff.ts';

export const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' as const;
export const csv = 'text/csv' as const;

/** Media types that can be stored at all, and the content that each of them must have. */
const contents = {
  [xlsx]: 'ZIP',
  [csv]: 'TEXT',
  'application/pdf': 'PDF',
  'image/png': 'PNG',
  'image/jpeg': 'JPEG',
} as const satisfies Record<string, ContentKind>;

export type MediaType = keyof typeof contents;

/** What browsers call a CSV file, depending on the system and on what is installed there. */
const otherNames: Readonly<Record<string, MediaType>> = {
  'text/plain': csv,
  'application/csv': csv,
  'application/vnd.ms-excel': csv,
  'image/jpg': 'image/jpeg',
};

const isMediaType = (name: string): name is MediaType => Object.hasOwn(contents, name);

/** The media type that a client's words mean, parameters and case aside; `undefined` for one that is not stored. */
export const mediaTypeOf = (said: string): MediaType | undefined => {
  const name = (said.split(';')[0] ?? '').trim().toLowerCase();
  if (isMediaType(name)) return name;
  return Object.hasOwn(otherNames, name) ? otherNames[name] : undefined;
};

/** The content that a file of a media type must have. */
export const contentOf = (mediaType: MediaType): ContentKind => contents[mediaType];
