import { randomUUID } from 'node:crypto';
import { type Desk, schoolDesks } from '#test/service/enrollment/case-desk.ts';
import { type Home, homes, type Pupil, type TransferDesk } from './transfer-desk.ts';

/** The autumn in which a class of six years began that ended in the summer of 2026. */
const ENDED = 2020;

/** Pupils of the graduating grade, graduated by their school. */
export const graduate = async (
  { desk, registrationOf }: TransferDesk,
  children: readonly Pupil[],
  { school }: Pick<Home, 'school'> = homes.beiguan,
): Promise<void> => {
  const registrations = await Promise.all(
    children.map(async ({ person, enrollment }) => ({
      enrollment,
      expectedVersion: (await registrationOf(person))?.version,
    })),
  );
  const answer = await desk.ask<{ graduate: { done: number; results: unknown[] } }>(
    schoolDesks(school).registrar,
    `mutation ($input: GraduateInput!) { graduate(input: $input) { done results { findings { code } } } }`,
    { input: { idempotencyKey: randomUUID(), school, outcome: 'GRADUATE', registrations } },
  );
  const { done, results } = desk.answered(answer).graduate;
  if (done !== children.length) throw new Error(`Not graduated: ${JSON.stringify(results)}`);
};

/** Somebody who has graduated from a primary school, in Beiguan unless told otherwise. */
export const graduateOf = async (desk: TransferDesk, at: Home = homes.beiguan): Promise<Pupil> => {
  const child = await desk.pupil(ENDED, at);
  await graduate(desk, [child], at);
  return child;
};

/** The first public school of a county that has just this stage. */
export const schoolOf = async (
  { service }: TransferDesk,
  county: string,
  stage: string,
): Promise<{ school: string; registrar: Desk; head: Desk }> => {
  const { directory } = service().core;
  const unit = await directory.unit(county);
  const found = await directory.schoolsIn(unit?.lo ?? 0, unit?.hi ?? 0);
  const own = found.filter(
    ({ stages, ownership }) => ownership === 'PUBLIC' && stages.length === 1 && stages[0]?.stage === stage,
  );
  const [first] = own.map(({ code }) => code).sort();
  if (first === undefined) throw new Error(`${county} has no school of ${stage}`);
  return { school: first, ...schoolDesks(first) };
};
