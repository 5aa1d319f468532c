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

const ofAsked = ({ state }: ApplicationRecord): [string, Action][] => {
  if (state === 'ARRANGING') return [['ARRANGE_SCHOOL', 'transfer.arrange']];
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
  const actions = actor.level === 'NONE' ? ofFamily(record) : isAsked(actor, record) ? ofAsked(record) : [];
  return actions.filter(([, action]) => isGranted(actor, action)).map(([name]) => name);
};
