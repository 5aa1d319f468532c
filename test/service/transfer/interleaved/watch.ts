import { type Act, type Plan, SCENES } from './acts.ts';
import type { Child, Ground } from './ground.ts';
import type { Players } from './players.ts';
import { movedUnlawfully, reopened, truthOf, wrongAtRest, wrongWith } from './truth.ts';

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
export const watchOf = (ground: Ground, plan: Plan) => {
  const inSchool = new Set<Child>(['first', 'second']);

  const look = async () => {
    const truth = await truthOf(ground);
    expectNothing(wrongWith(truth, ground, inSchool));
    return truth;
  };

  /** Acts done at the same moment: looks while everybody is at work, and when they have done. */
  const during = async (burst: readonly Act[], { perform }: Players): Promise<void> => {
    for (const act of burst) {
      if (act.do === 'SUSPEND' || act.do === 'GRADUATE') inSchool.delete(SCENES[plan.scene][act.nth].child);
    }
    const before = await look();
    const done = await Promise.allSettled([look(), ...burst.map(perform)]);
    for (const each of done) if (each.status === 'rejected') throw each.reason;
    const after = await look();
    const touched = new Set(burst.flatMap((act) => touchedBy(plan, act)));
    expectNothing([...reopened(before, after), ...movedUnlawfully(before, after, ground, touched)]);
  };

  /** Everything that could still happen has happened: schools have places again, other matters are done, clocks ran out. */
  const finish = async ({ rest }: Players): Promise<void> => {
    await ground.admin.query(`update enrollment.school_class set capacity = capacity + 5;
      update enrollment.enrollment_case set state = 'WITHDRAWN', ended_at = now() where state = 'RUNNING'`);
    const before = await look();
    for (const hours of [95 * 24, 1]) {
      const until = Date.parse(ground.clock.now()) + hours * 3_600_000;
      ground.clock.moveTo(new Date(until).toISOString());
      await rest();
      const after = await look();
      const wrong = wrongAtRest(after);
      if (wrong.length > 0 && hours > 1) continue;
      expectNothing([
        ...wrong,
        ...reopened(before, after),
        ...movedUnlawfully(before, after, ground, new Set()),
      ]);
      return;
    }
  };

  return { during, finish };
};
