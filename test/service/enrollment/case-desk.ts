import { createHash, randomUUID } from 'node:crypto';
import { SCOPES, TWO_FACTORS } from '#deploy/demo/identities.ts';
import { emptyPaper } from '#deploy/demo/paper.ts';
import type { GraphAnswer, Registry } from '#test/support/registry.ts';
import type { Registration, Told } from './counter.ts';

export type Step = {
  party: string;
  unit: string;
  deadline: string;
  provisional: boolean;
  handledAt: string | null;
  decidedAt: string | null;
  decision: string | null;
  overdue: boolean;
};
export type Case = {
  id: string;
  kind: string;
  state: string;
  version: number;
  policyOn: string;
  steps: Step[];
  blockers: Told[];
  allowedActions: string[];
  enrollment: Registration | null;
};
export type CaseAnswer = { case: Case | null; findings: Told[] };

const told = 'findings { ruleId outcome code message path basis { document article layer } }';
const enrollment = `enrollment { id version status grade cohort school { id } student { id } }`;
const caseFields = `case { id kind state version policyOn allowedActions ${enrollment}
  blockers { ruleId outcome code }
  steps { party unit deadline provisional handledAt decidedAt decision overdue } }`;

/** Somebody at a desk: a school's or an authority's registrar, or its decision-maker. */
export type Desk = { sub: string; level: string; school?: string; unit?: string; roles: string[] };

export const schoolDesks = (school: string): { registrar: Desk; head: Desk } => ({
  registrar: { sub: `registrar-${school}`, level: 'SCHOOL', school, roles: ['REGISTRAR'] },
  head: { sub: `head-${school}`, level: 'SCHOOL', school, roles: ['DECISION_MAKER'] },
});
export const authorityDesks = (
  unit: string,
  level: 'COUNTY' | 'CITY' | 'PROVINCE' = 'COUNTY',
): { registrar: Desk; head: Desk } => ({
  registrar: { sub: `registrar-${unit}`, level, unit, roles: ['REGISTRAR'] },
  head: { sub: `head-${unit}`, level, unit, roles: ['DECISION_MAKER'] },
});

const pdf = (): Buffer => emptyPaper(randomUUID());

/** What people need to work on a registry: its address, and somebody who signs them in. */
export type Reachable = Pick<Registry, 'gatewayUrl'> & { network: Pick<Registry['network'], 'tokenFor'> };

/** The registry as the people use it who work on cases. */
export const caseDeskOf = (registry: Reachable) => {
  const ask = async <Data>(
    desk: Desk,
    query: string,
    variables: Record<string, unknown> = {},
  ): Promise<GraphAnswer<Data>> => {
    const claims = { scope: Object.values(SCOPES).join(' '), acr: TWO_FACTORS, ...desk };
    const token = await registry.network.tokenFor(
      desk.unit === undefined ? claims : { department: 'ADMINISTRATIVE', ...claims },
    );
    const response = await fetch(`${registry.gatewayUrl}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables }),
    });
    const { data = null, errors = [] } = (await response.json()) as Partial<GraphAnswer<never>>;
    return { status: response.status, data, errors };
  };

  const answered = <Data>({ data, errors }: GraphAnswer<Data>): Data => {
    if (data === null || errors.length > 0) throw new Error(`The graph answered ${JSON.stringify(errors)}`);
    return data;
  };

  /** Hands in a paper; its upload can be named as evidence. */
  const paper = async (desk: Desk, kind: string, issuerLevel: string | null = 'COUNTY') => {
    const bytes = pdf();
    const announced = answered(
      await ask<{ requestUpload: { upload: { id: string; url: string } } }>(
        desk,
        `mutation ($input: RequestUploadInput!) { requestUpload(input: $input) { upload { id url } } }`,
        {
          input: {
            idempotencyKey: randomUUID(),
            name: 'paper.pdf',
            mediaType: 'application/pdf',
            size: bytes.length,
            sha256: createHash('sha256').update(bytes).digest('hex'),
            school: desk.school,
            purpose: 'EVIDENCE',
          },
        },
      ),
    ).requestUpload.upload;
    const { pathname, search } = new URL(announced.url);
    await fetch(`${registry.gatewayUrl}${pathname}${search}`, { method: 'PUT', body: new Uint8Array(bytes) });
    const completed = answered(
      await ask<{ completeUpload: { upload: { state: string } } }>(
        desk,
        `mutation ($input: CompleteUploadInput!) { completeUpload(input: $input) { upload { state } } }`,
        { input: { upload: announced.id } },
      ),
    ).completeUpload.upload;
    if (completed.state !== 'ACCEPTED') throw new Error(`The paper is ${completed.state}`);
    return { upload: announced.id, kind, issuerLevel };
  };

  const tryRequest = (desk: Desk, mutation: string, type: string, input: Record<string, unknown>) =>
    ask<Record<string, CaseAnswer>>(
      desk,
      `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${caseFields} ${told} } }`,
      { input: { idempotencyKey: randomUUID(), ...input } },
    );

  const request = async (...order: Parameters<typeof tryRequest>): Promise<CaseAnswer> => {
    const answer = answered(await tryRequest(...order))[order[1]];
    if (answer === undefined) throw new Error('No answer');
    return answer;
  };

  const handle = (
    desk: Desk,
    { id, version }: Pick<Case, 'id' | 'version'>,
    more: Record<string, unknown> = {},
  ) =>
    request(desk, 'handleEnrollmentCase', 'HandleEnrollmentCaseInput', {
      case: id,
      expectedVersion: version,
      ...more,
    });
  const decide = (
    desk: Desk,
    { id, version }: Pick<Case, 'id' | 'version'>,
    decision: string,
    reason: string | null = null,
  ) =>
    request(desk, 'decideEnrollmentCase', 'DecideEnrollmentCaseInput', {
      case: id,
      expectedVersion: version,
      decision,
      reason,
    });

  /** The case after somebody's move; throws where it was refused. */
  const after = async (move: Promise<CaseAnswer>): Promise<Case> => {
    const { case: found, findings } = await move;
    if (found === null) throw new Error(`Refused: ${JSON.stringify(findings)}`);
    return found;
  };

  return { ask, answered, paper, tryRequest, request, handle, decide, after };
};
export type CaseDesk = ReturnType<typeof caseDeskOf>;
