import { addDays } from '#libs/law/dates.ts';
import type { School } from '#services/organization/school/school.ts';
import type { Actor } from '../actor.ts';
import { nthOf } from '../transfers/courses.ts';
import { initiate, shownBy } from '../transfers/initiate.ts';
import { isWindowOf, isWindowOfAny, leastOf } from '../transfers/windows.ts';
import { otherProvince, schoolsFor } from '../transfers/wishes.ts';
import { schoolDesks } from '../world/desks.ts';
import { provinceOf } from '../world/province-of.ts';
import type { Pupil } from '../world/roster.ts';
import { isInMiddle, someOf } from '../world/sampling.ts';
import { sendsAbout } from '../world/sending.ts';
import type { World } from '../world/world.ts';

type Attendance = { id: string; version: number; endedOn: string | null };
type Note = {
  id: string;
  pupil: Pupil;
  target: School;
  course: 'IN_TIME' | 'LATE' | 'LEAVES';
  goesOnOn: string;
};

const COURSES = ['IN_TIME', 'LATE', 'LEAVES'] as const;
const AFTER = { IN_TIME: 7, LATE: 28, LEAVES: 14 };
const IN_WINDOW = 0.0001;
const fields = 'id version endedOn';
const send = sendsAbout<Attendance>('attendance', fields);

/**
 * Pupils who come to a school before anybody has asked for a transfer: nobody refuses them, the school says so and owes the
 * transfer (TRF-49, TRF-50); it starts it in time or late, or the pupil leaves again.
 */
export const actor: Actor = {
  name: 'attending',
  at: '10:45',
  act: async (_, world) => {
    const known = world.memory<Note[]>(() => []);
    for (const note of [...known]) if (note.goesOnOn <= world.today) await goOn(world, known, note);
    if (!isWindowOfAny(world)) return;
    const isMeant = (pupil: Pupil) =>
      isInMiddle(world, pupil) && pupil.stage !== 'SENIOR' && isWindowOf(world, pupil.school);
    for (const pupil of someOf(world, IN_WINDOW, isMeant, leastOf(world))) await come(world, known, pupil);
  },
};

const come = async (world: World, known: Note[], pupil: Pupil): Promise<void> => {
  const nth = nthOf(world, 'attendance');
  const isAcross = nth % 2 === 1 && otherProvince(world, pupil) !== undefined;
  const province = isAcross ? otherProvince(world, pupil) : provinceOf(pupil.school);
  const schools = schoolsFor(world, pupil, province ?? '');
  const target = schools[world.random('school', pupil.key).between(0, Math.max(0, schools.length - 1))];
  const student = target && (await shownBy(world, pupil));
  if (target === undefined || student === undefined) return;
  const attendance = await send(world, schoolDesks(target.code).registrar, 'reportAttending', {
    ...{ student, since: world.today, acceptedInCompliance: true },
  });
  if (attendance === null) return;
  const course = COURSES[nth % COURSES.length] ?? 'IN_TIME';
  pupil.days.busy = 'attending';
  known.push({ id: attendance.id, pupil, target, course, goesOnOn: addDays(world.today, AFTER[course]) });
};

const goOn = async (world: World, known: Note[], { id, pupil, target, course }: Note): Promise<void> => {
  known.splice(
    known.findIndex((each) => each.id === id),
    1,
  );
  delete pupil.days.busy;
  if (course === 'LEAVES') {
    const { registrar } = schoolDesks(target.code);
    const seen = await attendanceOf(world, target, id);
    if (seen === undefined || seen.endedOn !== null) return;
    const left = { attendance: id, expectedVersion: seen.version, leftOn: world.today };
    await send(world, registrar, 'endAttending', left);
    return;
  }
  const isAcross = provinceOf(target.code) !== provinceOf(pupil.school);
  const kind = isAcross ? 'CROSS_PROVINCE_TRANSFER' : 'IN_PROVINCE_TRANSFER';
  await initiate(world, { pupil, target, kind });
};

type Page = { transferAttendances: { edges: { node: Attendance }[] } };

const attendanceOf = async (world: World, { code }: School, id: string): Promise<Attendance | undefined> => {
  const page = await world.read<Page>(
    schoolDesks(code).registrar,
    `{ transferAttendances(first: 200) { edges { node { ${fields} } } } }`,
  );
  return page?.transferAttendances.edges.map(({ node }) => node).find((each) => each.id === id);
};
