import type { Actor } from '#libs/platform/actor/actor.ts';
import { type Action, isGranted } from '#libs/platform/permissions/table.ts';
import type { ApplicationRecord } from './application-record.ts';
import { isAsked } from './on-application.ts';

const ofFamily = ({ state, reasons }: ApplicationRecord): [string, Action][] => [
  ...(state === 'APPLIED' || state === 'ARRANGING'
    ? [['WITHDRAW', 'transfer.withdraw-own'] as [string, Action]]
    : []),
  ...(state === 'APPLIED' || (state === 'DECLINED' && reasons.includes('NO_PLACE_AVAILABLE'))
    ? [['REQUEST_COUNTY_ARRANGEMENT', 'transfer.apply-own'] as [string, Action]]
    : []),
];

const ofCounty = ({ proposal }: ApplicationRecord, { subject }: Actor): [string, Action][] => [
  ['PROPOSE_SCHOOL', 'transfer.propose'],
  ...(proposal !== null && proposal.by !== subject
    ? [['ARRANGE_SCHOOL', 'transfer.arrange'] as [string, Action]]
    : []),
];

const ofAsked = (record: ApplicationRecord, actor: Actor): [string, Action][] => {
  const { state } = record;
  if (state === 'ARRANGING') return ofCounty(record, actor);
  if (state !== 'APPLIED') return [];
  return [
    ['INITIATE', 'transfer.enter'],
    ['ASK_FOR_PAPERS', 'transfer.enter'],
    ['DECLINE', 'transfer.answer-application'],
  ];
};

/** What the caller may do with an application now. */
export const actionsOn = (record: ApplicationRecord, actor: Actor | null): string[] => {
  if (actor === null) return [];
  const actions =
    actor.level === 'NONE' ? ofFamily(record) : isAsked(actor, record) ? ofAsked(record, actor) : [];
  return actions.filter(([, action]) => isGranted(actor, action)).map(([name]) => name);
};
