import { AppError } from '../errors/errors.ts';
import { Abandoned, createEffort } from './effort.ts';

const endOf = (over: Promise<never>): Promise<unknown> => over.catch((error: unknown) => error);

test('the budget itself may be spent, one object more may not', async () => {
  const effort = createEffort(3);
  effort.spend(2);
  effort.spend(1);
  expect(effort.isOver).toBe(false);
  effort.spend(1);
  expect(effort.isOver).toBe(true);
  const end = await endOf(effort.over);
  expect(end).toBeInstanceOf(AppError);
  expect(end).toMatchObject({
    code: 'COST_ESTIMATED_TOO_EXPENSIVE',
    details: { limit: { name: 'objects', most: 3 } },
  });
});

test('an operation that nobody waits for is over, and stays so', async () => {
  const effort = createEffort(3);
  effort.abandon();
  effort.spend(10);
  expect(effort.isOver).toBe(true);
  expect(await endOf(effort.over)).toBeInstanceOf(Abandoned);
});
