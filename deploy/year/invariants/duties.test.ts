import { type Duty, TERMS } from '../world/duties.ts';
import type { World } from '../world/world.ts';
import { duties } from './duties.ts';

const [term] = TERMS;
const duty = (code: string, changes: Partial<Duty> = {}): Duty => ({
  ...{ kind: 'COUNTY_CHECK', county: { code }, school: null, dueOn: '2026-01-30', doneAt: null },
  ...{ recordedIn: null, recordedOut: null, findings: [], doneOn: '2026-01-27' },
  ...changes,
});
const notice = (id: string, moved: number, changes: Partial<Duty> = {}): Duty =>
  duty('140105', { kind: 'DIRECT_SCHOOL_NOTICE', school: { id }, recordedIn: moved, ...changes });

/** A world that remembers these duties, on a day, where the registry calls those of these owners missing. */
const worldOn = (today: string, known: readonly Duty[], missing: readonly Duty[]): World => {
  const page = { termDuties: { edges: missing.map((node) => ({ node })) } };
  const shared = {
    plan: { provinces: ['14'] },
    memory: new Map([['term duties', new Map([[term, known]])]]),
  };
  return { today, shared, read: async () => page } as unknown as World;
};

describe('once a term is over', () => {
  const inTime = duty('140105');
  const late = duty('140106', { doneOn: '2026-02-03' });
  const never = duty('140107', { doneOn: undefined });
  const nobodyMoved = notice('1', 0, { doneOn: undefined });
  const forgotten = notice('2', 3, { doneOn: undefined });
  const all = [inTime, late, never, nobodyMoved, forgotten];

  test('those who did their duty late or not at all are called missing, and nothing is told', async () => {
    expect(await duties(worldOn('2026-02-28', all, [late, never, forgotten]))).toEqual([]);
  });

  test('who is not called missing, or is without cause, is told', async () => {
    const told = await duties(worldOn('2026-02-28', all, [inTime, late, forgotten, duty('149999')]));
    expect(told.sort()).toEqual([
      '140105: a duty of term 1 is called missing',
      '140107: a duty of term 1 is not called missing',
      '149999: a duty of term 1 is missing that nobody owed',
    ]);
  });

  test('and not before, nothing is asked', async () => {
    expect(await duties(worldOn('2026-01-30', all, [inTime]))).toEqual([]);
  });
});
