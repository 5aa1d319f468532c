/** A stage that a school teaches, by its years of school. */
type TaughtStage = { stage: string; firstYear: number; lastYear: number };

type Graded = { stage: string; grade: number; name: string };

/** How many grades the school has of a stage; none where it does not teach it. */
export const gradesOf = (stages: readonly TaughtStage[], stage: string): number => {
  const span = stages.find((each) => each.stage === stage);
  return span ? span.lastYear - span.firstYear + 1 : 0;
};

const byGrade =
  (stages: readonly TaughtStage[]) =>
  (a: Graded, b: Graded): number =>
    stages.findIndex(({ stage }) => stage === a.stage) - stages.findIndex(({ stage }) => stage === b.stage) ||
    a.grade - b.grade ||
    a.name.localeCompare(b.name, 'zh-CN', { numeric: true });

/** Classes of the grades that the school has now, and those whose cohort has left them behind; each by stage, grade and name. */
export const sortedClasses = <Class extends Graded>(
  classes: readonly Class[],
  stages: readonly TaughtStage[],
): { running: Class[]; former: Class[] } => {
  const isRunning = ({ stage, grade }: Class): boolean => grade <= gradesOf(stages, stage);
  const ordered = [...classes].sort(byGrade(stages));
  return { running: ordered.filter(isRunning), former: ordered.filter((each) => !isRunning(each)) };
};

/** The grade that an address names, where the school has it. */
export const gradeIn = <Stage extends TaughtStage>(
  search: URLSearchParams,
  stages: readonly Stage[],
): { stage: Stage['stage']; grade: number } | undefined => {
  const taught = stages.find(({ stage }) => stage === search.get('stage'));
  const grade = Number(search.get('grade'));
  if (!taught || !Number.isInteger(grade) || grade < 1 || grade > gradesOf(stages, taught.stage))
    return undefined;
  return { stage: taught.stage, grade };
};
