import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { Uuid } from '#libs/contracts/ids.ts';
import { type Finding, finding, type LawPlace } from '#libs/law/finding.ts';
import { judgeNumberDeletion } from '#libs/law/identity/information-change.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { once } from '#libs/platform/commands/idempotency.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction, versionConflict } from '#libs/platform/errors/errors.ts';
import { recordEvents } from '#libs/platform/events/outbox.ts';
import { holdForRequest, papersOf } from '#libs/platform/files/hold-papers.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { ChangeKey } from '../key-change/change-id.ts';
import { followDeletion } from '../problems/follow-deletion.ts';
import { deletionMoved, insertDeletion, insertDeletionPapers } from './deletion-rows.ts';

const Request = z.object({
  idempotencyKey: z.string().min(1).max(100),
  student: Uuid,
  expectedVersion: z.int(),
  reason: z.string().trim().min(1).max(1000),
  evidence: z
    .array(Uuid)
    .max(20)
    .refine((uploads) => new Set(uploads).size === uploads.length, {
      message: '同一文件只能列一次。 Each file once.',
    })
    .nullish(),
});
type Request = z.infer<typeof Request>;

export type Asked = { deletion: ChangeKey | null; findings: Finding[] };

type Row = { place: string; province: string; version: number; ordinal: number | null; waits: boolean };

type Judged = { row: Row; findings: Finding[] };

/** A person's number of now, with the person's lock; one that is out of the caller's scope is like none at all. */
const lockNumber = async (tx: Tx, { student, expectedVersion }: Request): Promise<Row> => {
  const [row] = await query<Row>(
    tx,
    `select p.place, p.province, p.version,
            (select n.ordinal from student_number n where n.person_id = p.person_id and n.state = 'ACTIVE') as ordinal,
            exists (select 1 from number_deletion d
                    where d.person_id = p.person_id and d.state = 'REQUESTED') as waits
     from person p where p.person_id = $1 for update of p`,
    [student],
  );
  if (row === undefined) throw outOfJurisdiction();
  if (row.version !== expectedVersion) throw versionConflict(row.version);
  return row;
};

const refusal = (code: string, message: string, messageEn: string, on: string, place: LawPlace): Finding =>
  finding('ID-11', {
    code,
    outcome: 'REJECT',
    message,
    messageEn,
    remedy: '请刷新后查看该学生的学籍号和办理情况。',
    ownerLevel: 'PROVINCE',
    on,
    place,
  });

const judge = async (tx: Tx, request: Request, on: string): Promise<Judged> => {
  const row = await lockNumber(tx, request);
  const place = { province: row.province };
  const evidencePresent = (request.evidence ?? []).length > 0;
  const findings = [
    ...judgeNumberDeletion({ requestedBy: 'PROVINCE', evidencePresent }, on, place),
    ...(row.ordinal === null
      ? [refusal('NUMBER_NOT_IN_USE', '该学生没有现用学籍号。', 'No number is in use.', on, place)]
      : []),
    ...(row.waits
      ? [
          refusal(
            'NUMBER_DELETION_RUNNING',
            '该学生的学籍号删除申请正在办理。',
            'A deletion of this number is under way.',
            on,
            place,
          ),
        ]
      : []),
  ];
  return { row, findings };
};

/** The province asks the ministry to delete a number, on evidence of its own; nothing changes by that (ID-11). */
export const requestDeletion = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<Asked> => {
  const caller = authorize(actor, 'number-deletion.request');
  const request = parseInput(Request, input);
  const scope = await core.directory.scopeOf(caller);
  const within = <T>(work: (tx: Tx) => Promise<T>) => inScope(core.app, scope, work);
  const uploads = request.evidence ?? [];
  const today = core.clock.today();
  const held = await holdForRequest(
    core,
    { caller, key: request.idempotencyKey, uploads },
    within,
    async (tx) => (await judge(tx, request, today)).findings,
  );
  const at = core.clock.now();
  const asked = await within((tx) =>
    once<Asked>(
      tx,
      { operation: 'requestDeletion', caller: caller.subject, key: request.idempotencyKey, request, at },
      async () => {
        const { row, findings } = await judge(tx, request, today);
        if (row.ordinal === null || findings.length > 0) return { deletion: null, findings };
        const made = {
          person: request.student,
          id: uuidv7(),
          place: Number(row.place),
          province: row.province,
          ordinal: row.ordinal,
          state: 'REQUESTED' as const,
          reason: request.reason,
          requestedBy: caller.subject,
          requestedAt: at,
          decidedAt: null,
          decisionReason: null,
          version: 1,
        };
        await insertDeletion(tx, made);
        await insertDeletionPapers(
          tx,
          made,
          papersOf(
            held,
            uploads.map((upload) => ({ upload })),
          ),
        );
        await recordEvents(tx, at, [deletionMoved(made, uploads)]);
        await followDeletion(tx, core.sealing, {
          ...{ person: made.person, occurrence: 'DELETION_ASKED', unit: caller.unit ?? '' },
          ...{ by: caller.subject, at },
        });
        return { deletion: { person: made.person, id: made.id }, findings };
      },
    ),
  );
  core.wakeRelay();
  return asked;
};

/** Every finding on such a request, nothing written. */
export const previewDeletion = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<Finding[]> => {
  const caller = authorize(actor, 'number-deletion.request');
  const request = parseInput(Request, input);
  const scope = await core.directory.scopeOf(caller);
  return inScope(core.app, scope, async (tx) => (await judge(tx, request, core.clock.today())).findings);
};
