import type { ProblemRecordKind } from '#libs/contracts/vocabulary.ts';
import type { Finding } from '#libs/law/finding.ts';
import { judgeLeftOpen, judgeSchoolCheck, type LeftOpen } from '#libs/law/statistics/term-check.ts';
import { query } from '#libs/platform/database/query.ts';
import { asWorker, inScope } from '#libs/platform/database/scope.ts';
import { isGranted } from '#libs/platform/permissions/table.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Resolvers } from '../generated/types.ts';
import { confirmTermCheck } from './confirm-term-check.ts';
import { leftOpenAt } from './left-open.ts';
import { lawOfSchool, type TermCheck } from './term.ts';
import { checksOf, termCheck, termCheckReport } from './term-check-report.ts';

type Fault = { kind: ProblemRecordKind; found: number; open: number };

/** GraphQL to checks of terms, and back (W-24). */
export const createTermResolvers = (core: ServiceCore) => {
  const schoolOf = async ({ school }: TermCheck) => {
    const fact = await core.directory.school(school);
    if (fact === undefined) throw new Error('A check of a school that is not there');
    return fact;
  };

  /** What is on record of a check now: that it is missing, or what was left open and is so still. */
  const findingsOf = async (check: TermCheck): Promise<Finding[]> => {
    const law = lawOfSchool(await schoolOf(check));
    if (check.left === null) {
      return judgeSchoolCheck({ window: check.window, isChecked: false }, core.clock.today(), law);
    }
    const checkedOn = check.confirmedAt?.slice(0, 10) ?? core.clock.today();
    return judgeLeftOpen(check.left, checkedOn, law);
  };

  /** Counts of a check that is not confirmed stand as the services tell them now; the school adds what they cannot know. */
  const leftOf = async ({ left, place }: TermCheck): Promise<LeftOpen> =>
    left ?? { ...(await asWorker(core.worker, (tx) => leftOpenAt(tx, place))), withoutRecord: 0 };

  const faultsOf = ({ school, schoolYear, term, place }: TermCheck): Promise<Fault[]> =>
    inScope(core.app, { lo: place, hi: place, persons: [] }, (tx) =>
      query<Fault>(
        tx,
        `select kind, count(*)::int as found, count(*) filter (where open)::int as open from term_fault
         where school = $1 and school_year = $2 and term = $3 group by kind order by kind`,
        [school, schoolYear, term],
      ),
    );

  return {
    Query: {
      termCheck: (_, asked, { actor }) => termCheck(core, actor, asked),
      termChecks: (_, asked, { actor }) => termCheckReport(core, actor, asked),
    },
    Mutation: {
      confirmTermCheck: async (_, { input }, { actor }) => {
        const { school, confirmed, findings } = await confirmTermCheck(core, actor, input);
        const { schoolYear, term } = input;
        return {
          check: confirmed ? await termCheck(core, actor, { school, schoolYear, term }) : null,
          findings,
        };
      },
    },
    TermCheckReport: {
      schoolYear: ({ term }) => term.schoolYear,
      term: ({ term }) => term.term,
      countyCheckedOn: ({ county }) => county?.checkedOn ?? null,
      checks: (report, page) => checksOf(core, report, page),
    },
    TermCheck: {
      schoolName: async (check) => (await schoolOf(check)).name,
      possibleFrom: ({ window }) => window.from,
      dueOn: ({ window }) => window.to,
      left: leftOf,
      faults: faultsOf,
      findings: findingsOf,
      allowedActions: ({ state, school, window }, _, { actor }) => {
        const isOwn = actor !== null && actor.school === school;
        const isOpen = state === 'CHECK_OPEN' && core.clock.today() <= window.to;
        return isOwn && isOpen && isGranted(actor, 'term-check.confirm') ? ['CONFIRM'] : [];
      },
    },
  } satisfies Resolvers;
};
