import fc from 'fast-check';
import { type AuditLine, ChainCheck, type Seal, sealOf } from './chain.ts';

const line = (n: number): AuditLine => ({
  id: `0190${String(n).padStart(28, '0')}`,
  caller: `caller-${n % 7}`,
  unit: n % 3 === 0 ? null : '140105',
  operation: 'student',
  purpose: null,
  persons: [`person-${n}`],
  fullValues: n % 5 === 0,
  at: new Date(1_780_000_000_000 + n).toISOString(),
});

type Sealed = { seal: Seal; lines: AuditLine[] };

const sealedLog = (sizes: readonly number[]): Sealed[] => {
  const log: Sealed[] = [];
  let next = 0;
  for (const size of sizes) {
    const lines = Array.from({ length: size }, () => line(next++));
    log.push({
      seal: sealOf(log.at(-1)?.seal, lines, new Date(1_780_000_000_000 + next).toISOString()),
      lines,
    });
  }
  return log;
};

const faultsOf = (log: readonly Sealed[], anchored?: readonly Sealed[]): string[] => {
  const last = anchored?.at(-1)?.seal;
  const check = new ChainCheck(last && { seq: last.seq, hash: last.hash.toString('hex') });
  for (const { seal, lines } of log) check.take(seal, lines);
  check.end();
  return check.faults.map(({ fault }) => fault);
};

const sizes = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 2, maxLength: 6 });
const where = fc.nat(1000);

describe('a sealed access log', () => {
  test('that nobody touched has no fault, however its lines were batched', () => {
    fc.assert(fc.property(sizes, (batches) => expect(faultsOf(sealedLog(batches))).toEqual([])));
  });

  test('shows every edit of a line', () => {
    fc.assert(
      fc.property(sizes, where, where, (batches, at, which) => {
        const log = sealedLog(batches);
        const entry = log[at % log.length];
        const target = entry?.lines[which % (entry?.lines.length ?? 1)];
        if (target !== undefined) target.caller = `${target.caller}!`;
        expect(faultsOf(log)).toContain('LINES_CHANGED');
      }),
    );
  });

  test('shows every line taken out or moved within its batch', () => {
    fc.assert(
      fc.property(sizes, where, fc.boolean(), (batches, at, moves) => {
        const log = sealedLog(batches.map((size) => size + 1));
        const entry = log[at % log.length];
        if (moves) entry?.lines.reverse();
        else entry?.lines.pop();
        expect(faultsOf(log)).toContain('LINES_CHANGED');
      }),
    );
  });

  test('shows a batch whose seal was made anew after its lines were changed', () => {
    fc.assert(
      fc.property(sizes, (batches) => {
        const log = sealedLog(batches);
        const [first] = log;
        if (first === undefined) return;
        first.lines.pop();
        first.seal = sealOf(undefined, first.lines, first.seal.sealedAt);
        expect(faultsOf(log)).toContain('SEAL_CHANGED');
      }),
    );
  });

  test('shows a seal taken out of the middle', () => {
    const log = sealedLog([2, 2, 2]);
    log.splice(1, 1);
    expect(faultsOf(log)).toEqual(['SEAL_MISSING', 'SEAL_CHANGED']);
  });

  test('shows that its end was cut, to who kept the last seal elsewhere', () => {
    const log = sealedLog([2, 2, 2]);
    expect(faultsOf(log.slice(0, 2), log)).toEqual(['CHAIN_SHORTENED']);
  });

  test('shows that all of it was written anew, to who kept a seal elsewhere', () => {
    expect(faultsOf(sealedLog([2, 3, 2]), sealedLog([2, 2, 2]))).toEqual(['CHAIN_REPLACED']);
  });
});
