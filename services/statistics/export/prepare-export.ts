import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { ExportPrepared } from '#libs/contracts/events/export.ts';
import type { Finding } from '#libs/law/finding.ts';
import { judgePurpose } from '#libs/law/privacy/access.ts';
import { judgeExport } from '#libs/law/privacy/export.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { keepNote } from '#libs/platform/audit/read-audit.ts';
import { once } from '#libs/platform/commands/idempotency.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { badInput, notFound, outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { classSizes } from '../classes/class-sizes.ts';
import { dropoutStatistics } from '../dropout/dropout-statistics.ts';
import { enrollmentStatistics, MINISTRY } from '../enrollment-statistics.ts';
import { flowStatistics } from '../flows/flow-statistics.ts';
import type { FlowArguments } from '../flows/question.ts';
import { resultOf } from '../jobs/job-resolvers.ts';
import { jobFor, Purpose } from '../jobs/request-job.ts';
import { publishedTable } from '../publication/published-tables.ts';
import type { TableName } from '../publication/tables.ts';
import type { Arguments, Dimension } from '../table/question.ts';
import { contentOf, digestOf, type ExportedTable } from './content.ts';
import { type ExportFormat, type ExportKind, insertExport } from './export-rows.ts';
import { exportedClasses, exportedCounts, exportedDropouts, exportedFlows } from './exported-tables.ts';

/** Input as GraphQL hands it over; enumerations are checked already. One table is named. */
export type ExportInput = {
  idempotencyKey: string;
  format: ExportFormat;
  purpose?: string | null;
  leaves?: boolean | null;
  enrollment?: Arguments | null;
  published?: { table: TableName; month?: string | null; scope?: string | null } | null;
  job?: string | null;
  flows?: FlowArguments | null;
  classes?: { scope?: string | null; by: readonly Dimension[] } | null;
  dropouts?: { scope?: string | null; schoolYear: number; term: number } | null;
};

const Words = z.object({ idempotencyKey: z.string().min(1).max(100), purpose: Purpose.nullish() });

/** The export, by its id; null where the law lets none be made. */
export type ExportAnswer = { export: string | null; findings: Finding[] };

type Seen = { kind: ExportKind; table: ExportedTable };

/** The tables that can be named. */
const TABLES = ['enrollment', 'published', 'job', 'flows', 'classes', 'dropouts'] as const;

const oneOf = (): Error =>
  badInput([
    {
      path: ['enrollment'],
      code: 'ONE_TABLE',
      message: `请只指定一张表：${TABLES.join('、')}。 Name one table of these.`,
    },
  ]);

/** The table as the caller sees it in the graph: with the same scope, and the same counts hidden. */
const tableFor = async (core: ServiceCore, actor: Actor, input: ExportInput): Promise<Seen> => {
  if (TABLES.filter((name) => input[name]).length !== 1) throw oneOf();
  const { enrollment, published, flows, classes, dropouts, job } = input;
  if (enrollment) {
    const table = await enrollmentStatistics(core, actor, enrollment);
    return { kind: 'ENROLLMENT', table: exportedCounts('在校生统计', table) };
  }
  if (flows) return { kind: 'FLOWS', table: exportedFlows(await flowStatistics(core, actor, flows)) };
  if (classes) return { kind: 'CLASSES', table: exportedClasses(await classSizes(core, actor, classes)) };
  if (dropouts)
    return { kind: 'DROPOUTS', table: exportedDropouts(await dropoutStatistics(core, actor, dropouts)) };
  if (published) {
    const table = await publishedTable(core, published);
    if (table === null) throw notFound('published table');
    return { kind: 'PUBLISHED', table: exportedCounts(`公布的统计表 ${table.table} ${table.month}`, table) };
  }
  const table = await resultOf(core, await jobFor(core, actor, job ?? ''));
  if (table === null) throw notFound('result');
  return { kind: 'JOB', table: exportedCounts('统计任务结果', table) };
};

const lawOf = async ({ directory }: ServiceCore, code: string) => {
  const fact = (await directory.unit(code)) ?? (await directory.school(code));
  return { province: fact?.province ?? MINISTRY };
};

/**
 * Writes a table down to be fetched as a file: as the caller sees it, with a purpose, on record and told of (W-23, PRV-04,
 * PRV-13). Exact counts do not leave the unit and those above it. Throws as the question would.
 */
export const prepareExport = async (
  core: ServiceCore,
  caller: Actor | null,
  input: ExportInput,
): Promise<ExportAnswer> => {
  const actor = authorize(caller, 'statistics.read');
  const { idempotencyKey: key, purpose } = parseInput(Words, input);
  const own = await core.directory.workplaceOf(actor);
  if (own === undefined) throw outOfJurisdiction();
  const { kind, table } = await tableFor(core, actor, input);
  const leaves = input.leaves ?? false;
  const law = await lawOf(core, own.code);
  const today = core.clock.today();
  const findings = [
    ...judgePurpose({ students: Number.POSITIVE_INFINITY, purpose }, today, law),
    ...judgeExport({ exact: kind !== 'PUBLISHED', leaves }, today, law),
  ];
  if (findings.length > 0) return { export: null, findings };
  const at = core.clock.now();
  const { idempotencyKey: _, ...request } = input;
  const answer = await asWorker(core.worker, (tx) =>
    once<ExportAnswer>(
      tx,
      { operation: 'exportStatistics', caller: actor.subject, key, request, at },
      async () => {
        const id = uuidv7();
        const content = contentOf(table, { unit: own.code, purpose: purpose ?? '', at });
        const digest = digestOf(content);
        await insertExport(tx, {
          ...{
            id,
            unit: own.code,
            place: own.lo,
            kind,
            format: input.format,
            leaves,
            purpose: purpose ?? '',
          },
          ...{ content, digest, requestedBy: actor.subject, preparedAt: at },
        });
        await recordEvents(tx, at, [
          recorded(ExportPrepared, `export:${id}`, 1, {
            ...{ export: id, unit: own.code, kind, format: input.format, leaves, digest, preparedAt: at },
            rows: content.rows.length,
          }),
        ]);
        return { export: id, findings: [] };
      },
    ),
  );
  core.wakeRelay();
  const operation = `exportStatistics ${answer.export}`;
  await keepNote(
    core.app,
    { caller: actor.subject, unit: own.code, operation, purpose: 'STATISTICS', full: false },
    at,
  );
  return answer;
};
