import { randomUUID } from 'node:crypto';
import { SCOPES, TWO_FACTORS } from '#deploy/demo/identities.ts';
import { accountUsed } from '#libs/contracts/commands/account-used.ts';
import { simulatedClock } from '#libs/platform/clock/clock.ts';
import { ask as askOwner } from '#libs/platform/commands/internal.ts';
import { query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { type RegistrarView, registrarOperations, schoolNamed } from './registrar-operations.ts';
import { refusal, type Situation, startSituation } from './situation.ts';

const scope = Object.values(SCOPES).join(' ');
const SCHOOL = '2114000001';

/** Every test lives in a time of its own: clocks only move forward. */
const livedThrough = (title: string, start: string, work: (network: Situation) => Promise<void>): void => {
  test(title, async () => {
    const network = await startSituation(simulatedClock(start));
    try {
      await work(network);
    } finally {
      await network.stop();
    }
  }, 30_000);
};

const desk = (network: Situation) => {
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
    const end = performance.now() + 5_000;
    for (;;) {
      const answer = await network.graphql<{ viewer: { roles: string[]; allowedActions: string[] } }>(
        'organization',
        token,
        '{ viewer { roles allowedActions } }',
      );
      if (performance.now() > end) return answer;
      if (answer.errors.length > 0 || answer.data?.viewer) return answer;
    }
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
const eventually = async (look: () => Promise<unknown>, expected: unknown): Promise<void> => {
  const end = performance.now() + 5_000;
  let seen: unknown;
  do seen = await look();
  while (JSON.stringify(seen) !== JSON.stringify(expected) && performance.now() < end);
  expect(seen).toEqual(expected);
};

describe('an account unused for half a year', () => {
  livedThrough(
    breaks('ACC-13', 'is sealed on the day, refused at the next request, and unsealed by the next level'),
    '2026-03-02T09:00:00+08:00',
    async (network) => {
      const { inPost, look, allLookedAt, tokenOf, viewer, told, ask, passed, seen } = desk(network);
      const registrar = await inPost({}, 'xiaodian', { hasPassword: false });
      const token = await tokenOf(registrar.subject, ['REGISTRAR']);
      network.clock.moveTo('2026-09-01T23:59:59+08:00');
      await allLookedAt();
      expect(await look('xiaodian', registrar.id)).toMatchObject({ state: 'ACTIVE' });
      network.clock.moveTo('2026-09-02T00:00:00+08:00');
      await allLookedAt();
      const sealed = await look('xiaodian', registrar.id);
      expect(sealed).toMatchObject({
        state: 'SEALED',
        allowedActions: ['TRAIN', 'UNSEAL', 'SUSPEND', 'REPLACE'],
      });
      expect(sealed.findings).toContainEqual({ ruleId: 'ACC-13', outcome: 'REJECT', code: 'ACCOUNT_SEALED' });
      expect(await told(registrar, 'AccountSealed')).toMatchObject([{ data: { lastUsedOn: '2026-03-02' } }]);
      expect(refusal(await viewer(token))).toBe('ACCOUNT_SEALED');
      expect(
        refusal(await ask('taiyuan', 'unsealAccount', { ...seen(sealed), identityCheck: 'IN_PERSON' })),
      ).toBe('OUT_OF_JURISDICTION');
      await passed('xiaodian', 'unsealAccount', { ...seen(sealed), identityCheck: 'IN_PERSON' });
      await network.settled();
      await eventually(async () => (await viewer(token)).data?.viewer?.roles ?? null, ['REGISTRAR']);
      await allLookedAt();
      expect(await look('xiaodian', registrar.id)).toMatchObject({
        state: 'ACTIVE',
        lastUsedOn: '2026-09-02',
      });
    },
  );

  livedThrough(
    holds('ACC-13', 'is not sealed while somebody uses it, and use is noted once a day from any request'),
    '2026-03-02T09:00:00+08:00',
    async (network) => {
      const { inPost, look, allLookedAt, tokenOf, viewer } = desk(network);
      const registrar = await inPost({}, 'xiaodian', { hasPassword: false });
      const token = await tokenOf(registrar.subject, ['REGISTRAR']);
      network.clock.moveTo('2026-08-31T10:00:00+08:00');
      expect((await viewer(token)).errors).toEqual([]);
      await eventually(async () => (await look('xiaodian', registrar.id)).lastUsedOn, '2026-08-31');
      await viewer(token);
      network.clock.moveTo('2027-02-27T10:00:00+08:00');
      await allLookedAt();
      expect(await look('xiaodian', registrar.id)).toMatchObject({ state: 'ACTIVE' });
      const days = await asWorker(network.service('organization').core.worker, (tx) =>
        query(tx, 'select day::text from login_day where registrar_id = $1', [registrar.id]),
      );
      expect(days).toEqual([{ day: '2026-08-31' }]);
      network.clock.moveTo('2027-02-28T10:00:00+08:00');
      await allLookedAt();
      expect(await look('xiaodian', registrar.id)).toMatchObject({ state: 'SEALED' });
    },
  );
});

describe('a password', () => {
  livedThrough(
    breaks('ACC-12', 'past its ninetieth day keeps its holder out until it is changed'),
    '2026-03-02T09:00:00+08:00',
    async (network) => {
      const { inPost, look, allLookedAt, tokenOf, viewer, passwordChanged, told } = desk(network);
      const registrar = await inPost();
      const token = await tokenOf(registrar.subject, ['REGISTRAR']);
      network.clock.moveTo('2026-06-01T00:00:00+08:00');
      await allLookedAt();
      expect(await look('xiaodian', registrar.id)).toMatchObject({ state: 'PASSWORD_DUE' });
      expect(await told(registrar, 'PasswordExpired')).toHaveLength(1);
      expect(refusal(await viewer(token))).toBe('PASSWORD_EXPIRED');
      const changed = await passwordChanged(
        'information-centre',
        registrar.subject,
        '2026-06-01T00:00:00+08:00',
      );
      expect(changed.data?.recordPasswordChange).toEqual({ recorded: true });
      await network.settled();
      await eventually(async () => (await viewer(token)).data?.viewer?.roles ?? null, ['REGISTRAR']);
    },
  );

  livedThrough(
    holds('ACC-12', 'serves to the end of its ninetieth day, and a login without one is asked for none'),
    '2026-03-02T09:00:00+08:00',
    async (network) => {
      const { inPost, look, allLookedAt, passwordChanged } = desk(network);
      const registrar = await inPost();
      const byCertificate = await inPost({}, 'xiaodian', { hasPassword: false });
      network.clock.moveTo('2026-05-31T23:59:59+08:00');
      await allLookedAt();
      expect(await look('xiaodian', registrar.id)).toMatchObject({ state: 'ACTIVE' });
      const told = await passwordChanged(
        'information-centre',
        registrar.subject,
        '2026-05-31T08:00:00+08:00',
      );
      expect(told.data?.recordPasswordChange).toEqual({ recorded: true });
      const older = await passwordChanged(
        'information-centre',
        registrar.subject,
        '2026-05-30T08:00:00+08:00',
      );
      expect(older.data?.recordPasswordChange).toEqual({ recorded: false });
      network.clock.moveTo('2026-08-29T23:59:59+08:00');
      await allLookedAt();
      expect(await look('xiaodian', registrar.id)).toMatchObject({ state: 'ACTIVE' });
      expect(await look('xiaodian', byCertificate.id)).toMatchObject({ state: 'ACTIVE' });
    },
  );

  livedThrough(
    'change is told by the provider or the information centre and nobody else, and never ahead of time',
    '2026-03-02T09:00:00+08:00',
    async (network) => {
      const { passwordChanged } = desk(network);
      for (const who of ['registrar', 'head', 'xiaodian', 'shanxi', 'ministry', 'guardian', 'integrator']) {
        expect(refusal(await passwordChanged(who, 'somebody', '2026-03-01T00:00:00+08:00'))).toBe(
          'OUT_OF_JURISDICTION',
        );
      }
      const unfiled = await passwordChanged('information-centre', 'somebody', '2026-03-01T00:00:00+08:00');
      expect(unfiled.data?.recordPasswordChange).toEqual({ recorded: false });
      expect(
        refusal(await passwordChanged('information-centre', 'somebody', '2026-03-03T00:00:00+08:00')),
      ).toBe('BAD_USER_INPUT');
    },
  );
});

describe('the weekly login', () => {
  livedThrough(
    breaks('ACC-10', 'that is missing is on record from the Monday after, once for each week of term'),
    '2026-03-02T09:00:00+08:00',
    async (network) => {
      const { inPost, look, allLookedAt, use, told } = desk(network);
      const registrar = await inPost({}, 'xiaodian', { hasPassword: false });
      await use(registrar, '2026-03-02');
      network.clock.moveTo('2026-03-23T00:00:00+08:00');
      await allLookedAt();
      const weeks = await told(registrar, 'WeeklyLoginMissing');
      expect(weeks.map(({ data }) => data.weekFrom)).toEqual(['2026-03-09', '2026-03-16']);
      const seen = await look('xiaodian', registrar.id);
      expect(seen.findings).toEqual([{ ruleId: 'ACC-10', outcome: 'RECORD', code: 'WEEKLY_LOGIN_MISSING' }]);
      await allLookedAt();
      expect(await told(registrar, 'WeeklyLoginMissing')).toHaveLength(2);
    },
  );

  livedThrough(
    holds('ACC-10', 'on one day of the week is enough, and weeks of vacation ask for none'),
    '2026-07-06T09:00:00+08:00',
    async (network) => {
      const { inPost, look, allLookedAt, use, told } = desk(network);
      const registrar = await inPost({}, 'xiaodian', { hasPassword: false });
      network.clock.moveTo('2026-08-31T00:00:00+08:00');
      await allLookedAt();
      const inVacation = await told(registrar, 'WeeklyLoginMissing');
      expect(inVacation.filter(({ data }) => String(data.weekFrom) >= '2026-07-20')).toEqual([]);
      network.clock.moveTo('2026-09-13T09:00:00+08:00');
      await use(registrar, '2026-09-04');
      await use(registrar, '2026-09-13');
      network.clock.moveTo('2026-09-14T00:00:00+08:00');
      await allLookedAt();
      const inTerm = await told(registrar, 'WeeklyLoginMissing');
      expect(inTerm.filter(({ data }) => String(data.weekFrom) >= '2026-08-31')).toEqual([]);
      expect((await look('xiaodian', registrar.id)).findings).toEqual([]);
    },
  );
});

describe('the yearly training', () => {
  livedThrough(
    breaks('ACC-03', 'that a year did not bring is on record when the year is over'),
    '2026-03-02T09:00:00+08:00',
    async (network) => {
      const { inPost, allLookedAt, told, look } = desk(network);
      const registrar = await inPost({}, 'xiaodian', { hasPassword: false });
      network.clock.moveTo('2027-01-01T00:00:00+08:00');
      await allLookedAt();
      expect(await told(registrar, 'AnnualTrainingMissing')).toEqual([]);
      network.clock.moveTo('2028-01-01T00:00:00+08:00');
      await allLookedAt();
      expect(await told(registrar, 'AnnualTrainingMissing')).toMatchObject([{ data: { year: 2027 } }]);
      expect((await look('xiaodian', registrar.id)).findings).toContainEqual({
        ruleId: 'ACC-03',
        outcome: 'RECORD',
        code: 'ANNUAL_TRAINING_MISSING',
      });
    },
  );

  livedThrough(
    holds('ACC-03', 'with one day of training in each year nothing is on record'),
    '2026-03-02T09:00:00+08:00',
    async (network) => {
      const { inPost, allLookedAt, told, look, passed, seen } = desk(network);
      const registrar = await inPost({}, 'xiaodian', { hasPassword: false });
      network.clock.moveTo('2027-12-31T09:00:00+08:00');
      const latest = await look('xiaodian', registrar.id);
      await passed('xiaodian', 'recordTraining', { ...seen(latest), trainedOn: '2027-12-31' });
      network.clock.moveTo('2028-01-01T00:00:00+08:00');
      await allLookedAt();
      expect(await told(registrar, 'AnnualTrainingMissing')).toEqual([]);
    },
  );
});

describe('roles and other logins', () => {
  livedThrough(
    breaks('ACC-18', 'a role that the account does not have counts for nothing, whatever the token says'),
    '2026-03-02T09:00:00+08:00',
    async (network) => {
      const { inPost, tokenOf, viewer } = desk(network);
      const registrar = await inPost();
      const { data } = await viewer(
        await tokenOf(registrar.subject, ['REGISTRAR', 'DECISION_MAKER', 'PRINCIPAL']),
      );
      expect(data?.viewer.roles).toEqual(['REGISTRAR']);
      expect(data?.viewer.allowedActions).not.toContain('registrar.nominate');
    },
  );

  livedThrough(
    holds(
      'ACC-18',
      'a suspended, closed or unopened account is refused; a login that is not filed is as before',
    ),
    '2026-03-02T09:00:00+08:00',
    async (network) => {
      const { inPost, tokenOf, viewer, passed, seen, ask } = desk(network);
      const both = await inPost({ roles: ['DECISION_MAKER', 'REGISTRAR'] });
      const token = await tokenOf(both.subject, ['REGISTRAR', 'DECISION_MAKER']);
      expect((await viewer(token)).data?.viewer.roles).toEqual(['REGISTRAR', 'DECISION_MAKER']);
      expect(refusal(await ask('head', 'suspendAccount', { ...seen(both), reason: '理由' }))).toBe(
        'OUT_OF_JURISDICTION',
      );
      const suspended = await passed('taiyuan', 'suspendAccount', {
        ...seen(both),
        reason: '泄露学籍信息，待查',
      });
      await eventually(async () => refusal(await viewer(token)), 'ACCOUNT_SUSPENDED');
      const restored = await passed('taiyuan', 'restoreAccount', { ...seen(suspended), reason: '已查清' });
      await eventually(async () => (await viewer(token)).errors.length, 0);
      await passed('xiaodian', 'replaceRegistrar', seen(restored));
      await eventually(async () => refusal(await viewer(token)), 'ACCOUNT_NOT_OPEN');
      const teacher = await tokenOf(both.subject, ['CLASS_TEACHER']);
      expect((await viewer(teacher)).data?.viewer.roles).toEqual(['CLASS_TEACHER']);
      expect((await network.as('guardian', '{ viewer { name } }')).errors).toEqual([]);
      const elsewhere = await tokenOf(both.subject, ['REGISTRAR'], { school: schoolNamed('迎泽区晨光小学') });
      expect((await viewer(elsewhere)).data?.viewer.roles).toEqual(['REGISTRAR']);
    },
  );
});

describe('figures about the use of accounts', () => {
  type Activity = {
    accounts: number;
    used: number;
    unused: number;
    weeksDue: number;
    weeksMissed: number;
    findings: { ruleId: string }[];
  };
  const figuresOf = async (network: Situation, who: string, place: string) => {
    const answer = await network.as<{ accountActivity: Activity }>(
      who,
      `query ($place: ID!) { accountActivity(month: "2026-03", place: $place) {
         accounts used unused weeksDue weeksMissed findings { ruleId } } }`,
      { place },
    );
    return answer.data?.accountActivity ?? refusal(answer);
  };

  livedThrough(
    holds('ACC-11', 'name no place whose accounts were all in use, nor a month that still runs'),
    '2026-03-02T09:00:00+08:00',
    async (network) => {
      const { inPost, allLookedAt, use } = desk(network);
      const used = await inPost();
      for (const day of ['2026-03-09', '2026-03-16', '2026-03-23']) {
        network.clock.moveTo(`${day}T09:00:00+08:00`);
        await use(used, day);
      }
      const running = { accounts: 1, used: 1, unused: 0, findings: [] };
      expect(await figuresOf(network, 'xiaodian', SCHOOL)).toMatchObject(running);
      network.clock.moveTo('2026-04-01T00:00:00+08:00');
      await allLookedAt();
      expect(await figuresOf(network, 'xiaodian', SCHOOL)).toMatchObject({ ...running, weeksMissed: 0 });
    },
  );

  livedThrough(
    breaks('ACC-11', 'name a place where accounts were unused, and add up over the places below'),
    '2026-03-02T09:00:00+08:00',
    async (network) => {
      const { inPost, allLookedAt, use } = desk(network);
      const figures = (who: string, place: string) => figuresOf(network, who, place);
      const used = await inPost();
      await inPost();
      await use(used, '2026-03-02');
      for (const day of ['2026-03-09', '2026-03-16', '2026-03-23']) {
        network.clock.moveTo(`${day}T09:00:00+08:00`);
        await use(used, day);
      }
      network.clock.moveTo('2026-04-01T00:00:00+08:00');
      await allLookedAt();
      const expected = {
        accounts: 2,
        used: 1,
        unused: 1,
        weeksDue: 6,
        weeksMissed: 3,
        findings: [{ ruleId: 'ACC-11' }],
      };
      for (const [who, place] of [
        ['registrar', SCHOOL],
        ['xiaodian', '140105'],
        ['shanxi', '140000'],
        ['ministry', '000000'],
      ] as const) {
        expect(await figures(who, place)).toEqual(expected);
      }
      expect(await figures('yingze', '140105')).toBe('OUT_OF_JURISDICTION');
      expect(await figures('registrar', '140105')).toBe('OUT_OF_JURISDICTION');
      expect(await figures('yingze', '140106')).toMatchObject({ accounts: 0, findings: [] });
    },
  );
});
