import { randomUUID } from 'node:crypto';
import { isGranted } from '#libs/platform/permissions/table.ts';
import { nowhere, type Probe, refusals } from './probe.ts';

/** Early warnings are told to decision-makers of authorities alone, each to whose range the account's unit belongs. */
const alerts: Probe = async (probing) => {
  const { actor } = probing.asker;
  const { data } = await probing.ask(
    'statistics',
    '{ securityAlerts(first: 10) { edges { node { workplace } } } }',
  );
  if (data?.securityAlerts && (actor === null || !isGranted(actor, 'alert.read')))
    probing.leak('securityAlerts told to who may not read them');
};

/** An order about an alert that is nobody's is refused like one about another's. */
const order =
  (name: string, type: string, rest: Record<string, unknown>): Probe =>
  async (probing) => {
    const { codes, text } = await probing.ask(
      'statistics',
      `mutation ($input: ${type}!) { ${name}(input: $input) { alert { id } } }`,
      { input: { idempotencyKey: randomUUID(), alert: nowhere(), expectedVersion: 1, ...rest } },
    );
    if (codes.length !== 1 || !refusals.includes(codes[0] ?? ''))
      probing.leak(`${name} of nothing was not refused: ${text.slice(0, 160)}`);
  };

export const securityProbes: Readonly<Record<string, Probe>> = {
  securityAlerts: alerts,
  acknowledgeSecurityAlert: order('acknowledgeSecurityAlert', 'AcknowledgeSecurityAlertInput', {}),
  settleSecurityAlert: order('settleSecurityAlert', 'SettleSecurityAlertInput', {
    outcome: 'BREACH',
    note: '核实',
  }),
};
