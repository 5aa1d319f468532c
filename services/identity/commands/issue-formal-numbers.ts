import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import type { Finding } from '#libs/law/finding.ts';
import { finding } from '#libs/law/finding.ts';
import { judgeIssueRun } from '#libs/law/identity/formal-issue.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { once } from '#libs/platform/commands/idempotency.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { emptyScope, inScope } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';

const Input = z.object({
  idempotencyKey: z.string().min(1).max(100),
  unit: z
    .string()
    .regex(/^\d{6}$/)
    .nullish(),
});

export type IssueRunRow = {
  id: string;
  state: 'RUNNING' | 'DONE';
  examined: number;
  issued_g: number;
  issued_j: number;
  problems: number;
  postponed: number;
};

type Outcome = { run: string | null; findings: Finding[] };

const nation = { province: '000000' };

type Terms = { region: string; terms: { term: number; opensOn: string }[] };

/**
 * Opening day of the spring term that this calendar year's issue of a unit follows: by the calendar of the unit or
 * the nearest unit above it; where there is none, the day on which the last region inside it has opened.
 */
const springOpening = async (core: ServiceCore, unit: string, today: string): Promise<string | undefined> => {
  const units = await core.directory.units();
  const rows = await inScope(core.app, emptyScope, (tx) =>
    query<Terms>(tx, 'select region, terms from term_ref where school_year = $1', [
      Number(today.slice(0, 4)) - 1,
    ]),
  );
  const openings = new Map(
    rows.flatMap(({ region, terms }) => {
      const spring = terms.find(({ term }) => term === 2)?.opensOn;
      return spring === undefined ? [] : [[region, spring] as const];
    }),
  );
  for (let at = units.get(unit); at !== undefined; at = units.get(at.parent ?? '')) {
    const own = openings.get(at.code);
    if (own !== undefined) return own;
  }
  const whole = units.get(unit);
  return [...openings]
    .filter(([region]) => isWithin(units.get(region), whole))
    .map(([, opensOn]) => opensOn)
    .sort()
    .at(-1);
};

type Range = { lo: number; hi: number };

const isWithin = (part: Range | undefined, whole: Range | undefined): boolean =>
  part !== undefined && whole !== undefined && part.lo >= whole.lo && part.hi <= whole.hi;

/**
 * The ministry starts the yearly issue of formal numbers (ID-07). One run a unit and year; asking again while it
 * runs shows it. The work is done in the background, batch by batch.
 */
export const issueFormalNumbers = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<Outcome> => {
  const caller = authorize(actor, 'number.issue');
  const { idempotencyKey, unit: asked } = parseInput(Input, input);
  const unit = asked ?? '000000';
  const range = await core.directory.rangeOf(unit);
  if (range === undefined) throw outOfJurisdiction();
  const at = core.clock.now();
  const today = core.clock.today();
  const opening = await springOpening(core, unit, today);
  const outcome = await inScope(core.app, emptyScope, (tx) =>
    once<Outcome>(
      tx,
      { operation: 'issueFormalNumbers', caller: caller.subject, key: idempotencyKey, request: { unit }, at },
      async () => {
        if (opening === undefined) return { run: null, findings: [calendarMissing(today)] };
        const findings = judgeIssueRun({ springOpensOn: opening, issuedOn: [] }, today, nation);
        if (findings.length > 0) return { run: null, findings };
        return { run: await openRun(tx, { unit, ...range }, caller.subject, at), findings: [] };
      },
    ),
  );
  return outcome;
};

const calendarMissing = (on: string): Finding =>
  finding('ORG-28', {
    code: 'CALENDAR_MISSING',
    message: '尚未设定本学年的春季学期校历，无法判断是否可以下发。',
    messageEn: 'No term calendar tells when the spring term opens.',
    remedy: '请先设定校历（setCalendar）。',
    on,
    place: nation,
  });

type Tx = Parameters<Parameters<typeof inScope>[2]>[0];

const openRun = async (
  tx: Tx,
  unit: { unit: string; lo: number; hi: number },
  by: string,
  at: string,
): Promise<string> => {
  const year = Number(at.slice(0, 4));
  await execute(
    tx,
    `insert into issue_run (id, year, unit, lo, hi, state, examined, issued_g, issued_j, problems, postponed,
       started_by, started_at)
     values ($1, $2, $3, $4, $5, 'RUNNING', 0, 0, 0, 0, 0, $6, $7) on conflict (year, unit) do nothing`,
    [uuidv7(), year, unit.unit, unit.lo, unit.hi, by, at],
  );
  const [row] = await query<{ id: string }>(tx, 'select id from issue_run where year = $1 and unit = $2', [
    year,
    unit.unit,
  ]);
  return row?.id ?? '';
};

export const issueRun = (core: ServiceCore, id: string): Promise<IssueRunRow | undefined> =>
  inScope(
    core.app,
    emptyScope,
    async (tx) => (await query<IssueRunRow>(tx, 'select * from issue_run where id = $1', [id]))[0],
  );
