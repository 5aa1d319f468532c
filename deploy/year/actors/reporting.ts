import type { Stage } from '#libs/contracts/vocabulary.ts';
import type { Actor } from '../actor.ts';
import { schoolDesks, unitDesks } from '../world/desks.ts';
import type { Pupil } from '../world/roster.ts';
import type { Told } from '../world/tally.ts';
import { told, type World } from '../world/world.ts';

const OPENING = '2026-09-01';
const EXTENSIONS = '2026-09-08';
const AFTER_THE_LIMIT = '2026-09-22';
const ANSWERS = '2026-09-29';
const AT_ONCE = 50;
const LATE = 0.015;
const EXTENDED = 0.3;
const NEVER = 0.4;

type Reported = { results: { admission: { id: string } | null; findings: Told[] }[] };
type Ended = { admission: { state: string } | null };

/** Admitted pupils report in September; some ask for more time, some never come (ENR-13, ENR-14, ENR-27). */
export const actor: Actor = {
  name: 'reporting',
  at: '10:30',
  act: async (day, world) => {
    const waiting = world.roster
      .all()
      .filter(({ status, days }) => status === 'ADMITTED' && days.admission !== undefined);
    const bySchool = [...Map.groupBy(waiting, ({ days }) => days.admittedAt ?? '')].sort(([a], [b]) =>
      a < b ? -1 : 1,
    );
    await world.each(bySchool, async ([school, pupils]) => {
      if (day === OPENING)
        await report(
          world,
          school,
          pupils.filter((pupil) => !isLate(world, pupil)),
        );
      if (day === EXTENSIONS) for (const pupil of pupils) await extend(world, school, pupil);
      if (day === AFTER_THE_LIMIT) await afterTheLimit(world, school, pupils);
      if (day === ANSWERS) for (const pupil of pupils) await answer(world, school, pupil);
    });
  },
};

const isLate = (world: World, { key }: Pupil): boolean => world.fate('late', key).chance(LATE);
const isLost = (world: World, { key }: Pupil): boolean => world.fate('never', key).chance(NEVER);

const report = async (world: World, school: string, pupils: readonly Pupil[]): Promise<void> => {
  for (let from = 0; from < pupils.length; from += AT_ONCE) {
    const some = pupils.slice(from, from + AT_ONCE);
    const byAdmission = new Map(some.map((pupil) => [pupil.days.admission, pupil]));
    const payload = await world.order<Reported>({
      as: schoolDesks(school).registrar,
      does: 'reportAdmitted',
      type: 'ReportAdmittedInput',
      gives: `results { admission { id } ${told} }`,
      countsAs: null,
      input: { school, admissions: [...byAdmission.keys()], reportedOn: world.today },
    });
    for (const { admission, findings } of payload?.results ?? []) {
      const pupil = byAdmission.get(admission?.id ?? '');
      if (pupil === undefined || world.weigh(findings, [], 'reportAdmitted')) continue;
      world.tally.act(`pupil reported (${pupil.days.admittedTo})`);
      delete pupil.days.admission;
      world.roster.changed(pupil, {
        school,
        stage: pupil.days.admittedTo as Stage,
        entryYearAdj: Number(world.today.slice(0, 4)),
        status: 'IN_SCHOOL',
      });
    }
  }
};

/** Two weeks more where the family shows why; without a proof it is refused. */
const extend = async (world: World, school: string, pupil: Pupil): Promise<void> => {
  if (!world.isShanxiLaw(school) || !world.fate('extended', pupil.key).chance(EXTENDED)) return;
  const ask = (proofShown: boolean, expects: readonly string[]) =>
    world.order<Ended>({
      as: schoolDesks(school).registrar,
      does: 'extendAdmission',
      type: 'ExtendAdmissionInput',
      gives: 'admission { state }',
      expects,
      input: { admission: pupil.days.admission, until: '2026-09-28', proofShown },
    });
  await ask(false, ['EXTENSION_PROOF_MISSING']);
  if ((await ask(true, [])) !== null) pupil.days.extendedUntil = '2026-09-28';
};

/** Those who are only late report; of those who never come the senior school asks for the end. */
const afterTheLimit = async (world: World, school: string, pupils: readonly Pupil[]): Promise<void> => {
  await report(
    world,
    school,
    pupils.filter((pupil) => !isLost(world, pupil)),
  );
  if (!world.isShanxiLaw(school)) return;
  for (const pupil of pupils.filter((each) => isLost(world, each))) {
    const expects = [
      ...(pupil.days.extendedUntil === undefined ? [] : ['ADMISSION_CANCELLATION_TOO_EARLY']),
      ...(pupil.days.admittedTo === 'SENIOR' ? [] : ['ADMISSION_CANCELLATION_COMPULSORY']),
    ];
    const asked = await world.order<Ended>({
      as: schoolDesks(school).registrar,
      does: 'requestAdmissionEnd',
      type: 'AdmissionEndInput',
      gives: 'admission { state }',
      allows: expects,
      input: { admission: pupil.days.admission, ground: 'NO_SHOW', reason: '多次联系未果' },
    });
    if (asked !== null) pupil.days.endAsked = world.today;
  }
};

const answer = async (world: World, school: string, pupil: Pupil): Promise<void> => {
  if (pupil.days.endAsked === undefined) return;
  const own = world.schools().find(({ code }) => code === school);
  const level = world.shared.plan.tree.find(own?.authority ?? '')?.level ?? 'COUNTY';
  const payload = await world.order<Ended>({
    as: unitDesks(own?.authority ?? '', level).head,
    does: 'decideAdmissionEnd',
    type: 'DecideAdmissionEndInput',
    gives: 'admission { state }',
    input: { admission: pupil.days.admission, consents: true, reason: '情况属实' },
  });
  if (payload?.admission?.state !== 'CANCELLED') return;
  world.tally.act('admission cancelled');
  delete pupil.days.admission;
  world.roster.changed(pupil, { status: 'GRADUATED' });
};
