import { breaks, holds } from '#test/support/rules.ts';
import { refusal, type Situation, startSituation } from './situation.ts';

let network: Situation;
beforeAll(async () => {
  network = await startSituation();
});
afterAll(() => network?.stop());

type Rule = { id: string; basis: { layer: string; document: string; article: string }[] };
const law = `query ($region: ID!, $on: Date, $chapter: String) {
  law(region: $region, on: $on, chapter: $chapter) { id basis { layer document article inForceFrom inForceTo } } }`;

const layersAt = async (region: string, on?: string): Promise<Set<string>> => {
  const { data, errors } = await network.as<{ law: Rule[] }>(null, law, { region, on });
  expect(errors).toEqual([]);
  return new Set(data?.law.flatMap(({ basis }) => basis.map(({ layer }) => layer)));
};

describe('law of a place and a day, public to everybody', () => {
  test(holds('ORG-25', 'the Shanxi rules of 2026 bind in Shanxi from 10 February 2026'), async () => {
    expect(await layersAt('140105', '2026-02-10')).toContain('SX26');
    expect(await layersAt('140105', '2031-02-09')).toContain('SX26');
  });

  test(breaks('ORG-25', 'the day before they do not bind yet, and after five years no longer'), async () => {
    expect(await layersAt('140105', '2026-02-09')).not.toContain('SX26');
    expect(await layersAt('140105', '2031-02-10')).not.toContain('SX26');
  });

  test(holds('ORG-27', 'a province’s rules reach its cities, counties and development zones'), async () => {
    for (const region of ['140000', '140100', '140105', '140171']) {
      expect(await layersAt(region, '2026-11-02')).toContain('SX26');
    }
    expect(await layersAt('410503', '2026-11-02')).toContain('BG');
  });

  test(
    breaks('ORG-27', 'they reach no other province, and a district’s rules no other district'),
    async () => {
      expect(await layersAt('410503', '2026-11-02')).not.toContain('SX26');
      expect(await layersAt('410502', '2026-11-02')).not.toContain('BG');
      expect(await layersAt('000000', '2026-11-02')).toEqual(new Set(['N13', 'N16', 'N25', 'NP25', 'OURS']));
    },
  );

  test('without a day it is the law of today', async () => {
    expect(await layersAt('140105')).toContain('SX26');
  });

  test('a chapter narrows it; an unknown chapter or region is refused', async () => {
    const { data } = await network.as<{ law: Rule[] }>(null, law, { region: '140105', chapter: 'ORG' });
    expect(data?.law.every(({ id }) => id.startsWith('ORG-'))).toBe(true);
    expect(data?.law.length).toBeGreaterThan(10);
    expect(refusal(await network.as(null, law, { region: '140105', chapter: 'X' }))).toBe('BAD_USER_INPUT');
    expect(refusal(await network.as(null, law, { region: '999999' }))).toBe('BAD_USER_INPUT');
  });

  test('one rule is told by its id, with every text that ever stated it', async () => {
    const rule = `query ($id: ID!) { rule(id: $id) { id title titleEn statement outcome codes enforcedBy
      basis { layer document article inForceFrom inForceTo } } }`;
    const { data, errors } = await network.as<{ rule: unknown }>(null, rule, { id: 'ENR-28' });
    expect(errors).toEqual([]);
    expect(data?.rule).toMatchObject({
      id: 'ENR-28',
      title: '升级',
      outcome: 'REJECT',
      codes: ['PROMOTION_IS_CENTRAL'],
      enforcedBy: ['enrollment'],
      basis: [{ layer: 'N13', inForceTo: '2025-01-02' }, { layer: 'N16' }, { layer: 'N25' }],
    });
    expect((await network.as<{ rule: unknown }>(null, rule, { id: 'XXX-1' })).data?.rule).toBeNull();
  });
});
