import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { Day, SchoolCode } from '#libs/contracts/ids.ts';
import { lawPromotions } from '#libs/law/enrollment/grade.ts';
import type { Finding } from '#libs/law/finding.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { ownUnit, refuseProblems, runOnce, schoolToChange } from '../../commands/run-command.ts';
import { Promotion } from '../../entities.ts';
import type { School } from '../../school/school.ts';
import { recordChange } from '../../store/change-record.ts';
import { saveSchools } from '../../store/schools.ts';
import { treeAround } from '../../store/units.ts';
import { decideMerger } from '../decide.ts';
import { insertMerger, isOpen, mergersOfSchools } from '../merger-rows.ts';
import { rollsOf } from '../rolls.ts';

const Named = z.object({ school: SchoolCode, expectedVersion: z.int().min(1) });
type Named = z.infer<typeof Named>;

const Input = z
  .object({
    idempotencyKey: z.string().min(1).max(100),
    standing: Named,
    ending: z.array(Named).min(1).max(20),
    from: Day,
    document: z.object({ number: z.string().trim().min(1).max(100), issuedOn: Day }),
    reason: z.string().trim().min(1).max(500).nullish(),
  })
  .refine(
    ({ standing, ending }) =>
      new Set([standing, ...ending].map(({ school }) => school)).size === ending.length + 1,
    { path: ['ending'], message: '同一所学校只能列出一次。 A school is named twice.' },
  );

export type MergerOutcome = { merger: string | null; findings: Finding[] };

/** Locks schools in the order of their codes, whoever names them in which: two mergers never wait for each other. */
const lockInOrder = async (tx: Tx, named: readonly Named[]): Promise<Map<string, School>> => {
  const found = new Map<string, School>();
  for (const { school, expectedVersion } of named.toSorted((a, b) => (a.school < b.school ? -1 : 1)))
    found.set(school, await schoolToChange(tx, school, expectedVersion));
  return found;
};

/** Promotions as the law reads them. */
export const promotionsIn = async (tx: Tx) => lawPromotions(await tx.find(Promotion, {}));

/**
 * The competent authority decides by a document that schools go on in another one from a day on (ORG-11, ENR-69). From
 * that day enrollment moves their registrations; each school ends when none is left in it.
 */
export const mergeSchools = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<MergerOutcome> => {
  const caller = authorize(actor, 'school.change');
  const wanted = parseInput(Input, input);
  return runOnce(
    { core, caller, operation: 'mergeSchools' },
    wanted,
    async (tx, at): Promise<MergerOutcome> => {
      const schools = await lockInOrder(tx, [wanted.standing, ...wanted.ending]);
      const known = ({ school }: Named): School[] => {
        const found = schools.get(school);
        return found === undefined ? [] : [found];
      };
      const [standing] = known(wanted.standing);
      const ending = wanted.ending.flatMap(known);
      if (standing === undefined) throw new Error('A school that was locked is not there');
      const all = [standing, ...ending];
      const tree = await treeAround(tx, [
        ...new Set([...all.flatMap(({ unit, authority }) => [unit, authority]), caller.unit ?? '']),
      ]);
      const codes = all.map(({ code }) => code);
      const open = (await mergersOfSchools(tx, codes)).filter(isOpen);
      const merger = uuidv7();
      const decision = decideMerger(
        { merger, standing, ending, from: wanted.from },
        {
          tree,
          actor: ownUnit(tree, caller),
          on: core.clock.today(),
          now: new Date(core.clock.now()),
          rollOf: await rollsOf(tx, codes),
          promotions: await promotionsIn(tx),
          isMerging: (code) =>
            open.some((each) => each.standing === code || each.parts.some(({ school }) => school === code)),
        },
      );
      refuseProblems(decision);
      if (decision.schools.length === 0) return { merger: null, findings: decision.findings };
      await insertMerger(
        tx,
        {
          id: merger,
          kind: 'MERGER',
          standing: standing.code,
          from: wanted.from,
          document: wanted.document,
          reason: wanted.reason ?? null,
          authority: caller.unit ?? '',
          province: tree.find(standing.unit)?.province ?? '',
          decidedBy: caller.subject,
          decidedAt: at,
          parts: ending.map(({ code }) => ({ school: code, endedOn: null, moved: null })),
        },
        at,
      );
      const versions = new Map(
        wanted.ending.map(({ school, expectedVersion }) => [school, expectedVersion + 1]),
      );
      const writes = decision.schools.map((school) => ({ school, version: versions.get(school.code) ?? 0 }));
      await saveSchools(tx, tree, writes, at);
      for (const { school, version } of writes) {
        const aggregate = `school:${school.code}`;
        const reason = wanted.document.number;
        await recordChange(tx, { aggregate, version, action: 'DECIDE_MERGER', reason, caller, at });
      }
      return { merger, findings: [] };
    },
  );
};
