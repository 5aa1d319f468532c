import { isRuleId, type RuleId } from '../rule-id.ts';
import { CATALOGUE, CHAPTERS, catalogueRule, chapterOf } from './catalogue.ts';
import { RULE_IDS } from './ids.ts';

describe('the catalogue of rules', () => {
  it('holds 287 rules of the registry and nine of preschool, chapter by chapter', () => {
    const counts = Object.fromEntries(
      Object.entries(CHAPTERS).map(([code, { rules }]) => [code, rules.length]),
    );
    expect(counts).toEqual({
      ID: 33,
      ORG: 29,
      ENR: 70,
      TRF: 54,
      ARC: 25,
      CRT: 14,
      TKT: 17,
      ACC: 18,
      PRV: 16,
      STA: 11,
      PRE: 9,
    });
  });

  it('numbers every chapter without gaps and in order', () => {
    for (const [code, { rules }] of Object.entries(CHAPTERS)) {
      expect(rules.map(({ id }) => id)).toEqual(
        rules.map((_, at) => `${code}-${String(at + 1).padStart(2, '0')}`),
      );
    }
  });

  it('lists the same ids in the union type and in the chapters', () => {
    expect(CATALOGUE.map(({ id }) => id)).toEqual([...RULE_IDS]);
  });

  it('cites an article for every text that states a rule, and never a text twice', () => {
    for (const { id, layers } of CATALOGUE) {
      expect({ id, layers: layers.length }).not.toEqual({ id, layers: 0 });
      expect(new Set(layers.map(({ layer }) => layer)).size).toBe(layers.length);
      for (const { articles } of layers) {
        expect({ id, articles: articles.filter(Boolean).length }).not.toEqual({ id, articles: 0 });
        for (const article of articles) expect(article).not.toMatch(/[?¶§]/);
      }
    }
  });

  it('says what each rule is about and what follows a breach', () => {
    for (const rule of CATALOGUE) {
      expect(rule.title).toMatch(/\p{Script=Han}/u);
      expect(rule.titleEn).not.toBe('');
      expect(rule.statement).not.toBe('');
      expect(rule.outcomes.length).toBeGreaterThan(0);
      for (const code of rule.codes) expect(code).toMatch(/^[A-Z][A-Z0-9_]+$/);
    }
  });

  it('names an enforcer for every rule that is more than a duty', () => {
    const nobody = CATALOGUE.filter(({ enforcedBy }) => enforcedBy.length === 0).map(({ id }) => id);
    expect(nobody).toEqual(['ORG-16', 'ORG-24', 'TKT-17', 'ACC-09', 'PRE-09']);
  });

  it('knows ids and chapters and refuses what is none', () => {
    expect(isRuleId('ENR-70')).toBe(true);
    expect(isRuleId('ENR-71')).toBe(false);
    expect(chapterOf('PRE-09')).toBe('PRE');
    expect(() => catalogueRule('ENR-71' as RuleId)).toThrow(RangeError);
  });
});
