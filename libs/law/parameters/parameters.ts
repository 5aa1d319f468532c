import { ADMINISTRATION_PARAMETERS } from './administration.ts';
import { ARCHIVE_PARAMETERS } from './archive.ts';
import { ENROLLMENT_PARAMETERS } from './enrollment.ts';
import type { Parameter } from './parameter.ts';
import { TRANSFER_PARAMETERS } from './transfer.ts';

/** Every parameter of the law by its key. */
export const PARAMETERS = {
  ...ENROLLMENT_PARAMETERS,
  ...TRANSFER_PARAMETERS,
  ...ARCHIVE_PARAMETERS,
  ...ADMINISTRATION_PARAMETERS,
} as const;

/** The key of a parameter. */
export type ParameterKey = keyof typeof PARAMETERS;

/** What the parameter's values look like. */
export type ParameterValue<K extends ParameterKey> =
  (typeof PARAMETERS)[K] extends Parameter<infer T> ? T : never;

/** True when the text is the key of a parameter. */
export const isParameterKey = (text: string): text is ParameterKey => Object.hasOwn(PARAMETERS, text);
