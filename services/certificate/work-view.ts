import type { Actor } from '#libs/platform/actor/actor.ts';
import { badInput } from '#libs/platform/errors/errors.ts';
import { isGranted } from '#libs/platform/permissions/table.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Resolvers } from './generated/types.ts';
import type { IssueOrder } from './issue/issue-order.ts';
import type { OutcomeBatch } from './outcomes/batch.ts';

const most = 500;

const many = (first: number | null | undefined): number => {
  const size = first ?? 200;
  if (Number.isInteger(size) && size >= 1 && size <= most) return size;
  throw badInput([{ path: ['first'], code: 'PAGE_SIZE', message: `1 到 ${most} 条。 1 to ${most}.` }]);
};

const unitOf = ({ school, unit }: Actor): string => school ?? unit ?? '';

const actionsOnBatch = ({ state, authority, handledBy }: OutcomeBatch, actor: Actor | null): string[] => {
  if (actor === null || authority !== unitOf(actor)) return [];
  if (state === 'REVIEWED') return isGranted(actor, 'outcome.decide') ? ['TAKE_BACK'] : [];
  if (state !== 'UPLOADED') return [];
  const decides = handledBy !== null && handledBy !== actor.subject && isGranted(actor, 'outcome.decide');
  return [
    ...(isGranted(actor, 'outcome.handle') ? ['HANDLE'] : []),
    ...(decides ? ['APPROVE', 'RETURN'] : []),
  ];
};

const actionsOnOrder = ({ state, issuer, preparedBy }: IssueOrder, actor: Actor | null): string[] => {
  if (actor === null || issuer !== unitOf(actor) || !isGranted(actor, 'certificate.decide')) return [];
  if (state === 'PREPARED') return preparedBy === actor.subject ? [] : ['APPROVE', 'REFUSE'];
  if (state === 'RUNNING') return ['PAUSE'];
  return state === 'PAUSED' || state === 'FAILED' ? ['CONTINUE'] : [];
};

/** Resolvers of batches of outcomes and of orders to issue. */
export const createWorkViews = (
  core: Pick<ServiceCore, 'clock'>,
): Pick<Resolvers, 'OutcomeBatch' | 'BatchOutcome' | 'IssueOrder' | 'HeldOutcome'> => ({
  OutcomeBatch: {
    school: ({ school }) => ({ id: school }),
    overdue: ({ state, dueOn, provisional }) =>
      state === 'UPLOADED' && !provisional && dueOn < core.clock.today(),
    outcomes: async ({ id }, _, { work, trail }) => {
      const found = await work.outcomesOf(id);
      for (const { person } of found) trail.read(person);
      return found;
    },
    allowedActions: (batch, _, { actor }) => actionsOnBatch(batch, actor),
  },
  BatchOutcome: {
    student: ({ person }) => ({ id: person }),
    outcome: ({ kind }) => kind,
    takenBackAt: ({ takenBack }) => takenBack?.at ?? null,
    takenBackReason: ({ takenBack }) => takenBack?.reason ?? null,
  },
  IssueOrder: {
    leftOut: async ({ id }, { first }, { work, trail }) => {
      const found = await work.leftOutOf(id, many(first));
      for (const { student } of found) trail.read(student);
      return found;
    },
    allowedActions: (order, _, { actor }) => actionsOnOrder(order, actor),
  },
  HeldOutcome: { student: ({ student }) => ({ id: student }) },
});
