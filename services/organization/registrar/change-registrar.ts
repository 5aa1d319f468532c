import { z } from 'zod';
import { Uuid } from '#libs/contracts/ids.ts';
import type { IsoDate } from '#libs/law/dates.ts';
import type { Finding } from '#libs/law/finding.ts';
import type { Command } from '#libs/platform/commands/idempotency.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { runOnce } from '../commands/run-command.ts';
import { recordChange } from '../store/change-record.ts';
import { type Desk, deskOf, postOfRegistrar } from './desk.ts';
import type { Post } from './post.ts';
import type { Registrar } from './registrar.ts';
import { registrarToChange, saveRegistrars, type Told } from './registrar-rows.ts';

/** Input that every change of a registrar begins with. */
export const ChangeInput = z.object({
  idempotencyKey: z.string().min(1).max(100),
  registrar: Uuid,
  expectedVersion: z.int().min(1),
});

/** What a command about a registrar answers: the id of what was changed, or the reasons against it. */
export type RegistrarOutcome = { registrar: string | null; findings: Finding[] };

/** What a decision about a registrar looks at. */
export type Situation = { tx: Tx; registrar: Registrar; post: Post; desk: Desk; at: string; on: IsoDate };

/** The registrar as it is to be, with what is told of it; or the findings alone, where the law is against it. */
export type Decision = {
  findings: Finding[];
  next?: Registrar;
  told?: readonly Told[];
  action: string;
  reason?: string;
};

/** Carries out one change of one registrar: lock, decide, write state, events and who did it (ACC-15). */
export const changeRegistrar = async <Wanted extends z.infer<typeof ChangeInput>>(
  command: Command,
  wanted: Wanted,
  decide: (situation: Situation) => Decision | Promise<Decision>,
): Promise<RegistrarOutcome> => {
  const { core, caller } = command;
  const desk = await deskOf(core, caller);
  const work = async (tx: Tx, at: string): Promise<RegistrarOutcome> => {
    const registrar = await registrarToChange(tx, wanted);
    const post = await postOfRegistrar(tx, registrar);
    const decision = await decide({ tx, registrar, post, desk, at, on: core.clock.today() });
    const { next, told = [], findings, action, reason } = decision;
    if (next === undefined) return { registrar: null, findings };
    const [saved] = await saveRegistrars(tx, [{ registrar: next, told }], at);
    await recordChange(tx, {
      aggregate: `registrar:${registrar.registrarId}`,
      version: saved?.version ?? registrar.version,
      action,
      reason,
      caller,
      at,
    });
    return { registrar: registrar.registrarId, findings };
  };
  return runOnce(command, wanted, work, desk.scope);
};
