import { addDays } from '#libs/law/dates.ts';
import type { Actor } from '../actor.ts';
import { isFirstOf } from '../days.ts';
import { type Desk, schoolDesks, unitDesks } from '../world/desks.ts';
import { type Duty, dutiesOf, ownerOf, TERMS, type Term } from '../world/duties.ts';
import type { World } from '../world/world.ts';

const LATE = 0.15;
/** Weeks before the end of a term in which counties begin to look. */
const AHEAD = 28;
/** Days after it within which those who forgot are reminded. */
const AFTER = 14;

const fields = 'duty { kind county { code } school { id } dueOn doneAt }';

/**
 * Counties check their schools once a term (ORG-05), and schools run from above tell the county where they lie who was
 * transferred (ORG-12): most in time, some late, and none before the term has opened.
 */
export const actor: Actor = {
  name: 'term duties',
  at: '14:30',
  act: async (day, world) => {
    const due = world.memory<Map<Term, Duty[]>>(() => new Map());
    for (const term of TERMS) {
      const known = due.get(term);
      if (known === undefined && isFirstOf(world.shared.days, day) && day >= term.from) {
        due.set(term, await dutiesOf(world, term));
        await tooEarly(world, term);
      }
      const owed = (known ?? []).filter((duty) => duty.doneAt === null && isDay(world, term, duty));
      await world.each(owed, (duty) => fulfil(world, term, duty));
    }
  },
};

/** A day of the own in the last weeks of the term, or after it. */
const isDay = (world: World, { schoolYear, term }: Term, duty: Duty): boolean => {
  if (duty.dueOn === null) return false;
  const fate = world.fate(schoolYear, term, duty.kind, ownerOf(duty));
  const isLate = fate.chance(LATE);
  const wanted = isLate
    ? addDays(duty.dueOn, fate.between(1, AFTER))
    : addDays(duty.dueOn, -fate.between(7, AHEAD));
  return world.today >= wanted;
};

const send = async (
  world: World,
  as: Desk,
  { school }: Duty,
  input: Record<string, unknown>,
  expects: readonly string[] = [],
): Promise<Duty | null> => {
  const payload = await world.order<{ duty: Duty | null }>({
    as,
    does: school === null ? 'recordCountyCheck' : 'notifyCounty',
    type: school === null ? 'RecordCountyCheckInput' : 'NotifyCountyInput',
    gives: fields,
    expects,
    input,
  });
  return payload?.duty ?? null;
};

const deskOf = ({ school, county }: Duty): Desk =>
  school === null ? unitDesks(county.code, 'COUNTY').head : schoolDesks(school.id).head;

const fulfil = async (world: World, { schoolYear, term }: Term, duty: Duty): Promise<void> => {
  const moved = { transferredIn: duty.recordedIn ?? 0, transferredOut: duty.recordedOut ?? 0 };
  const done = await send(world, deskOf(duty), duty, {
    ...{
      schoolYear,
      term,
      note: duty.school === null ? '抽查变动材料，未发现问题' : '本学期转入、转出情况告知',
    },
    ...(duty.school === null ? {} : moved),
  });
  if (done === null) return;
  duty.doneAt = done.doneAt;
  duty.doneOn = world.today;
};

/** Somebody wants to be done with the next term already. */
const tooEarly = async (world: World, { schoolYear, term }: Term): Promise<void> => {
  const county = [...new Set(world.schools().map(({ authority, unit }) => (authority === unit ? unit : '')))]
    .filter((code) => code !== '')
    .sort()[0];
  if (county === undefined) return;
  const next = term === 1 ? { schoolYear, term: 2 } : { schoolYear: schoolYear + 1, term: 1 };
  await world.order({
    as: unitDesks(county, 'COUNTY').head,
    does: 'recordCountyCheck',
    type: 'RecordCountyCheckInput',
    gives: fields,
    expects: ['BAD_USER_INPUT'],
    input: { ...next, note: '提前登记' },
  });
};
