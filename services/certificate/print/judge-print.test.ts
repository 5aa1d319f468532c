import { judgePrint, type PrintFacts } from './judge-print.ts';

const facts = (changes: Partial<PrintFacts> = {}): PrintFacts => ({
  ...{ kind: 'COMPLETION', state: 'ISSUED', copies: 0, prints: 0, reason: null },
  ...changes,
});
const codes = (changes: Partial<PrintFacts>) => judgePrint(facts(changes)).map(({ code }) => code);

describe('a paper', () => {
  it('is printed once, and once for each copy', () => {
    expect(codes({})).toEqual([]);
    expect(codes({ prints: 1 })).toEqual(['PRINTED_ALREADY']);
    expect(codes({ prints: 1, copies: 1 })).toEqual([]);
    expect(codes({ prints: 2, copies: 1 })).toEqual(['PRINTED_ALREADY']);
  });

  it('is printed again for a reason', () => {
    expect(codes({ prints: 3, reason: '打印机卡纸' })).toEqual([]);
  });

  it('is printed before its seal, which comes onto the paper, and never after a revocation', () => {
    expect(codes({ kind: 'SCHOOLING', state: 'DRAFTED' })).toEqual([]);
    expect(codes({ state: 'REVOKED' })).toEqual(['NOT_TO_PRINT']);
    expect(codes({ state: 'REVOKED', reason: '再印' })).toEqual(['NOT_TO_PRINT']);
  });

  it('of graduation is the authority’s own', () => {
    expect(codes({ kind: 'GRADUATION' })).toEqual(['PRINTED_BY_AUTHORITY']);
  });
});
