import { type Fault, wasFault } from './fault.ts';

const fault: Fault = {
  ...{ reference: 'F-1', unit: '140000', lo: 100, hi: 200, description: '数据传输中断' },
  ...{ beganAt: '2026-09-01T16:30:00.000Z', endedAt: '2026-09-04T02:00:00.000Z' },
  ...{ declaredBy: 'somebody', declaredAt: '2026-09-01T17:00:00.000Z', version: 1 },
};

describe('a fault', () => {
  it('covers the days from its beginning to its end, in Shanghai, at either school', () => {
    for (const on of ['2026-09-02', '2026-09-04']) expect(wasFault(fault, on, [150, 900])).toBe(true);
    for (const on of ['2026-09-01', '2026-09-05']) expect(wasFault(fault, on, [150, 900])).toBe(false);
    expect(wasFault({ ...fault, endedAt: null }, '2027-01-01', [200])).toBe(true);
  });

  it('covers no schools elsewhere', () => {
    expect(wasFault(fault, '2026-09-02', [99, 201])).toBe(false);
    expect(wasFault(fault, '2026-09-02', [99, 100])).toBe(true);
  });
});
