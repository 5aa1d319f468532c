import { type MeasureTold, measuresOf } from '#libs/contracts/commands/measures-of.ts';
import { type Outcome as Kind, outcomeOfStatus } from '#libs/law/certificate/kinds.ts';
import {
  type EndOfStudiesFacts,
  type JudgedBatch,
  judgeAgainstStatus,
  judgeBatch,
} from '#libs/law/certificate/outcome.ts';
import { shanghaiDate } from '#libs/law/dates.ts';
import { gradeOn, lawPromotions, type Promotion } from '#libs/law/enrollment/grade.ts';
import { graduatesFrom } from '#libs/law/enrollment/graduation.ts';
import { isInForce, type LawPlace } from '#libs/law/finding.ts';
import { ask } from '#libs/platform/commands/internal.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Study } from '../studies/study.ts';
import type { Stated } from './outcome.ts';

/** A student whose outcome is judged: what the school claims and states, beside what is known of the studies. */
export type ClaimedStudy = { study: Study; claimed: Kind; stated: Stated };

/** What the judgement needs of others: the promotions, and the measures that archives hold. */
export type Surroundings = { promotions: readonly Promotion[]; measures: ReadonlyMap<string, MeasureTold[]> };

/** Asked before the transaction: archives are looked into for senior students where their conduct counts (CRT-02). */
export const surroundingsOf = async (
  core: Pick<ServiceCore, 'bus' | 'clock' | 'directory'>,
  place: LawPlace,
  seniors: readonly string[],
): Promise<Surroundings> => {
  const promotions = lawPromotions(await core.directory.promotions());
  if (seniors.length === 0 || !isInForce('CRT-02', core.clock.today(), place, 'SENIOR'))
    return { promotions, measures: new Map() };
  const { measures } = await ask(core.bus, measuresOf, { persons: [...seniors] });
  return { promotions, measures: Map.groupBy(measures, ({ person }) => person) };
};

const over: readonly Study['status'][] = ['GRADUATED', 'ADMITTED', 'COMPLETED'];

/**
 * The most school years that the record leaves room for by a day: years under suspension are none of them, since the class a
 * student belongs to moves with each (CRT-02). A year counts from the summer in which it ends.
 */
const schoolYearsBehind = ({ entryYearAdj }: Study, on: string): number => {
  const year = Number(on.slice(0, 4));
  const isOver = on >= graduatesFrom({ entryYearAdj: year, lastGrade: 0 });
  return Math.max(0, year - entryYearAdj - (isOver ? 0 : 1));
};

const factsOf = ({ study, stated }: ClaimedStudy, around: Surroundings, now: string): EndOfStudiesFacts => {
  const { stage, status, entryYearAdj, lastGrade, frozenAt, person } = study;
  const grade = gradeOn(
    { entryYearAdj, lastGrade, frozenAt: frozenAt === null ? null : new Date(frozenAt) },
    new Date(now),
    around.promotions,
  );
  return {
    stage,
    timeIsUp: over.includes(status) || (status === 'IN_SCHOOL' && grade === lastGrade),
    leftUnfinished: outcomeOfStatus(status) === 'INCOMPLETION',
    conditions:
      stated.conditions === null
        ? null
        : {
            ...stated.conditions,
            schoolYears: Math.min(
              stated.conditions.schoolYears,
              schoolYearsBehind(study, shanghaiDate(new Date(now))),
            ),
            measures: around.measures.get(person) ?? [],
          },
  };
};

/**
 * Judges the students of one school: who qualifies for what was claimed, and who does not with every reason (CRT-07). Who has
 * been entered otherwise by the graduation operation is held as well: the review compares state and outcome.
 */
export const judgeClaims = <Claimed extends ClaimedStudy>(
  claims: readonly Claimed[],
  around: Surroundings,
  { now, today, place }: { now: string; today: string; place: LawPlace },
): JudgedBatch<Claimed> => {
  const judged = judgeBatch(
    claims.map((each) => ({ student: each, claimed: each.claimed, facts: factsOf(each, around, now) })),
    today,
    place,
  );
  const against = ({ study, claimed }: ClaimedStudy) =>
    judgeAgainstStatus(
      { stage: study.stage, outcome: claimed, status: study.status, mustHaveEnded: false },
      today,
      place,
    );
  const agrees = judged.proceed.filter(({ student }) => against(student).length === 0);
  const differs = judged.proceed.filter(({ student }) => against(student).length > 0);
  return {
    proceed: agrees,
    held: [...judged.held, ...differs.map(({ student }) => ({ student, findings: against(student) }))],
  };
};
