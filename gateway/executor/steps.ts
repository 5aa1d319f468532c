import type { GraphQLSchema } from 'graphql';
import { fetching } from './fetch.ts';
import { reach } from './places.ts';
import type { ConditionNode, PlanNode, ResponsePath, Step } from './plan.ts';

/** Values that variables have where the caller gives none. */
type Defaults = Readonly<Record<string, unknown>>;

type Parts = { schema: GraphQLSchema; defaults: Defaults };

const done = Promise.resolve();
const nothing: Step = () => done;

const conditional = (parts: Parts, node: ConditionNode, path: ResponsePath): Step => {
  const yes = node.ifClause ? stepOf(parts, node.ifClause, path) : nothing;
  const no = node.elseClause ? stepOf(parts, node.elseClause, path) : nothing;
  return (run, data) => {
    const value = run.variables[node.condition] ?? parts.defaults[node.condition];
    return value === true ? yes(run, data) : no(run, data);
  };
};

/**
 * A part of a plan as a function. `schema` is the supergraph with all its types; `path` leads to the data on which
 * the part works. Throws for what a plan of a query or mutation never has.
 */
export const stepOf = (parts: Parts, node: PlanNode, path: ResponsePath = []): Step => {
  switch (node.kind) {
    case 'Fetch':
      return fetching(parts.schema, node, path);
    case 'Flatten': {
      const inner = stepOf(parts, node.node, path.concat(node.path));
      // A throw would leave alone, with nobody to hear of them, the steps that were begun beside this one.
      return (run, data) => {
        try {
          const reached = reach(data, node.path);
          return reached ? inner(run, reached) : done;
        } catch (error) {
          return Promise.reject(error);
        }
      };
    }
    case 'Sequence': {
      const steps = node.nodes.map((one) => stepOf(parts, one, path));
      return async (run, data) => {
        for (const step of steps) await step(run, data);
      };
    }
    case 'Parallel': {
      const steps = node.nodes.map((one) => stepOf(parts, one, path));
      return async (run, data) => {
        await Promise.all(steps.map((step) => step(run, data)));
      };
    }
    case 'Condition':
      return conditional(parts, node, path);
    default:
      throw new Error(`a plan with ${node.kind} is not compiled`);
  }
};
