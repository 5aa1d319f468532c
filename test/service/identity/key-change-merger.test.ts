import { authorityDesks } from '#test/service/enrollment/case-desk.ts';
import { taiyuanPrimary } from '#test/service/enrollment/counter.ts';
import { type Merging, mergingOf } from '#test/service/enrollment/merging.ts';
import { girl } from '#test/service/enrollment/pupils.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { type Change, county, type KeyDesk, keyDeskOf, school } from './key-desk.ts';

const city = authorityDesks('140100', 'CITY');
const from = '2026-09-21';

/** A school of the county ends in one of the city while the county has a change of key information before it. */
describe('a change of key information whose school goes on under another authority', () => {
  let registry: Registry;
  let keys: KeyDesk;
  let merging: Merging;
  let standing: string;
  let change: Change;

  beforeAll(async () => {
    registry = await startRegistry();
    keys = keyDeskOf(registry);
    merging = mergingOf(registry);
    standing = await merging.create({ name: '市直试验小学', managedBy: 'CITY' }, 'taiyuan');
    const { student } = await keys.pupil(girl(1));
    const asked = await keys.after(keys.request(student.id, { name: '样例改名' }));
    const confirmed = await keys.after(keys.decide(school.head, asked, 'APPROVE'));
    change = await keys.after(keys.handle(county.registrar, confirmed));
    await merging.merge({ standing, ending: [taiyuanPrimary], from }, 'taiyuan');
    await registry.settled();
    await registry.clock.moveTo(`${from}T00:00:00+08:00`);
    await registry.settled();
    await keys.counter.until(
      'the school of the county has ended',
      async () => (await merging.school(taiyuanPrimary)).state === 'MERGED',
    );
    await registry.settled();
  });
  afterAll(() => registry?.stop());

  test(breaks('ORG-11', 'is not the former authority’s to decide any more'), async () => {
    expect(change.steps.at(-1)).toMatchObject({ party: 'AUTHORITY', unit: '140105' });
    const answer = await keys.list(county.head, {});
    expect(answer.data?.keyInformationChanges.edges ?? []).toEqual([]);
  });

  test(
    holds('ORG-11', 'waits for the authority of the school that stands, which handles it anew'),
    async () => {
      const now = await keys.change(city.registrar, change.id);
      expect(now.steps.at(-1)).toMatchObject({ party: 'AUTHORITY', unit: '140100', handledAt: null });
      expect(now.allowedActions).toContain('HANDLE');
      const handled = await keys.after(keys.handle(city.registrar, now));
      const decided = await keys.after(keys.decide(city.head, handled, 'APPROVE'));
      expect(['RECHECKING', 'APPLIED']).toContain(decided.state);
      await registry.settled();
    },
  );
});
