import { z } from 'zod';
import { shanghaiDate } from '#libs/law/dates.ts';
import type { Finding } from '#libs/law/finding.ts';
import type { Command } from '#libs/platform/commands/idempotency.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { badInput } from '#libs/platform/errors/errors.ts';
import { runOnce } from '../commands/run-command.ts';
import { type Desk, deskOf } from '../registrar/desk.ts';
import { recordChange } from '../store/change-record.ts';
import type { OrgUnit } from '../tree/org-unit.ts';
import type { DutyDone } from './duty.ts';
import { aggregateOf, saveDuty } from './duty-rows.ts';
import { termsAt } from './term-at.ts';

/** What a command about a duty answers: whether it stands on record now, and what the law says where it does not. */
export type DutyOutcome = { done: boolean; findings: Finding[] };

export const DutyInput = z.object({
  idempotencyKey: z.string().min(1).max(100),
  schoolYear: z.int(),
  term: z.union([z.literal(1), z.literal(2)]),
  note: z.string().trim().min(1).max(1000),
});

/** Where the duty lies, and what is written beside who, when and in which term. */
export type DutyWork = {
  /** The county that checks or is told. */
  county: string;
  write: (county: OrgUnit) => Pick<DutyDone, 'kind' | 'toldPlace' | 'transferredIn' | 'transferredOut'>;
};

/**
 * Does a duty of a term once: whoever comes again finds it done, and nothing is written. Before the term has opened there
 * is nothing to do; without its days it waits for them (ORG-28); after its end it is written down as late as it is.
 */
export const doDuty = async <Wanted extends z.infer<typeof DutyInput>>(
  command: Command,
  wanted: Wanted,
  workOf: (tx: Tx, desk: Desk) => Promise<DutyWork>,
): Promise<DutyOutcome> => {
  const { core, caller } = command;
  const desk = await deskOf(core, caller);
  const { schoolYear, term, note } = wanted;
  const work = async (tx: Tx, at: string): Promise<DutyOutcome> => {
    const { county, write } = await workOf(tx, desk);
    const doneAt = new Date(at);
    const today = shanghaiDate(doneAt);
    const where = (await termsAt(tx, [county], { schoolYear, term }, today))(county);
    if (where.term === null) return { done: false, findings: where.findings };
    const { opensOn, closesOn } = where.term;
    if (today < opensOn) notOpen();
    const done: DutyDone = {
      ...{ owner: desk.own.code, schoolYear, term, county, province: where.unit.province },
      ...{ place: desk.own.lo, note, opensOn, closesOn, doneAt, doneBy: caller.subject },
      ...write(where.unit),
    };
    if (await saveDuty(tx, done, at))
      await recordChange(tx, { aggregate: aggregateOf(done), version: 1, action: 'DONE', caller, at });
    return { done: true, findings: [] };
  };
  return runOnce(command, wanted, work, desk.scope);
};

const notOpen = (): never => {
  throw badInput([
    { path: ['term'], code: 'TERM_NOT_OPEN', message: '该学期尚未开学。 The term has not opened.' },
  ]);
};
