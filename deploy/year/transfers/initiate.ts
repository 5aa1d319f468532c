import type { School } from '#services/organization/school/school.ts';
import { schoolDesks } from '../world/desks.ts';
import { paper } from '../world/papers.ts';
import type { Pupil } from '../world/roster.ts';
import { gradeOf } from '../world/sampling.ts';
import type { World } from '../world/world.ts';
import { nextCourse, nthOf } from './courses.ts';
import { type TransferKind, type TransferNote, transferNotes } from './notes.ts';
import { begin, type TransferPayload, type TransferView, transferFields } from './orders.ts';
import { checkedReason } from './wishes.ts';

/** Refusals that a family may meet: places run out, and a school cannot know what else runs about a pupil elsewhere. */
const mayCome = ['NO_PLACE_AVAILABLE', 'CASE_ALREADY_RUNNING', 'GRADE_CHANGE_FORBIDDEN'];

/** By what the family shows, the receiving school knows the pupil: number and name. */
export const shownBy = async (
  world: World,
  { school, person }: Pupil,
): Promise<{ name: string; studentNumber: string } | undefined> => {
  const found = await world.read<{ student: { name: string | null; studentNumber: string | null } }>(
    schoolDesks(school).registrar,
    'query ($id: ID!) { student(id: $id) { name studentNumber(full: true) } }',
    { id: person },
  );
  const { name, studentNumber } = found?.student ?? { name: null, studentNumber: null };
  return name === null || studentNumber === null ? undefined : { name, studentNumber };
};

/** Papers of a case, handed in by the receiving school. */
export const papersFor = async (world: World, target: School, pupil: Pupil, kinds: readonly string[]) => {
  const evidence = [];
  for (const kind of kinds) {
    const papers = await paper(world, schoolDesks(target.code).registrar, kind, pupil.key, null);
    evidence.push(...papers.map(({ upload }) => ({ upload, kind })));
  }
  return evidence;
};

/** What the receiving school puts together. */
export type Wish = {
  pupil: Pupil;
  target: School;
  kind: TransferKind;
  /** Where the pupil is to stand; the same stage and grade unless told otherwise. */
  into?: { stage: Pupil['stage']; entryYearAdj: number; grade: number };
  papers?: readonly string[];
  more?: Record<string, unknown>;
  expects?: readonly string[];
};

/** A family asks at another school, whose registrar puts the case together; undefined where none came of it. */
export const initiate = async (world: World, wish: Wish): Promise<TransferNote | undefined> => {
  const { pupil, target, kind, expects } = wish;
  const student = await shownBy(world, pupil);
  if (student === undefined) return undefined;
  const isStudy = kind === 'CROSS_PROVINCE_STUDY';
  const kinds = wish.papers ?? (isStudy ? [] : ['APPLICATION_FORM', 'REASON_PROOF']);
  const payload = await send(
    world,
    target,
    { expects, allows: expects === undefined ? mayCome : [] },
    {
      ...{ student, kind, evidence: await papersFor(world, target, pupil, kinds) },
      ...{ stage: wish.into?.stage ?? pupil.stage, grade: wish.into?.grade ?? gradeOf(world, pupil) },
      ...{ appliedOn: world.today, wantedBy: 'FAMILY' },
      reason: isStudy ? null : checkedReason(world, pupil, target),
      ...wish.more,
    },
  );
  return payload?.transfer ? follow(world, wish, payload.transfer) : undefined;
};

/** The receiving school takes up what a family has asked for with its own login. */
export const takeUp = async (
  world: World,
  wish: Wish,
  application: string,
): Promise<TransferNote | undefined> => {
  const evidence = await papersFor(world, wish.target, wish.pupil, ['REASON_PROOF']);
  const reason = { proofChecked: true, meetsLocalRequirements: true };
  const payload = await send(world, wish.target, { allows: mayCome }, { application, evidence, reason });
  return payload?.transfer ? follow(world, wish, payload.transfer) : undefined;
};

const send = (
  world: World,
  target: School,
  said: { expects?: readonly string[]; allows?: readonly string[] },
  input: Record<string, unknown>,
): Promise<TransferPayload | null> =>
  world.order<TransferPayload>({
    as: schoolDesks(target.code).registrar,
    does: 'initiateTransfer',
    type: 'InitiateTransferInput',
    gives: `transfer { ${transferFields} }`,
    ...said,
    input,
  });

const follow = async (
  world: World,
  { pupil, target, kind, into }: Wish,
  draft: TransferView,
): Promise<TransferNote> => {
  const ordinal = nthOf(world, kind);
  const note: TransferNote = {
    ...{ id: draft.id, kind, pupil, source: pupil.school },
    ...{ target: target.code, targetAuthority: target.authority },
    stage: into?.stage ?? pupil.stage,
    entryYearAdj: into?.entryYearAdj ?? pupil.entryYearAdj,
    course: nextCourse(world, kind, pupil),
    ordinal,
    startsOn: world.today,
    isFiled: draft.findings.some(({ code }) => code === 'PREFILING_REQUIRED'),
    notBefore: world.today,
    ...{ tried: new Set<string>(), slowed: new Set<string>() },
  };
  transferNotes(world).push(note);
  pupil.days.busy = 'transfer';
  if (note.course !== 'LEAVE_DRAFT') await begin(world, note, draft);
  return note;
};
