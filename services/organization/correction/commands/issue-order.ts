import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { correctionGround } from '#libs/contracts/commands/correction-ground.ts';
import { CorrectionOrdered, ViolationKind } from '#libs/contracts/events/correction.ts';
import { SchoolCode, UnitCode, Uuid } from '#libs/contracts/ids.ts';
import { Stage } from '#libs/contracts/vocabulary.ts';
import { workingDayCalendar } from '#libs/law/calendar/working-day-calendar.ts';
import type { Finding } from '#libs/law/finding.ts';
import { isStopped } from '#libs/law/own-finding.ts';
import { judgeCorrectionByTicket } from '#libs/law/ticket/correction-ground.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { ask } from '#libs/platform/commands/internal.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { badInput, type InputProblem, outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { runOnce } from '../../commands/run-command.ts';
import { type Desk, deskOf, isHigher, reaches } from '../../registrar/desk.ts';
import { type Post, postOf } from '../../registrar/post.ts';
import { recordChange } from '../../store/change-record.ts';
import { saveOrders } from '../correction-rows.ts';
import { judgeBreach } from '../judge-breach.ts';
import type { OrderOutcome } from '../move-order.ts';
import { orderAgainst } from '../order-against.ts';

const truth = (otherwise: boolean) =>
  z
    .boolean()
    .nullish()
    .transform((value) => value ?? otherwise);

const Input = z
  .object({
    idempotencyKey: z.string().min(1).max(100),
    school: SchoolCode.nullish(),
    unit: UnitCode.nullish(),
    kind: ViolationKind,
    stage: Stage.nullish(),
    acceptedInCompliance: truth(true),
    seriousTrouble: truth(false),
    evidence: z.string().trim().min(1).max(1000),
    ticket: Uuid.nullish(),
  })
  .refine(({ school, unit }) => (school == null) !== (unit == null), {
    path: ['school'],
    message: '请在学校与机构中填写一项。 Name either a school or a unit.',
  })
  .refine(
    ({ unit, kind }) => kind === 'DATA_RULES_BROKEN' || (unit != null) === (kind === 'BREACH_BY_AUTHORITY'),
    {
      path: ['kind'],
      message: '违规情形与对象不符。 The kind does not fit who is in breach.',
    },
  );
type Input = z.infer<typeof Input>;

/** The competent authority of a school, or the next higher one of an authority, orders a breach to be put right (ORG-20 to ORG-23). */
export const issueCorrectionOrder = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<OrderOutcome> => {
  const caller = authorize(actor, 'correction.order');
  const wanted = parseInput(Input, input);
  const desk = await deskOf(core, caller);
  const calendar = workingDayCalendar(await core.directory.workingDays());
  const ground = await ticketGround(core, desk, wanted.ticket);
  return runOnce(
    { core, caller, operation: 'issueCorrectionOrder' },
    wanted,
    async (tx, at): Promise<OrderOutcome> => {
      const post = await postOf(tx, wanted.school ?? wanted.unit ?? '');
      const isAbove = post !== undefined && reaches(desk, post.place) && isHigher(desk, post);
      if (!isAbove || desk.own.code === post.workplace) throw outOfJurisdiction();
      const against = judgeTicket(ground, wanted, caller, core.clock.today(), post.law);
      if (isStopped(against)) return { order: null, findings: against };
      const findings = judgeBreach({ ...wanted, stage: stageOf(wanted, post) }, core.clock.today(), post.law);
      if (findings.length === 0) throw badInput([notAnOffence]);
      const orderId = uuidv7();
      const { kind, evidence, ticket = null } = wanted;
      const order = orderAgainst(
        post,
        { orderId, kind, evidence, ticket, orderedBy: desk.own.code, at, findings },
        calendar,
      );
      await saveOrders(tx, [{ order, kind: CorrectionOrdered }], at);
      await recordChange(tx, { aggregate: `correction:${orderId}`, version: 1, action: 'ORDER', caller, at });
      return { order: orderId, findings };
    },
    desk.scope,
  );
};

type Ground = z.infer<typeof correctionGround.reply>['ticket'];

/** What the ticket has shown that an order is to rest on; OUT_OF_JURISDICTION for one that is not the desk's, existing or not. */
const ticketGround = async (
  { bus }: Pick<ServiceCore, 'bus'>,
  { own }: Desk,
  id: string | null | undefined,
): Promise<Ground> => {
  if (!id) return null;
  const { ticket } = await ask(bus, correctionGround, { ticket: id, unit: own.code });
  if (ticket === null) throw outOfJurisdiction();
  return ticket;
};

/** What stands against resting an order on a ticket; nothing where it rests on none. */
const judgeTicket = (
  ticket: Ground,
  { school, unit }: Input,
  { department }: Actor,
  on: string,
  place: Post['law'],
): Finding[] => {
  if (ticket === null) return [];
  const { ground, about } = ticket;
  const isParty = about.includes(school ?? unit ?? '');
  const facts = {
    department: department ?? null,
    ground,
    isParty,
    field: school ? 'school' : 'unit',
  } as const;
  return judgeCorrectionByTicket(facts, on, place);
};

/** The stage concerned: the one named, else the first that the school teaches. */
const stageOf = ({ stage }: Input, { facts }: Post): Stage => stage ?? facts.stages[0] ?? 'PRIMARY';

const notAnOffence: InputProblem = {
  path: ['kind'],
  code: 'NOT_AN_OFFENCE',
  message: '当地现行规定未将此列为违规情形。 No text in force at this place makes it an offence.',
};
