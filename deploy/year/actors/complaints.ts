import type { Actor } from '../actor.ts';
import { isFirstOf } from '../days.ts';
import { courseOf } from '../tickets/courses.ts';
import { workOff } from '../tickets/desks.ts';
import { type Course, type TicketNote, ticketNotes } from '../tickets/notes.ts';
import { order } from '../tickets/orders.ts';
import { nthOf } from '../transfers/courses.ts';
import { callCentre, type Desk, schoolDesks } from '../world/desks.ts';
import { familyOf } from '../world/family.ts';
import { provinceOf } from '../world/province-of.ts';
import type { Pupil } from '../world/roster.ts';
import { someOf } from '../world/sampling.ts';
import type { World } from '../world/world.ts';

/** Complaints of a thousand pupils in a year (ours: no table counts them), spread over its sixty days or so. */
const PER_THOUSAND = 10;
const DAYS = 60;

/**
 * Families, schools and people at the telephone complain, at least once a month (TKT-01, TKT-13), and those whom it reaches work it
 * off.
 */
export const actor: Actor = {
  name: 'complaints',
  at: '15:30',
  act: async (day, world) => {
    const isMeant = ({ status }: Pupil) => status === 'IN_SCHOOL';
    const atLeast = isFirstOf(world.shared.days, day) ? 1 : 0;
    for (const drawn of someOf(world, PER_THOUSAND / 1_000 / DAYS, isMeant, atLeast)) {
      const course = courseOf(world, nthOf(world, 'course of a complaint'));
      const pupil = isByFamily(ticketNotes(world).length) ? withLogin(world, drawn) : drawn;
      if (course === 'MERGE') await file(world, pupil, 'SETTLE');
      await file(world, pupil, course);
    }
    await workOff(world);
  },
};

type Said = { as: Desk; about: Record<string, unknown> };

/** In turn a parent about the own child, somebody who rings about a school, and a school about its pupil. */
const saidBy = async (world: World, pupil: Pupil, nth: number): Promise<Said> => {
  const against = [pupil.school];
  const parent = isByFamily(nth) ? await familyOf(world, pupil) : undefined;
  if (parent !== undefined) return { as: parent, about: { student: pupil.person, against } };
  if (nth % 3 === 2) return { as: schoolDesks(pupil.school).registrar, about: { student: pupil.person } };
  return { as: callCentre(`${provinceOf(pupil.school)}0000`), about: { against } };
};

const isByFamily = (nth: number): boolean => nth % 3 === 0;

/** Parents who have a login already come before one who would have to get it first. */
const withLogin = (world: World, drawn: Pupil): Pupil => {
  const known = world.roster
    .all()
    .filter(({ status, days }) => status === 'IN_SCHOOL' && (days.linkedOn ?? days.familyOn) !== undefined);
  return known[world.random('login', drawn.key).between(0, Math.max(0, known.length - 1))] ?? drawn;
};

const file = async (world: World, pupil: Pupil, course: Course): Promise<void> => {
  const notes = ticketNotes(world);
  const ordinal = notes.length;
  const reporter = { name: `反映人${ordinal}号`, phone: `13${String(ordinal).padStart(9, '0')}` };
  const { as, about } = await saidBy(world, pupil, ordinal);
  const fault = course === 'REPORT' ? 'SYSTEM_OPERATION' : 'NONE';
  const ticket = await order(world, as, 'fileComplaint', 'FileComplaintInput', {
    ...{ ...about, fault, reporter, matter: '学籍信息有误，学校未更正' },
  });
  if (ticket === null) return;
  const note: TicketNote = {
    ...{ id: ticket.id, ordinal, course, filedOn: world.today, by: as, reporter },
    ...{ school: pupil.school, province: `${provinceOf(pupil.school)}0000`, unit: ticket.unit },
    done: new Set(),
  };
  notes.push(note);
};
