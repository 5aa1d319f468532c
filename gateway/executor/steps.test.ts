import { buildSchema } from 'graphql';
import type { PlanNode, Run } from './plan.ts';
import { stepOf } from './steps.ts';

const schema = buildSchema('type Query { students: [String] }');
const nothing: PlanNode = { kind: 'Sequence', nodes: [] };
/** Leads into a list as if it were an object. */
const intoList: PlanNode = { kind: 'Flatten', path: ['students', 'name'], node: nothing };
const run = { variables: {} } as Run;

test('where two parts of a plan fail beside one another, one now and one later, the plan fails once and nothing else does', async () => {
  const later: PlanNode = { kind: 'Sequence', nodes: [nothing, intoList] };
  const step = stepOf({ schema, defaults: {} }, { kind: 'Parallel', nodes: [later, intoList] });
  const unheard: unknown[] = [];
  const hear = (reason: unknown) => unheard.push(reason);
  process.on('unhandledRejection', hear);
  try {
    await expect(step(run, { students: ['one'] })).rejects.toThrow(
      'a list stands where an object was promised',
    );
    await new Promise(setImmediate);
    expect(unheard).toEqual([]);
  } finally {
    process.off('unhandledRejection', hear);
  }
});
