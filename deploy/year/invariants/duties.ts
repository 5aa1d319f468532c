import { type Duty, dutiesOf, ownerOf, TERMS, type Term } from '../world/duties.ts';
import type { Invariant } from './invariant.ts';

/** Once a term is over, those are on record as missing, and no others, who have not done their duty or did it late. */
export const duties: Invariant = async (world) => {
  const known = world.shared.memory.get('term duties') as ReadonlyMap<Term, Duty[]> | undefined;
  const told: string[] = [];
  for (const term of TERMS) {
    const all = known?.get(term) ?? [];
    const over = all.filter(({ dueOn }) => dueOn !== null && dueOn < world.today);
    if (over.length === 0) continue;
    const missing = new Set((await dutiesOf(world, term, { missing: true })).map(ownerOf));
    for (const duty of over) {
      const { school, dueOn, doneOn } = duty;
      const isOwed = school === null || (duty.recordedIn ?? 0) + (duty.recordedOut ?? 0) > 0;
      const isMissing = isOwed && (doneOn === undefined || doneOn > (dueOn ?? ''));
      if (missing.delete(ownerOf(duty)) !== isMissing)
        told.push(
          `${ownerOf(duty)}: a duty of term ${term.term} is ${isMissing ? 'not ' : ''}called missing`,
        );
    }
    for (const owner of missing)
      told.push(`${owner}: a duty of term ${term.term} is missing that nobody owed`);
  }
  return told;
};
