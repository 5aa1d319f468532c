import { addDays } from '#libs/law/dates.ts';
import type { School } from '#services/organization/school/school.ts';
import type { Actor } from '../actor.ts';
import { nthOf } from '../transfers/courses.ts';
import { takeUp } from '../transfers/initiate.ts';
import type { TransferKind } from '../transfers/notes.ts';
import { isWindowOf, isWindowOfAny, leastOf } from '../transfers/windows.ts';
import { familyReason, otherProvince, schoolsFor } from '../transfers/wishes.ts';
import { type Desk, schoolDesks } from '../world/desks.ts';
import { familyOf } from '../world/family.ts';
import { provinceOf } from '../world/province-of.ts';
import type { Pupil } from '../world/roster.ts';
import { gradeOf, isInMiddle, someOf } from '../world/sampling.ts';
import { sendsAbout } from '../world/sending.ts';
import type { World } from '../world/world.ts';

type Application = { id: string; version: number; state: string };

/** What comes of an application, in turn. */
const COURSES = ['TAKEN_UP', 'DECLINED', 'WITHDRAWN', 'ARRANGED_IN_VAIN', 'LATE'] as const;
type Note = {
  application: Application;
  pupil: Pupil;
  target: School;
  kind: TransferKind;
  family: Desk;
  course: (typeof COURSES)[number];
  notBefore: string;
};

const IN_WINDOW = 0.0002;
const LATE = 21;
const selected = 'id version state';
const send = sendsAbout<Application>('application', selected);

/** Families apply with their own login (TRF-05, TRF-42); schools take them up, some late, or turn them down for a lawful reason. */
export const actor: Actor = {
  name: 'family-applications',
  at: '10:40',
  act: async (_, world) => {
    const open = world.memory<Note[]>(() => []);
    for (const note of [...open]) if (note.notBefore <= world.today) await answer(world, open, note);
    if (!isWindowOfAny(world)) return;
    const isMeant = (pupil: Pupil) =>
      isInMiddle(world, pupil) && pupil.stage !== 'SENIOR' && isWindowOf(world, pupil.school);
    for (const pupil of someOf(world, IN_WINDOW, isMeant, leastOf(world))) await apply(world, open, pupil);
  },
};

/** Every third family wants to go to the other province. */
const apply = async (world: World, open: Note[], pupil: Pupil): Promise<void> => {
  const nth = nthOf(world, 'application');
  const isAcross = nth % 3 === 2 && otherProvince(world, pupil) !== undefined;
  const province = isAcross ? otherProvince(world, pupil) : provinceOf(pupil.school);
  const schools = schoolsFor(world, pupil, province ?? '');
  const target = schools[world.random('school', pupil.key).between(0, Math.max(0, schools.length - 1))];
  const family = target && (await familyOf(world, pupil));
  if (target === undefined || family === undefined) return;
  const kind = isAcross ? 'CROSS_PROVINCE_TRANSFER' : 'IN_PROVINCE_TRANSFER';
  const application = await send(world, family, 'applyForTransfer', {
    ...{ student: pupil.person, school: target.code, kind, stage: pupil.stage },
    ...{ grade: gradeOf(world, pupil), reason: familyReason(world, pupil, target) },
  });
  if (application === null) return;
  const course = COURSES[nth % COURSES.length] ?? 'TAKEN_UP';
  const notBefore = addDays(world.today, course === 'LATE' ? LATE : 1);
  pupil.days.busy = 'application';
  open.push({ application, pupil, target, kind, family, course, notBefore });
};

const answer = async (world: World, open: Note[], note: Note): Promise<void> => {
  open.splice(open.indexOf(note), 1);
  delete note.pupil.days.busy;
  const { application, course, family, target } = note;
  const { registrar, head } = schoolDesks(world.standing(target.code));
  const on = { application: application.id, expectedVersion: application.version };
  if (course === 'WITHDRAWN') {
    await send(world, family, 'withdrawTransferApplication', on);
    return;
  }
  if (course === 'DECLINED') {
    const forbidden = { ...on, reasons: ['FURTHER_MATERIAL_MISSING'] };
    const expects = ['ILLEGAL_REJECTION_REASON'];
    await send(world, head, 'declineTransferApplication', forbidden, { expects });
    await send(world, head, 'declineTransferApplication', { ...on, reasons: ['PROOF_NOT_GENUINE'] });
    return;
  }
  if (course === 'ARRANGED_IN_VAIN' && world.isShanxiLaw(target.code, world.today)) {
    const expects = ['SCHOOL_NOT_FULL'];
    await send(world, family, 'requestCountyArrangement', on, { expects });
  }
  if (course === 'LATE') {
    const papers = { ...on, papers: ['REGISTRATION_CERTIFICATE'] };
    const expects = ['MATERIAL_NOT_ALLOWED'];
    await send(world, registrar, 'askForTransferPapers', papers, { expects });
  }
  await takeUp(world, note, application.id);
};
