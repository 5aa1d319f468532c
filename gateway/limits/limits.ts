import type { Limits } from '#libs/platform/limits/limits.ts';
import type { GatewayConfig } from '../config.ts';

/** The most that a caller's operation may be. */
export const limitsOf = (config: GatewayConfig): Limits => ({
  depth: config.MAX_DEPTH,
  lists: config.MAX_NESTED_LISTS,
  aliases: config.MAX_ALIASES,
  directives: config.MAX_DIRECTIVES,
  directivesOnOne: config.MAX_DIRECTIVES_PER_FIELD,
  fields: config.MAX_FIELDS,
  rootFields: config.MAX_ROOT_FIELDS,
});
