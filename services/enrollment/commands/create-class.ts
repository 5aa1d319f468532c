import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { SchoolCode } from '#libs/contracts/ids.ts';
import { Stage } from '#libs/contracts/vocabulary.ts';
import { entryYearFor } from '#libs/law/enrollment/grade.ts';
import type { Finding } from '#libs/law/finding.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { once } from '#libs/platform/commands/idempotency.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { query } from '#libs/platform/database/query.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import { badInput, outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { runningYear } from '../running-year.ts';
import { worksOn } from '../works-on.ts';

/** Size of a class where none is given (the texts leave the figure to the province: ENR-16). */
const usualCapacity = 50;

const Input = z.object({
  idempotencyKey: z.string().min(1).max(100),
  school: SchoolCode,
  stage: Stage,
  grade: z.int().min(1).max(6),
  name: z.string().trim().min(1).max(40),
  capacity: z.int().min(1).max(80).nullish(),
});

export type ClassOutcome = { schoolClass: string | null; findings: Finding[] };

/** A school, or the authority above it, makes a class; the same name in the same cohort is the same class. */
export const createClass = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<ClassOutcome> => {
  const caller = authorize(actor, 'class.assign');
  const wanted = parseInput(Input, input);
  const school = await core.directory.school(wanted.school);
  const scope = await core.directory.scopeOf(caller);
  if (school === undefined || !worksOn(caller, school)) throw outOfJurisdiction();
  const span = school.stages.find(({ stage }) => stage === wanted.stage);
  if (span === undefined || wanted.grade > span.lastYear - span.firstYear + 1) throw noSuchGrade();
  const at = core.clock.now();
  const running = await runningYear(core, at);
  return inScope(core.app, scope, (tx) =>
    once<ClassOutcome>(
      tx,
      { operation: 'createClass', caller: caller.subject, key: wanted.idempotencyKey, request: wanted, at },
      async () => {
        const [row] = await query<{ class_id: string }>(
          tx,
          `insert into school_class (class_id, school, place, stage, entry_year_adj, name, capacity, size, version)
         values ($1, $2, $3, $4, $5, $6, $7, 0, 1)
         on conflict (school, stage, entry_year_adj, name) do update set version = school_class.version
         returning class_id`,
          [
            uuidv7(),
            school.code,
            school.place,
            wanted.stage,
            entryYearFor(wanted.grade, running),
            wanted.name,
            wanted.capacity ?? usualCapacity,
          ],
        );
        return { schoolClass: row?.class_id ?? null, findings: [] };
      },
    ),
  );
};

const noSuchGrade = () =>
  badInput([
    {
      path: ['grade'],
      code: 'GRADE_NOT_IN_SCHOOL',
      message: '本校没有这个学段或年级，请核对。 This school does not have that stage or grade.',
    },
  ]);
