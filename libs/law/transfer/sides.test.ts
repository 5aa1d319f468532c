import { SHANXI } from '../testing/places.ts';
import { lawfulTransfer, transferPupil, withinProvinceTo } from '../testing/transfer.ts';
import { NATION, ofBothSides, type TransferFinding } from './sides.ts';
import { judgeTransferStart } from './transfer.ts';

const secondCase = (): TransferFinding[] =>
  judgeTransferStart(
    lawfulTransfer({ pupil: transferPupil({ openCase: true }) }),
    new Date('2026-09-07T09:00:00+08:00'),
    withinProvinceTo(SHANXI),
  );

describe('findings of two sides', () => {
  it('are told once where the laws say the same, else each for its side', () => {
    const [one] = secondCase();
    if (one === undefined) throw new Error('a second case is refused');
    const { side: _, ...finding } = one;
    const sides = (source: (typeof finding)[], target: (typeof finding)[]) =>
      ofBothSides(source, target).map(({ side, code }) => `${side} ${code}`);
    const other = { ...finding, code: 'OTHER' };
    expect(sides([finding], [finding])).toEqual(['BOTH ACTIVE_CASE_EXISTS']);
    expect(sides([finding], [other])).toEqual(['SOURCE ACTIVE_CASE_EXISTS', 'TARGET OTHER']);
    expect(sides([], [finding])).toEqual(['TARGET ACTIVE_CASE_EXISTS']);
    expect(sides([finding, other], [other])).toEqual(['SOURCE ACTIVE_CASE_EXISTS', 'BOTH OTHER']);
  });

  it('that are the nation’s cite no text of a region', () => {
    expect(secondCase().map(({ side, code }) => `${side} ${code}`)).toEqual(['NATION ACTIVE_CASE_EXISTS']);
    expect(secondCase().flatMap(({ basis }) => basis.map(({ layer }) => layer))).toEqual(['N25', 'NP25']);
    expect(NATION.county).toBeUndefined();
  });
});
