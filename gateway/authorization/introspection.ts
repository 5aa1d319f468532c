import { z } from 'zod';
import type { Demand, Guards } from './guards.ts';

const scope = /^scope:[\w:.-]+$/;

/**
 * Who may see the schema itself: everybody, whoever is signed in, whoever has a scope of OAuth, nobody. The page of
 * GraphiQL shows nothing but what its user's token may ask.
 */
export const IntrospectionRule = z
  .union([z.enum(['open', 'signed-in', 'closed']), z.string().regex(scope)])
  .describe('open, signed-in, scope:NAME or closed');
export type IntrospectionRule = z.infer<typeof IntrospectionRule>;

const fields: ReadonlySet<string> = new Set(['__schema', '__type']);

const demandOf = (rule: IntrospectionRule): Demand | undefined => {
  switch (rule) {
    case 'open':
      return undefined;
    case 'signed-in':
      return { kind: 'authenticated' };
    case 'closed':
      return { kind: 'scopes', anyOf: [] };
    default:
      return { kind: 'scopes', anyOf: [[rule.slice('scope:'.length)]] };
  }
};

/** The guards of a schema together with who may see it; the fields that show it stand on `root`, the type of queries. */
export const withIntrospection = (guards: Guards, root: string, rule: IntrospectionRule): Guards => {
  const demand = demandOf(rule);
  const asked = demand ? [guards.demands.length] : [];
  return {
    ...guards,
    demands: demand ? [...guards.demands, demand] : guards.demands,
    demandsOf: (type, field) => (type === root && fields.has(field) ? asked : guards.demandsOf(type, field)),
  };
};
