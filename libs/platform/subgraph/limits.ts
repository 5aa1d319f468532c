import type { Limits } from '../limits/limits.ts';

/**
 * What one part of an operation may be: the gateway's limits for a whole operation with room for what a query plan
 * adds (entities, type names, aliases of its own). They hold for whoever finds a way to a service's own port.
 */
export const subgraphLimits: Limits = {
  depth: 16,
  lists: 5,
  aliases: 60,
  directives: 50,
  directivesOnOne: 5,
  fields: 4_000,
  rootFields: 10,
};

/** Tokens of a document. */
export const maxTokens = 6_000;

/** Objects that one operation may find: a large school with all its classes, never a province at once. */
export const mostObjects = 30_000;
