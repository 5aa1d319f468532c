import { judgeJointProgramme, judgeSpecialCase } from '#libs/law/enrollment/overseas.ts';
import type { Finding, LawPlace } from '#libs/law/finding.ts';
import type { Stage } from '#libs/law/layers.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { type Matter, mattersWhere } from './matter-rows.ts';

/** Matters of registrations that the city has not confirmed, by registration. */
export const unconfirmedOf = async (
  tx: Tx,
  enrollments: readonly string[],
): Promise<ReadonlyMap<string, Matter[]>> =>
  Map.groupBy(
    await mattersWhere(tx, `enrollment_id = any($1::uuid[]) and state <> 'CONFIRMED'`, [enrollments]),
    ({ enrollment }) => enrollment,
  );

/** What stands against an approval for want of the city's word (ENR-18, ENR-19). */
const cityFindings = (
  matters: readonly Matter[] | undefined,
  stage: Stage,
  on: string,
  place: LawPlace,
): Finding[] =>
  (matters ?? []).flatMap(({ kind }) =>
    kind === 'JOINT_PROGRAMME'
      ? judgeJointProgramme({ stage, jointProgramme: true, cityConfirmed: false }, on, place)
      : judgeSpecialCase(
          { category: 'FOREIGN', jointProgramme: false, special: true, cityDecided: false },
          on,
          place,
        ),
  );

/** A verdict on an approval, to which the want of the city's word is added: nothing is approved that waits for it. */
export const withCityWord = <Verdict extends { findings: Finding[] }>(
  verdict: Verdict,
  matters: readonly Matter[] | undefined,
  { stage, on, place }: { stage: Stage; on: string; place: LawPlace },
): Verdict => ({ ...verdict, findings: [...verdict.findings, ...cityFindings(matters, stage, on, place)] });
