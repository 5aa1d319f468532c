import { breaks, holds } from '#test/support/rules.ts';
import { desk, eventually, livedThrough, SCHOOL } from './account-life.ts';
import { schoolNamed } from './registrar-operations.ts';
import { refusal, type Situation } from './situation.ts';

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
