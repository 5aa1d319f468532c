import { v7 as uuidv7 } from 'uuid';
import { type Cores, enterPupils } from '#deploy/bench/transfer-pupils.ts';
import { insertRows } from '#libs/platform/database/insert.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { Stated, statedContext } from '#services/certificate/outcomes/outcome.ts';
import { insertOutcomes } from '#services/certificate/outcomes/outcome-rows.ts';
import { studiesWhere } from '#services/certificate/studies/study-rows.ts';

const endedOn = '2026-07-06';
const batch = 500;

/** Pupils of a county, known to identity and enrollment; certificates hear of them by events. */
export const enterGraduates = async (cores: Cores, unit: string, pupils: number): Promise<string[]> =>
  (await enterPupils(cores, unit, pupils)).map(({ person }) => person);

/** Lets these have graduated, their outcome uploaded and reviewed: what a whole summer leaves to be issued. */
export const letGraduate = async (
  core: Pick<ServiceCore, 'worker' | 'sealing'>,
  unit: string,
  persons: readonly string[],
): Promise<void> => {
  const stated = JSON.stringify(Stated.parse({}));
  for (let from = 0; from < persons.length; from += batch) {
    const some = persons.slice(from, from + batch);
    await asWorker(core.worker, async (tx) => {
      await execute(
        tx,
        `update study set status = 'GRADUATED', ended_on = $2 where person_id = any($1::uuid[])`,
        [some, endedOn],
      );
      const studies = await studiesWhere(tx, 'person_id = any($1::uuid[])', [some]);
      const made = studies.map(({ person, enrollment, school, place, province, stage }) => {
        const id = uuidv7();
        const sealed = core.sealing.seal(stated, statedContext({ person, id }));
        return {
          ...{ id, person, enrollment, batch: uuidv7(), school, place, province, stage, stated: sealed },
          ...{ kind: 'GRADUATION' as const, state: 'REVIEWED' as const, issuer: unit, findings: [] },
          ...{ ready: 0, takenBack: null },
        };
      });
      await insertOutcomes(tx, made);
    });
  }
};

type Progress = { state: string; issued: number; skipped: number };

/** The order as its head would have let it go; done when the worker has issued the last certificate. */
export const issueAll = async (core: ServiceCore, unit: string): Promise<Progress> => {
  const id = uuidv7();
  const place = (await core.directory.rangeOf(unit))?.lo;
  const province = (await core.directory.unit(unit))?.province;
  const now = core.clock.now();
  await asWorker(core.worker, async (tx) => {
    await insertRows(
      tx,
      'issue_order',
      [
        ['order_id', 'uuid'],
        ['issuer', 'text'],
        ['place', 'bigint'],
        ['province', 'text'],
        ['state', 'text'],
        ['handler', 'text'],
        ['prepared_by', 'text'],
        ['prepared_at', 'timestamptz'],
        ['responsible', 'text'],
        ['decided_by', 'text'],
        ['decided_at', 'timestamptz'],
        ['total', 'int'],
        ['version', 'int'],
        ['events', 'int'],
      ],
      [[id, unit, place, province, 'RUNNING', '经办人', 'registrar', now, '负责人', 'head', now, 0, 2, 0]],
    );
    await execute(
      tx,
      'update issue_order set upto = (select last_value from outcome_ready) where order_id = $1',
      [id],
    );
  });

  for (;;) {
    const [row] = await asWorker(core.worker, (tx) =>
      query<Progress>(tx, 'select state, issued, skipped from issue_order where order_id = $1', [id]),
    );
    if (row === undefined || row.state === 'DONE') return row ?? { state: 'LOST', issued: 0, skipped: 0 };
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};
