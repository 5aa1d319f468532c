import type { School } from '#services/organization/school/school.ts';
import { schoolDesks } from './desks.ts';
import { paper } from './papers.ts';
import type { Pupil } from './roster.ts';
import { gradeOf } from './sampling.ts';
import { type Course, type TransferNote, transferNotes } from './transfer-notes.ts';
import { start, type TransferPayload, transferFields } from './transfer-work.ts';
import type { World } from './world.ts';

/** Refusals that a family may meet: places run out, and a school cannot know what else runs about a pupil elsewhere. */
const mayCome = ['NO_PLACE_AVAILABLE', 'CASE_ALREADY_RUNNING', 'GRADE_CHANGE_FORBIDDEN'];

const spanOf = (school: School | undefined, stage: Pupil['stage']) =>
  school?.stages.find((each) => each.stage === stage);

/** Schools that teach the pupil's stage in the same years, in the order of their codes. */
export const schoolsFor = (world: World, pupil: Pupil): School[] => {
  const own = spanOf(
    world.schools().find(({ code }) => code === pupil.school),
    pupil.stage,
  );
  return world.schools(pupil.stage).filter((school) => {
    const span = spanOf(school, pupil.stage);
    return (
      school.code !== pupil.school && span?.firstYear === own?.firstYear && span?.lastYear === own?.lastYear
    );
  });
};

/** By what the family shows, the receiving school knows the pupil: number and name. */
const shown = async (world: World, { school, person }: Pupil) => {
  const found = await world.read<{ student: { name: string | null; studentNumber: string | null } }>(
    schoolDesks(school).registrar,
    'query ($id: ID!) { student(id: $id) { name studentNumber(full: true) } }',
    { id: person },
  );
  const { name, studentNumber } = found?.student ?? { name: null, studentNumber: null };
  return name === null || studentNumber === null ? undefined : { name, studentNumber };
};

const courseOf = (world: World, pupil: Pupil): Course => {
  const drawn = world.random('course', pupil.key).between(0, 99);
  if (drawn < 10) return 'REFUSE';
  if (drawn < 16) return 'WITHDRAW';
  if (drawn < 20) return 'FORGET';
  return drawn < 24 ? 'LEAVE_DRAFT' : 'APPROVE';
};

export type Applying = { expects?: readonly string[]; wantedBy?: 'FAMILY' | 'SCHOOL'; bare?: boolean };

/** A family applies at another school, whose registrar puts the case together and whose head starts it. */
export const apply = async (world: World, pupil: Pupil, more: Applying = {}): Promise<void> => {
  const random = world.random('apply', pupil.key);
  const schools = schoolsFor(world, pupil);
  const target = schools[random.between(0, Math.max(0, schools.length - 1))];
  const student = target && (await shown(world, pupil));
  if (target === undefined || student === undefined) return;
  const { registrar } = schoolDesks(target.code);
  const kinds = more.bare === true ? [] : ['APPLICATION_FORM', 'REASON_PROOF'];
  const evidence = [];
  for (const kind of kinds) {
    const papers = await paper(world, registrar, kind, pupil.key, null);
    evidence.push(...papers.map(({ upload }) => ({ upload, kind })));
  }
  const payload = await world.order<TransferPayload>({
    as: registrar,
    does: 'initiateTransfer',
    type: 'InitiateTransferInput',
    gives: `transfer { ${transferFields} }`,
    expects: more.expects,
    allows: more.expects === undefined ? mayCome : [],
    input: {
      ...{
        student,
        evidence,
        kind: 'IN_PROVINCE_TRANSFER',
        stage: pupil.stage,
        grade: gradeOf(world, pupil),
      },
      ...{ appliedOn: world.today, wantedBy: more.wantedBy ?? 'FAMILY' },
      reason: {
        ...{ ground: 'HOUSEHOLD_MOVE', household: { across: 'COUNTY', withGuardians: true } },
        ...{ proofChecked: true, meetsLocalRequirements: true },
      },
    },
  });
  const draft = payload?.transfer;
  if (!draft) return;
  const note: TransferNote = {
    id: draft.id,
    pupil,
    target: target.code,
    targetAuthority: target.authority,
    stage: pupil.stage,
    entryYearAdj: pupil.entryYearAdj,
    course: courseOf(world, pupil),
    notBefore: world.today,
    triedIllegally: false,
    slowed: new Set(),
  };
  transferNotes(world).push(note);
  pupil.days.busy = 'transfer';
  if (note.course !== 'LEAVE_DRAFT') await start(world, note, draft);
};
