import { requestOf } from './change-draft.ts';

type Asked = { from: string; reached: boolean; missedHours: number };

test('a request is whole once everything is there that it cannot do without; a no is an answer', () => {
  expect(requestOf<Asked>({ from: '' }, ['from'])).toBeUndefined();
  expect(requestOf<Asked>({ from: '2026-11-01' }, ['from', 'reached'])).toBeUndefined();
  expect(requestOf<Asked>({ from: '2026-11-01', reached: false }, ['from', 'reached'])).toEqual({
    ...{ from: '2026-11-01', reached: false, evidence: [] },
  });
});

test('a paper goes along when it is said what it is, without its name', () => {
  const evidence = [
    { upload: '1', name: '病历.pdf', kind: 'HOSPITAL_RECORD', issuerLevel: 'COUNTY' },
    { upload: '2', name: '其他.pdf' },
  ];
  expect(requestOf({ evidence }, [])).toEqual({
    evidence: [{ upload: '1', kind: 'HOSPITAL_RECORD', issuerLevel: 'COUNTY' }],
  });
});

test('how it was handled is said where it did not come in digitally', () => {
  expect(requestOf({ handling: { mode: 'DIGITAL' } }, [])).toEqual({ evidence: [] });
  expect(requestOf({ handling: { mode: 'OFFLINE_FIRST', reason: '故障' } }, [])).toEqual({
    ...{ evidence: [], handling: { mode: 'OFFLINE_FIRST', reason: '故障' } },
  });
});
