import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { SCOPES, TWO_FACTORS } from '#deploy/demo/identities.ts';
import { accountUsed } from '#libs/contracts/commands/account-used.ts';
import { simulatedClock } from '#libs/platform/clock/clock.ts';
import { ask as askOwner } from '#libs/platform/commands/internal.ts';
import { query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { until } from '#test/support/until.ts';
import { type RegistrarView, registrarOperations } from './registrar-operations.ts';
import { type Situation, startSituation } from './situation.ts';

const scope = Object.values(SCOPES).join(' ');
export const SCHOOL = '2114000001';

/** Every test lives in a time of its own: clocks only move forward. */
export const livedThrough = (
  title: string,
  start: string,
  work: (network: Situation) => Promise<void>,
): void => {
  test(title, async () => {
    const network = await startSituation(simulatedClock(start));
    try {
      await work(network);
    } finally {
      await network.stop();
    }
  }, 30_000);
};

/** Everything that is done to accounts in a situation. */
export const desk = (network: Situation) => {
  const operations = registrarOperations(() => network);
  const tokenOf = (subject: string, roles: string[], claims: Record<string, unknown> = {}) =>
    network.tokenFor({
      sub: subject,
      level: 'SCHOOL',
      school: SCHOOL,
      roles,
      scope,
      acr: TWO_FACTORS,
      ...claims,
    });
  /** What the viewer is told by organization, after its directory has learned what was decided. */
  const viewer = async (token: string) => {
    await network.settled();
    const look = () =>
      network.graphql<{ viewer: { roles: string[]; allowedActions: string[] } }>(
        'organization',
        token,
        '{ viewer { roles allowedActions } }',
      );
    let answer = await look();
    const isTold = async () => {
      answer = await look();
      return answer.errors.length > 0 || Boolean(answer.data?.viewer);
    };
    await until('the viewer is told', isTold, { within: 5_000 }).catch(() => undefined);
    return answer;
  };
  const told = (registrar: RegistrarView, type: string) =>
    asWorker(network.service('organization').core.worker, (tx) =>
      query<{ data: Record<string, unknown> }>(
        tx,
        `select event->'data' as data from event_log where aggregate_id = $1 and type = $2 order by version`,
        [`registrar:${registrar.id}`, type],
      ),
    );
  const use = (registrar: RegistrarView, day: string) =>
    askOwner(network.service('organization').core.bus, accountUsed, { registrar: registrar.id, day });
  const passwordChanged = (who: string, subject: string, changedAt: string) =>
    network.as<{ recordPasswordChange: { recorded: boolean } }>(
      who,
      `mutation ($input: RecordPasswordChangeInput!) { recordPasswordChange(input: $input) { recorded } }`,
      { input: { idempotencyKey: randomUUID(), subject, changedAt } },
    );
  return { ...operations, tokenOf, viewer, told, use, passwordChanged };
};

/** Asks until the answer is as expected; what a service remembers of an account is at most a second old. */
export const eventually = async (look: () => Promise<unknown>, expected: unknown): Promise<void> => {
  let seen: unknown;
  const isSo = async () => {
    seen = await look();
    return isDeepStrictEqual(seen, expected);
  };
  await until('the answer is as expected', isSo, { within: 5_000 }).catch(() => undefined);
  expect(seen).toEqual(expected);
};
