import type { Actor } from '../actor.ts';
import { isFirstOf } from '../days.ts';
import { schoolDesks, unitDesks } from '../world/desks.ts';
import type { World } from '../world/world.ts';

type Order = { id: string; version: number; state: string };
type Known = Order & { school: string; authority: string; since: string };

const fields = 'order { id version state }';
const SHARE = 0.08;
const SLOW = 0.35;

/** Authorities order schools to correct what they did; schools report, some too late, and the order is closed (ORG-20 to ORG-23). */
export const actor: Actor = {
  name: 'correction orders',
  at: '16:30',
  act: async (day, world) => {
    const known = world.memory<Map<string, Known>>(() => new Map());
    for (const each of [...known.values()]) await goOn(world, known, each);
    if (!isFirstOf(world.shared.days, day) || !['10', '12', '03', '05'].includes(day.slice(5, 7))) return;
    const random = world.random('schools');
    for (const [nth, { code, authority }] of world.schools().entries())
      if (nth === 0 || random.chance(SHARE)) await issue(world, known, code, authority);
  },
};

const issue = async (
  world: World,
  known: Map<string, Known>,
  school: string,
  authority: string,
): Promise<void> => {
  const payload = await world.order<{ order: Order | null }>({
    as: headOf(world, authority),
    does: 'issueCorrectionOrder',
    type: 'IssueCorrectionOrderInput',
    gives: fields,
    input: { school, kind: 'CHANGES_NOT_ARCHIVED', evidence: '部分变动材料未归档' },
  });
  if (payload?.order)
    known.set(payload.order.id, { ...payload.order, school, authority, since: world.today });
};

const headOf = ({ shared: { plan } }: World, unit: string) =>
  unitDesks(unit, plan.tree.find(unit)?.level ?? 'COUNTY').head;

/** After ten working days the order has gone to the next level, which closes it. */
const goOn = async (world: World, known: Map<string, Known>, each: Known): Promise<void> => {
  const isSlow = world.fate(each.school, each.since).chance(SLOW);
  if (each.state === 'ORDERED') {
    if (isSlow && daysSince(world, each) < 21) return;
    const { principal } = schoolDesks(each.school);
    const current = await look(world, each);
    if (current === null) return;
    const payload = await world.order<{ order: Order | null }>({
      as: principal,
      does: 'reportCorrection',
      type: 'ReportCorrectionInput',
      gives: fields,
      allows: ['PASSWORD_EXPIRED', 'ACCOUNT_SEALED'],
      input: { order: current.id, expectedVersion: current.version, measures: '已全部归档' },
    });
    if (payload?.order) known.set(each.id, { ...each, ...payload.order });
    return;
  }
  const current = await look(world, each);
  if (current === null) return;
  const payload = await world.order<{ order: Order | null }>({
    as: headOf(world, current.escalatedTo?.code ?? each.authority),
    does: 'closeCorrection',
    type: 'CloseCorrectionInput',
    gives: fields,
    input: { order: each.id, expectedVersion: current.version, decision: 'ACCEPT', remark: '认可' },
  });
  if (payload?.order?.state === 'CLOSED') known.delete(each.id);
};

const daysSince = ({ today }: World, { since }: Known): number =>
  (Date.parse(today) - Date.parse(since)) / 86_400_000;

const look = async (world: World, { id, authority }: Known) =>
  (
    await world.read<{ correctionOrder: Order & { escalatedTo: { code: string } | null } }>(
      headOf(world, authority),
      'query ($id: ID!) { correctionOrder(id: $id) { id version state escalatedTo { code } } }',
      { id },
    )
  )?.correctionOrder ?? null;
