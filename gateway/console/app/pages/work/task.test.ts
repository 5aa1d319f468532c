import { assert, boolean, constantFrom, property, record, uniqueArray, uuid } from 'fast-check';
import { byClock, type Task } from './task.ts';

const task = record({
  id: uuid(),
  due: constantFrom('2026-09-01', '2026-09-02', '2026-10-08', null),
  overdue: boolean(),
}).map(
  (some): Task => ({
    kind: 'TRANSFER',
    state: ['TransferState', 'DRAFT'],
    provisional: false,
    to: '/work',
    ...some,
  }),
);

test('what is overdue comes first, then what is due soonest, and what no day is set for comes last', () => {
  assert(
    property(uniqueArray(task, { selector: ({ id }) => id }), (tasks) => {
      const sorted = tasks.toSorted(byClock);
      for (const [at, after] of sorted.slice(1).entries()) {
        const before = sorted[at] as Task;
        expect(after.overdue && !before.overdue).toBe(false);
        if (after.overdue !== before.overdue || after.due == null) continue;
        expect(before.due != null && before.due <= after.due).toBe(true);
      }
    }),
  );
});
