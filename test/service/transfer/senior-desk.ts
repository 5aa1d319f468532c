import { randomUUID } from 'node:crypto';
import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import { authorityDesks, type Desk, schoolDesks } from '#test/service/enrollment/case-desk.ts';
import type { Pupil, Transfer, TransferDesk } from './transfer-desk.ts';

export const taiyuan = authorityDesks('140100', 'CITY');

/** Why a family moves from one senior school to another (TRF-11). */
export const seniorReason = {
  ground: 'HOUSEHOLD_MOVE',
  household: { across: 'CITY', withGuardians: true },
  proofChecked: true,
  meetsLocalRequirements: true,
  residenceMoved: true,
  targetAtHousehold: true,
};

/** What waits for the receiving authority in every move between ordinary senior schools of Shanxi. */
export const levelToJudge = { ruleId: 'TRF-11', code: 'SENIOR_GROUND_NOT_MET', outcome: 'HOLD' };
/** With its approval it says that the schools are of comparable level. */
export const comparable = { comparableLevel: true };

export type Preview = {
  findings: { ruleId: string | null; code: string; outcome: string }[];
  blockers: (Transfer['blockers'][number] & {
    restsOn: { fact: string; side: string | null; value: string | null }[];
  })[];
  parties: { party: string; unit: string }[];
};

/** The desk of transfers for the senior stage: schools by their names, and pupils who sit in them. */
export const seniorDeskOf = (desk: TransferDesk) => {
  const { registry, counter } = desk;

  const schoolNamed = async (name: string): Promise<SchoolFact> => {
    const all = await registry.network.service('transfer').core.directory.schoolsIn(0, 99_999_999_999);
    const found = all.find((school) => school.name === name);
    if (found === undefined) throw new Error(`There is no ${name}`);
    return found;
  };
  const staffed = async (name: string) => {
    const fact = await schoolNamed(name);
    return { ...schoolDesks(fact.code), school: fact.code, fact };
  };

  /** A pupil in a grade of the senior stage, counted from 1, of a school. */
  const seniorPupil = (school: SchoolFact, grade: number): Promise<Pupil> => pupilIn(school, 'SENIOR', grade);

  /** A pupil in a grade of a stage of three grades. */
  const pupilIn = async (
    { code, place, province }: SchoolFact,
    stage: 'JUNIOR' | 'SENIOR',
    grade: number,
  ): Promise<Pupil> => {
    const pupil = await desk.pupil();
    await counter.change(
      'enrollment',
      `update enrollment set school = $2, place = $3, province = $4, stage = $6, entry_year_adj = $5, last_grade = 3
       where person_id = $1`,
      [pupil.person, code, place, province, 2027 - grade, stage],
    );
    await counter.change('enrollment', 'update pupil set place = $2 where person_id = $1', [
      pupil.person,
      place,
    ]);
    return pupil;
  };

  /** What a receiving school wants of a senior pupil. */
  const seniorWanted = (grade: number, more: Record<string, unknown> = {}) => ({
    ...{ stage: 'SENIOR', grade, reason: seniorReason },
    ...more,
  });

  const preview = async (
    by: { registrar: Parameters<TransferDesk['papers']>[0] },
    pupil: Pupil,
    wanted: Record<string, unknown>,
  ): Promise<Preview> =>
    desk.desk.answered(
      await desk.desk.ask<{ previewTransfer: Preview }>(
        by.registrar,
        `query ($input: TransferInput!) { previewTransfer(input: $input) { findings { ruleId code outcome }
           blockers { finding { code } side removedBy restsOn { fact side value } } parties { party unit } } }`,
        { input: { ...desk.wanted(pupil, wanted), evidence: await desk.papers(by.registrar) } },
      ),
    ).previewTransfer;

  /** Somebody sets a fact of schools or places, and every service has learned of it. */
  const order = async (who: Desk, name: string, input: Record<string, unknown>): Promise<void> => {
    const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input!`;
    const text = `mutation ($input: ${type}) { ${name}(input: $input) { findings { code } } }`;
    desk.desk.answered(await desk.desk.ask(who, text, { input: { idempotencyKey: randomUUID(), ...input } }));
    await registry.settled();
  };
  const versionOf = async (school: string): Promise<{ version: number }> =>
    desk.desk.answered(
      await desk.desk.ask<{ school: { version: number } }>(
        taiyuan.head,
        'query ($id: ID!) { school(id: $id) { version } }',
        { id: school },
      ),
    ).school;

  return { schoolNamed, staffed, seniorPupil, pupilIn, seniorWanted, preview, order, versionOf };
};
