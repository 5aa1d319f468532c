import { schoolDesks, unitDesks } from '../world/desks.ts';
import type { Pupil } from '../world/roster.ts';
import type { Told } from '../world/tally.ts';
import { told, type World } from '../world/world.ts';

export type Outcome = 'GRADUATION' | 'COMPLETION';
export type Claim = { pupil: Pupil; outcome: Outcome };

type Batch = { id: string; version: number; state?: string };
type Uploaded = {
  batch: Batch | null;
  proceed: { id: string }[];
  held: { student: { id: string }; findings: Told[] }[];
};

const MOST = 500;

const met = {
  ...{ schoolYears: 3, curriculumCompleted: true, credits: { earned: 150, required: 144 } },
  ...{ fitnessPassed: true, qualityMaterialsMeet: true },
  test: ['语文', '数学', '外语', '物理'].map((subject) => ({ subject, passed: true })),
};
const unmet = { ...met, credits: { earned: 120, required: 144 } };

const claimed = ({ pupil, outcome }: Claim, conditions: object | null) => ({
  student: pupil.person,
  outcome,
  conditions: pupil.stage === 'SENIOR' ? conditions : null,
});

const upload = async (world: World, school: string, outcomes: readonly object[]): Promise<Uploaded | null> =>
  world.order<Uploaded>({
    as: schoolDesks(school).registrar,
    does: 'uploadOutcomes',
    type: 'UploadOutcomesInput',
    gives: `batch { id version state } proceed { id } held { student { id } ${told} }`,
    countsAs: 'outcomes uploaded',
    input: { school, outcomes },
  });

const review = async (world: World, school: string, { id, version, state }: Batch): Promise<boolean> => {
  if (state === 'REVIEWED' && !world.isShanxiLaw(school)) return true;
  const authority = world.schoolOf(school)?.authority ?? '';
  const level = world.shared.plan.tree.find(authority)?.level ?? 'COUNTY';
  const { registrar, head } = unitDesks(authority, level);
  const handled = await world.order<{ batch: Batch | null }>({
    ...{ as: registrar, does: 'handleOutcomes', type: 'HandleOutcomesInput', gives: 'batch { id version }' },
    input: { batch: id, expectedVersion: version, opinion: '材料齐全' },
  });
  if (!handled?.batch) return false;
  const decided = await world.order<{ batch: { state: string } | null }>({
    ...{ as: head, does: 'decideOutcomes', type: 'DecideOutcomesInput', gives: 'batch { state }' },
    input: { batch: id, expectedVersion: handled.batch.version, decision: 'APPROVE' },
  });
  return decided?.batch?.state === 'REVIEWED';
};

/** Somebody who lacks credits is put forward as a graduate, and is listed with that reason while the others proceed (CRT-02). */
const tryToGraduate = async (world: World, school: string, claims: readonly Claim[]): Promise<void> => {
  const lacking = claims.filter(({ outcome, pupil }) => outcome === 'COMPLETION' && pupil.stage === 'SENIOR');
  if (lacking.length === 0) return;
  const payload = await upload(
    world,
    school,
    lacking.map(({ pupil }) => claimed({ pupil, outcome: 'GRADUATION' }, unmet)),
  );
  const codes = (payload?.held ?? []).flatMap(({ findings }) => findings.map(({ code }) => code));
  if (codes.length !== lacking.length || codes.some((code) => code !== 'GRADUATION_CONDITION_NOT_MET'))
    world.tally.violated(`school ${school}: who lacks credits was let graduate, or was told another reason`);
};

/**
 * A school sorts its students at the end of a stage and uploads them, and its authority reviews them where a text asks for that (CRT-07): nobody who was
 * reviewed before, and everybody who is named.
 */
export const classify = async (world: World, school: string, claims: readonly Claim[]): Promise<void> => {
  if (claims.length === 0) return;
  await tryToGraduate(world, school, claims);
  for (let from = 0; from < claims.length; from += MOST) {
    const some = claims.slice(from, from + MOST);
    const payload = await upload(
      world,
      school,
      some.map((each) => claimed(each, each.outcome === 'GRADUATION' ? met : unmet)),
    );
    if (payload === null) continue;
    for (const { findings } of payload.held)
      for (const { code } of findings)
        world.tally.violated(`school ${school}: an outcome was held back by ${code}`);
    if (payload.batch === null || !(await review(world, school, payload.batch)))
      world.tally.violated(`school ${school}: outcomes were not reviewed`);
  }
};
