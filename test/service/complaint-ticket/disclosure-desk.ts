import { randomUUID } from 'node:crypto';
import type { Desk } from '#test/service/enrollment/case-desk.ts';
import type { Told } from '#test/service/enrollment/counter.ts';
import { transferDeskOf } from '#test/service/transfer/transfer-desk.ts';
import type { Registry } from '#test/support/registry.ts';
import { county } from './ticket-desk.ts';

export type Disclosure = {
  id: string;
  client: string;
  state: string;
  expired: boolean;
  version: number;
  fields: string[];
  watermark: string;
  dueOn: string;
  revokedOn: string | null;
};
export type Answer = { disclosure: Disclosure | null; findings: Told[] };

const fields = 'id client state expired version fields watermark dueOn revokedOn';
const told = 'findings { ruleId outcome code message path remedy basis { document article layer } }';

/** Another system, as its tokens name it. */
export const client = (name: string): Desk => ({ sub: name, level: 'NONE', roles: ['INTEGRATOR'] });

/** A request that the law lets through. */
export const asking = {
  unit: '140105',
  basis: { kind: 'GOVERNMENT_APPROVAL', level: 'COUNTY', document: '小政批〔2026〕1号' },
  approvedBy: '批准人',
  purpose: '义务教育学位测算',
  fields: ['Student.name', 'Student.gender', 'Enrollment.grade'],
  profile: 'MASKED',
  validUntil: '2026-12-31',
};

/** The registry as other systems ask it for information, and its holders answer. */
export const disclosureDeskOf = (registry: Registry) => {
  const { desk, counter, pupil } = transferDeskOf(registry);

  const tryOn = (who: Desk, name: string, type: string, input: Record<string, unknown>) =>
    desk.ask<Record<string, Answer>>(
      who,
      `mutation ($input: ${type}!) { ${name}(input: $input) { disclosure { ${fields} } ${told} } }`,
      { input: { idempotencyKey: randomUUID(), ...input } },
    );
  const order = async (...sent: Parameters<typeof tryOn>): Promise<Answer> => {
    const answer = desk.answered(await tryOn(...sent))[sent[1]];
    if (answer === undefined) throw new Error('No answer');
    return answer;
  };
  const after = async (move: Promise<Answer>): Promise<Disclosure> => {
    const { disclosure, findings } = await move;
    if (disclosure === null) throw new Error(`Refused: ${JSON.stringify(findings)}`);
    return disclosure;
  };
  const register = async (who: Desk, name: string): Promise<void> => {
    desk.answered(
      await desk.ask(
        who,
        'mutation ($input: RegisterClientInput!) { registerClient(input: $input) { client } }',
        { input: { idempotencyKey: randomUUID(), client: name, name: '政务数据平台' } },
      ),
    );
  };
  const request = (who: Desk, more: Record<string, unknown> = {}) =>
    order(who, 'requestDisclosure', 'RequestDisclosureInput', { ...asking, ...more });
  const decide = (
    who: Desk,
    { id, version }: Pick<Disclosure, 'id' | 'version'>,
    more: Record<string, unknown> = {},
  ) =>
    order(who, 'decideDisclosure', 'DecideDisclosureInput', {
      ...{ disclosure: id, expectedVersion: version, decision: 'APPROVE', ...more },
    });
  const revoke = (who: Desk, { id, version }: Disclosure, reason = '超范围使用') =>
    order(who, 'revokeDisclosure', 'RevokeDisclosureInput', {
      ...{ disclosure: id, expectedVersion: version, reason },
    });
  const list = async (who: Desk, filter: Record<string, unknown> = {}): Promise<Disclosure[]> =>
    desk
      .answered(
        await desk.ask<{ disclosureGrants: { edges: { node: Disclosure }[] } }>(
          who,
          `query ($f: DisclosureFilter) { disclosureGrants(filter: $f, first: 200) { edges { node { ${fields} } } } }`,
          { f: filter },
        ),
      )
      .disclosureGrants.edges.map(({ node }) => node);

  /** A registered client. */
  const registered = async (): Promise<Desk> => {
    const who = client(`platform-${randomUUID()}`);
    await register(county.head, who.sub);
    return who;
  };
  /** What two persons of the holder have granted a client. */
  const granted = async (who: Desk, more: Record<string, unknown> = {}): Promise<Disclosure> => {
    const asked = await after(request(who, more));
    const checked = await after(decide(county.registrar, asked));
    const grant = await after(decide(county.head, checked));
    await registry.settled();
    return grant;
  };

  return {
    ...{ registry, desk, counter, pupil, tryOn, order, after, register, request, decide, revoke, list },
    ...{ registered, granted },
  };
};

export const codes = ({ findings }: Pick<Answer, 'findings'>): string[] => findings.map(({ code }) => code);
