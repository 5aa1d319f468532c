import { fileURLToPath } from 'node:url';
import { catalogueRule } from '#libs/law/catalogue/catalogue.ts';
import { RULE_IDS } from '#libs/law/catalogue/ids.ts';
import type { RuleId } from '#libs/law/rule-id.ts';
import { type Evidence, evidenceIn, judgeCoverage, ruleCoverage } from './coverage.ts';
import { coverageTable } from './coverage-table.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const source = (path: string, text: string) => ({ path, text });
const judge = (id: RuleId, evidence: Partial<Evidence>, services: string[] = ['identity', 'enrollment']) =>
  judgeCoverage(
    catalogueRule(id),
    { where: [], stated: [], awaited: [], left: [], holds: [], breaks: [], ...evidence },
    (name) => services.includes(name),
  );

describe('the evidence for a rule', () => {
  it('is every statement and every mark in the sources, by file and line', () => {
    const found = evidenceIn(
      [
        source(
          'a.ts',
          "x;\nfinding('ID-01', {});\nfindingIfInForce(\n  'ID-02', {});\nenforces('ID-03',\n 'ID-04');",
        ),
      ],
      [],
    );
    expect(Object.fromEntries([...found].map(([id, { where }]) => [id, where]))).toEqual({
      'ID-01': ['a.ts:2'],
      'ID-02': ['a.ts:3'],
      'ID-03': ['a.ts:5'],
      'ID-04': ['a.ts:5'],
    });
  });

  it('is no other word and no other call', () => {
    const found = evidenceIn(
      [source('a.ts', "myfinding('ID-01'); basisOf('ID-02'); 'ID-03'; refinding('ID-04')")],
      [],
    );
    expect(found.size).toBe(0);
  });

  it('stands apart where nothing that runs reaches it', () => {
    const found = evidenceIn(
      [source('a.ts', "finding('ID-01');\nfinding('ID-02');")],
      [],
      (path, offset) => path === 'a.ts' && offset === 0,
    );
    expect(found.get('ID-01')).toMatchObject({ where: ['a.ts:1'], stated: [] });
    expect(found.get('ID-02')).toMatchObject({ where: [], stated: ['a.ts:2'] });
  });

  it('is each side of a test that runs', () => {
    const found = evidenceIn(
      [],
      [
        source(
          'a.test.ts',
          "it(holds('ID-01', 'a'), f);\nit(\n  breaks('ID-01', 'b'), f);\nit.skip(holds('ID-02', 'c'), f);\nxit(breaks('ID-02', 'd'), f);\ntest.todo(holds('ID-03', 'e'));",
        ),
      ],
    );
    expect(found.get('ID-01')).toEqual({
      where: [],
      stated: [],
      awaited: [],
      left: [],
      holds: ['a.test.ts:1'],
      breaks: ['a.test.ts:2'],
    });
    expect(found.has('ID-02')).toBe(false);
    expect(found.has('ID-03')).toBe(false);
  });
});

describe('the status of a rule', () => {
  const where = ['a.ts:1'];
  const holds = ['a.test.ts:1'];
  const breaks = ['a.test.ts:2'];

  it('is enforced with a place in the sources and tests of both sides', () => {
    expect(judge('ID-01', { where, holds, breaks })).toMatchObject({
      status: 'enforced',
      where,
      tests: ['a.test.ts:1', 'a.test.ts:2'],
    });
  });

  it('is open when any of the three is missing, and says which', () => {
    expect(judge('ID-01', { where, holds })).toMatchObject({
      status: 'open',
      why: expect.stringContaining('breach'),
    });
    expect(judge('ID-01', { where, breaks })).toMatchObject({
      status: 'open',
      why: expect.stringContaining('lawful'),
    });
    expect(judge('ID-01', { where })).toMatchObject({
      status: 'open',
      why: expect.stringContaining('no test'),
    });
    expect(judge('ID-01', { holds, breaks })).toMatchObject({ status: 'open' });
    expect(judge('ID-01', {})).toMatchObject({ status: 'open', why: 'Nothing enforces it yet.' });
  });

  it('is open where only the law states it, however well it is tested, and says so', () => {
    for (const id of ['ID-01', 'ORG-01'] as const) {
      expect(
        judge(id, { stated: where, holds, breaks }, ['identity', 'organization', 'statistics']),
      ).toMatchObject({
        status: 'open',
        where,
        why: 'Stated in libs/law, called by no service.',
      });
    }
  });

  it('is open where a part is left open, however much of the rest is enforced, and says what', () => {
    const text = "leavesOpen('ENR-24', 'nobody asks for it');\nfinding('ENR-24', {});";
    const found = evidenceIn([{ path: 'libs/law/a.ts', text }], []);
    expect(found.get('ENR-24')).toMatchObject({ left: ['nobody asks for it'] });
    expect(judge('ENR-24', { where, holds, breaks, left: ['nobody asks for it'] })).toMatchObject({
      ...{ status: 'open', where, why: 'Enforced in part: nobody asks for it.' },
    });
  });

  it('is policy only for a duty that nothing enforces', () => {
    expect(judge('ORG-01', {}, []).status).toBe('policy');
    expect(judge('ORG-01', { where }, []).status).toBe('open');
    expect(judge('ORG-11', {}, ['organization']).status).toBe('open');
  });

  it('waits for a service for which a stand-in answers, whatever states it', () => {
    const found = evidenceIn(
      [
        { path: 'services/transfer/a.ts', text: "standsInFor('archive', 'TRF-40');\nfinding('TRF-40', {});" },
        { path: 'services/transfer/b.ts', text: "finding('TRF-02', {});" },
      ],
      [],
    );
    expect(found.get('TRF-40')).toMatchObject({ awaited: ['archive'] });
    expect(found.get('TRF-02')).toMatchObject({ awaited: [] });
    const all = { where, holds, breaks, awaited: ['archive'] };
    expect(judge('TRF-40', all, ['transfer'])).toMatchObject({
      status: 'waiting:archive',
      why: expect.stringContaining('stand-in'),
    });
    expect(judge('TRF-40', all, ['transfer', 'archive']).status).toBe('enforced');
  });

  it('waits for the service that owns it', () => {
    expect(judge('TRF-08', {}).status).toBe('waiting:transfer');
    expect(judge('TRF-08', {}, ['transfer']).status).toBe('open');
    expect(judge('ID-19', {}).status).toBe('open');
  });

  it('waits, where the law is stated already, for the service that acts on it last', () => {
    const stated = { stated: where, holds, breaks };
    expect(judge('TRF-08', stated).status).toBe('waiting:transfer');
    expect(judge('ENR-31', stated, ['enrollment']).status).toBe('waiting:transfer');
    expect(judge('ENR-31', stated, ['enrollment', 'transfer']).status).toBe('open');
  });
});

describe('the coverage of this tree', () => {
  const coverage = ruleCoverage(root);

  it('has a line for every rule', () => {
    expect(coverage.map(({ id }) => id)).toEqual([...RULE_IDS]);
    for (const { why } of coverage) expect(why).toMatch(/\.$/);
  });

  it('finds both sides of the rules that services keep, by the law, by their own code or by their tables', () => {
    const enforced = new Set(coverage.filter(({ status }) => status === 'enforced').map(({ id }) => id));
    const own: RuleId[] = [
      'ID-01',
      'ID-05',
      'ID-17',
      'ID-23',
      'ORG-25',
      'ORG-27',
      'ENR-03',
      'ENR-28',
      'PRV-15',
      'STA-08',
    ];
    for (const id of own) expect({ id, enforced: enforced.has(id) }).toEqual({ id, enforced: true });
  });

  it('points at lines that name the rule', () => {
    for (const { id, where } of coverage) {
      for (const place of where) expect(place).toMatch(/^(libs|services|gateway)\/[\w./-]+\.ts:\d+$/);
      expect(where.some((place) => place.startsWith('libs/law/catalogue/'))).toBe(false);
      expect(id).toMatch(/^[A-Z]+-\d\d$/);
    }
  });

  it('adds up in the table', () => {
    const line = coverageTable(coverage)
      .split('\n')
      .find((each) => each.trim().startsWith('all'));
    const [rules, ...parts] = line?.match(/\d+/g)?.map(Number) ?? [];
    expect(rules).toBe(RULE_IDS.length);
    expect(parts.reduce((total, count) => total + count, 0)).toBe(rules);
  });
});
