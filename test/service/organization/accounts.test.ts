import { query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { desk, eventually, livedThrough } from './account-life.ts';
import { refusal } from './situation.ts';

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
