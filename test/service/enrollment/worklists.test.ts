import { type GraphAnswer, type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks } from '#test/support/rules.ts';
import { type Counter, counterOf, otherTaiyuanPrimary, taiyuanPrimary } from './counter.ts';
import { girl } from './pupils.ts';

/** What waits for whom, and what an authority makes of a whole school at once. */
describe('the work that waits', () => {
  let registry: Registry;
  let counter: Counter;

  beforeAll(async () => {
    registry = await startRegistry();
    counter = counterOf(registry);
  });
  afterAll(() => registry?.stop());

  const school = taiyuanPrimary;
  const person = (id: string): string => id.slice(0, 36);

  describe('a whole school', () => {
    const other = otherTaiyuanPrimary;
    const decideAll = (more: Record<string, unknown> = {}) =>
      counter.decide('yingze', 'APPROVE', [], { registrations: null, allPendingOfSchool: other, ...more });
    const statusOf = async (id: string): Promise<string | undefined> => {
      const [row] = await counter.rows<{ status: string }>(
        'enrollment',
        'select status from enrollment where person_id = $1 and enrollment_id = $2',
        [person(id), id.slice(37)],
      );
      return row?.status;
    };

    test(
      breaks('ENR-08', 'is approved without those whom something holds, and each of them is listed'),
      async () => {
        const good = await counter.registered(other, girl(60));
        const young = await counter.registered(other, girl(61, { birthDate: '2020-09-01' }));
        const { results } = await decideAll({ reason: '同意' });
        expect(results.find(({ id }) => id === young.id)?.findings).toMatchObject([
          { ruleId: 'ENR-01', outcome: 'HOLD', code: 'UNDER_SIX' },
          { ruleId: 'ENR-08', code: 'HELD_NOT_DECIDED_TOGETHER' },
        ]);
        expect([await statusOf(good.id), await statusOf(young.id)]).toEqual([
          'IN_SCHOOL',
          'PENDING_APPROVAL',
        ]);
        const alone = await counter.decide('yingze', 'APPROVE', [young], { reason: '双胞胎姐姐同校' });
        expect(alone.decided).toBe(1);
      },
    );

    test('is approved as it was seen: what came in after that waits', async () => {
      const seen = await counter.registered(other, girl(62));
      const sentBack = await counter.registered(other, girl(63));
      const { results } = await counter.decide('yingze', 'RETURN', [sentBack], { reason: '照片不清晰' });
      registry.clock.moveTo('2026-09-02T09:10:00+08:00');
      const late = await counter.registered(other, girl(64));
      await counter.resubmit(other, results[0]?.enrollment ?? sentBack, '已补充');
      await decideAll({ seenUntil: '2026-09-02T09:05:00+08:00' });
      const statuses = [await statusOf(seen.id), await statusOf(late.id), await statusOf(sentBack.id)];
      expect(statuses).toEqual(['IN_SCHOOL', 'PENDING_APPROVAL', 'PENDING_APPROVAL']);
      await decideAll();
      expect([await statusOf(late.id), await statusOf(sentBack.id)]).toEqual(['IN_SCHOOL', 'IN_SCHOOL']);
    });

    test('is the only thing of which one says until when it was seen', async () => {
      const { errors } = await counter.tryDecide('yingze', 'APPROVE', [], {
        seenUntil: '2026-09-02T09:00:00+08:00',
      });
      expect(errors.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
    });
  });

  describe('the lists of what is to be done', () => {
    type Page = {
      edges: { node: { id: string } }[];
      pageInfo: { hasNextPage: boolean; endCursor: string };
    };
    const listed = async (who: string, filter: Record<string, unknown>) => {
      const answer = await counter.ask<{
        enrollments: { edges: { node: { id: string; status: string } }[] };
      }>(
        who,
        `query ($filter: EnrollmentFilter) {
          enrollments(filter: $filter, first: 200) { edges { node { id status refusalGround } } } }`,
        { filter },
      );
      return counter.answered(answer).enrollments.edges.map(({ node }) => node);
    };

    test('an authority’s own is what waits for its decision, a school’s what was sent back to it', async () => {
      const sent = await counter.registered(school, girl(70));
      await counter.decide('xiaodian', 'RETURN', [sent], { reason: '户口簿不清晰' });
      const waiting = await counter.registered(school, girl(71));
      const ofSchool = await listed(school, { mine: true });
      expect(new Set(ofSchool.map(({ status }) => status))).toEqual(new Set(['RETURNED_TO_SCHOOL']));
      expect(ofSchool.map(({ id }) => id)).toContain(sent.id);
      const ofCounty = await listed('xiaodian', { mine: true });
      expect(new Set(ofCounty.map(({ status }) => status))).toEqual(new Set(['PENDING_APPROVAL']));
      expect(ofCounty.map(({ id }) => id)).toContain(waiting.id);
      for (const above of ['taiyuan', 'shanxi']) expect(await listed(above, { mine: true })).toEqual([]);
    });

    test('what is one’s own has its state already: another state is an error of the request', async () => {
      const { errors } = await counter.ask(
        'xiaodian',
        `{ enrollments(filter: { mine: true, status: [IN_SCHOOL] }) { edges { cursor } } }`,
      );
      expect(errors.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
    });

    test('refusals are found by their state, with their ground, page by page, and in no other list', async () => {
      const refused: string[] = [];
      for (const sequence of [72, 72, 73]) {
        const waiting = await counter.registered(school, girl(sequence));
        await counter.decide('xiaodian', 'REFUSE', [waiting], {
          reason: '已随家长迁走',
          ground: 'NOT_ATTENDING',
        });
        await registry.settled();
        refused.push(waiting.id);
      }
      const all = await listed('xiaodian', { status: ['REFUSED'] });
      expect(all.map(({ id }) => id)).toEqual(expect.arrayContaining(refused));
      expect(all.find(({ id }) => id === refused[0])).toMatchObject({ refusalGround: 'NOT_ATTENDING' });
      const paged: string[] = [];
      for (let after: string | null = null, more = true; more; ) {
        const answer: GraphAnswer<{ enrollments: Page }> = await counter.ask(
          'xiaodian',
          `query ($after: String) { enrollments(filter: { status: [REFUSED] }, first: 1, after: $after) {
            edges { node { id } } pageInfo { hasNextPage endCursor } } }`,
          { after },
        );
        const page: Page = counter.answered(answer).enrollments;
        paged.push(...page.edges.map(({ node }) => node.id));
        after = page.pageInfo.endCursor;
        more = page.pageInfo.hasNextPage;
      }
      expect(paged).toEqual(all.map(({ id }) => id));
      const current = await listed('xiaodian', {});
      for (const id of refused) expect(current.map((each) => each.id)).not.toContain(id);
    });
  });
});
