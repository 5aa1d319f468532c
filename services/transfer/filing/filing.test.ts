import type { CaseFinding } from '../cases/own-finding.ts';
import { beforeStart, type Filing, heldFiling } from './filing.ts';

const finding = (ruleId: CaseFinding['ruleId'], outcome: CaseFinding['outcome']): CaseFinding => ({
  ...{ ruleId, outcome, code: 'CODE', message: '说明', messageEn: 'words', remedy: '办法' },
  ...{ ownerLevel: 'COUNTY', basis: [] },
});
const filing: Filing = {
  ...{ nature: 'OTHER', dataChecked: true, proofsChecked: true, filedBy: 'registrar' },
  ...{ filedAt: '2026-09-02T01:00:00.000Z', filedOn: '2026-09-02', findings: [finding('TRF-46', 'HOLD')] },
};

describe('a filing', () => {
  it('waits for a written reason of the bureau where the law holds it up', () => {
    expect(heldFiling(filing, null)).toEqual([finding('TRF-46', 'REJECT')]);
    expect(heldFiling(filing, '  ')).toHaveLength(1);
    expect(heldFiling(filing, '情况紧急')).toEqual([]);
    expect(heldFiling({ ...filing, findings: [] }, null)).toEqual([]);
  });

  it('is made and decided in the summer stop, which is about the start alone', () => {
    const [stop, other] = [finding('TRF-08', 'REJECT'), finding('TRF-01', 'REJECT')];
    expect(beforeStart([stop, other])).toEqual([other]);
  });
});
