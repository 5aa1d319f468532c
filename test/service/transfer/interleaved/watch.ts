import { type Act, type Plan, SCENES } from './acts.ts';
import type { Child, Ground } from './ground.ts';
import type { Players } from './players.ts';
import { movedUnlawfully, reopened, type Truth, truthOf, wrongAtRest, wrongWith } from './truth.ts';

/** Whose registration an act changes beside the cases. */
const touchedBy = ({ scene }: Plan, act: Act): Child[] => {
  switch (act.do) {
    case 'SUSPEND':
    case 'GRADUATE':
    case 'OTHER_CASE':
      return [SCENES[scene][act.nth].child];
    case 'MERGE':
      return ['first', 'second'];
    default:
      return [];
  }
};

const expectNothing = (wrong: readonly string[]): void => {
  if (wrong.length > 0) throw new Error(wrong.join('\n'));
};

/** Looks at everything while a plan is played; throws, naming it, where something is not as it must be. */
export const watchOf = async (ground: Ground, plan: Plan) => {
  const inSchool = new Set<Child>(['first', 'second']);

  const look = async (): Promise<Truth> => {
    const truth = await truthOf(ground);
    expectNothing(wrongWith(truth, ground, inSchool));
    return truth;
  };
  let last = await look();

  /** Looks again, and at what has become of what it saw last. */
  const lookAgain = async (touched: ReadonlySet<Child>): Promise<Truth> => {
    const now = await look();
    expectNothing([...reopened(last, now), ...movedUnlawfully(last, now, ground, touched)]);
    last = now;
    return now;
  };

  /** Acts done at the same moment: looks while everybody is at work, and when they have done. */
  const during = async (burst: readonly Act[], { perform }: Players): Promise<void> => {
    for (const act of burst) {
      if (act.do === 'SUSPEND' || act.do === 'GRADUATE') inSchool.delete(SCENES[plan.scene][act.nth].child);
    }
    const atOnce = burst.length > 1 ? [look()] : [];
    const done = await Promise.allSettled([...burst.map(perform), ...atOnce]);
    for (const each of done) if (each.status === 'rejected') throw each.reason;
    await lookAgain(new Set(burst.flatMap((act) => touchedBy(plan, act))));
  };

  /** Everything that could still happen has happened: schools have places again, other matters are done, clocks ran out. */
  const finish = async ({ rest }: Players): Promise<void> => {
    const before = last;
    await ground.admin.query(`update enrollment.school_class set capacity = capacity + 5;
      update enrollment.enrollment_case set state = 'WITHDRAWN', ended_at = now() where state = 'RUNNING'`);
    last = { ...before, otherCases: [] };
    for (const hours of [95 * 24, 1]) {
      const until = Date.parse(ground.clock.now()) + hours * 3_600_000;
      ground.clock.moveTo(new Date(until).toISOString());
      await rest();
      const wrong = wrongAtRest(await lookAgain(new Set()));
      if (wrong.length === 0) return;
      if (hours === 1) expectNothing(wrong);
    }
  };

  return { during, finish };
};
