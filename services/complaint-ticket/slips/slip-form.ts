import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { Holder, tellHolders, tellHoldersContext } from '#libs/contracts/commands/tell-holders.ts';
import { ask } from '#libs/platform/commands/internal.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { isConcerned } from '../standing/parties.ts';
import type { Ticket } from '../tickets/ticket.ts';
import {
  openReporter,
  type Reporter,
  type SlipStudent,
  sealReporter,
  type TicketWords,
} from '../tickets/words.ts';

const text = (most: number) => z.string().trim().max(most).nullish();

/** What is typed into a slip by either side; which side may fill in what, and what must not be empty, the law says (TKT-10, TKT-11). */
export const SlipFields = z.object({
  matter: text(5_000),
  responsiblePerson: text(120),
  responsiblePhone: text(40),
  handlingOpinion: text(5_000),
  handler: text(120),
  handlerPhone: text(40),
  verifiedFacts: text(5_000),
  handlingResult: text(5_000),
});
export type SlipFields = z.infer<typeof SlipFields>;

/** The student as the forms name it: as identity knows it, or as the caller has said. */
export const studentOnSlip = async (
  { bus, sealing }: Pick<ServiceCore, 'bus' | 'sealing'>,
  { student }: Pick<Ticket, 'student'>,
  { studentNamed }: Pick<TicketWords, 'studentNamed'>,
): Promise<SlipStudent | null> => {
  if (student === null) return studentNamed ?? null;
  const id = uuidv7();
  const { sealed } = await ask(bus, tellHolders, { id, persons: [student] });
  const told: unknown = JSON.parse(sealing.open(Buffer.from(sealed, 'base64'), tellHoldersContext(id)));
  const [holder] = z.array(Holder).parse(told);
  if (holder === undefined) return null;
  const { name, gender, birthDate, ethnicGroup, studentNumber, idDocumentNumber } = holder;
  return { name, gender, birthDate, ethnicGroup, studentNumber, idDocumentNumber };
};

/** Who reported the complaint that a slip is about; null where nobody did. */
export const reporterOf = async (
  tx: Tx,
  { sealing }: Pick<ServiceCore, 'sealing'>,
  { id }: Pick<Ticket, 'id'>,
): Promise<Reporter | null> => {
  const [row] = await query<{ sealed: Uint8Array }>(
    tx,
    'select sealed from ticket_reporter where ticket_id = $1',
    [id],
  );
  return row === undefined ? null : openReporter(sealing, id, row.sealed);
};

/** Puts the reporter on a slip: for the issuer, and for the addressee unless it is the school concerned or itself late (TKT-16). */
export const keepReporter = (
  tx: Tx,
  { sealing }: Pick<ServiceCore, 'sealing'>,
  slip: Ticket,
  reporter: Reporter,
): Promise<number> => {
  const { id, source, target } = slip;
  const place = isConcerned(slip, target.code) ? source.place : target.place;
  return execute(
    tx,
    'insert into ticket_reporter (ticket_id, source_place, target_place, sealed) values ($1, $2, $3, $4)',
    [id, source.place, place, sealReporter(sealing, id, reporter)],
  );
};
