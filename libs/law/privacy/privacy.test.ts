import fc from 'fast-check';
import { breaks, holds } from '#test/support/rules.ts';
import { ELSEWHERE } from '../testing/places.ts';
import { type AccessFacts, judgeAccess, judgePurpose } from './access.ts';
import { judgeRelease, maskAddress, maskMiddle, maskName, maskNumber, maskPhone } from './masking.ts';

const ON = '2026-09-01';
const NOW = new Date('2026-09-01T10:00:00+08:00');
const facts: AccessFacts = {
  range: { lo: 100n, hi: 199n },
  position: 150n,
  studentId: '0198-a',
  fields: ['name'],
  grants: [],
};
const judge = (changes: Partial<AccessFacts>) => judgeAccess({ ...facts, ...changes }, NOW, ON, ELSEWHERE);

describe('the scope of a user', () => {
  it(
    holds('PRV-12', 'it covers the own part of the tree to its ends, and the fields of a running case'),
    () => {
      expect(judge({ position: 100n })).toEqual([]);
      expect(judge({ position: 199n })).toEqual([]);
      const grant = { studentId: '0198-a', fields: ['name', 'grade'], endsAt: new Date(NOW.getTime() + 1) };
      expect(judge({ position: 300n, grants: [grant] })).toEqual([]);
    },
  );

  it(
    breaks('PRV-12', 'beyond it, or with a case that has ended or speaks of less, OUT_OF_JURISDICTION'),
    () => {
      const grant = { studentId: '0198-a', fields: ['name'] };
      for (const changes of [
        { position: 99n },
        { position: 200n },
        { position: 300n, grants: [{ ...grant, endsAt: NOW }] },
        { position: 300n, grants: [grant], fields: ['name', 'birthDate'] },
        { position: 300n, grants: [{ ...grant, studentId: '0198-b' }] },
      ]) {
        expect(judge(changes)).toMatchObject([{ code: 'OUT_OF_JURISDICTION', outcome: 'REJECT' }]);
      }
    },
  );

  it(holds('PRV-13', 'one student is read without, many with a purpose on record'), () => {
    expect(judgePurpose({ students: 1, purpose: null }, ON, ELSEWHERE)).toEqual([]);
    expect(judgePurpose({ students: 500, purpose: '学期核查' }, ON, ELSEWHERE)).toEqual([]);
  });

  it(breaks('PRV-13', 'many at once without a purpose are refused PURPOSE_MISSING'), () => {
    expect(judgePurpose({ students: 2, purpose: ' ' }, ON, ELSEWHERE)).toMatchObject([
      { code: 'PURPOSE_MISSING', outcome: 'REJECT' },
    ]);
  });
});

describe('masking', () => {
  it(holds('PRV-14', 'values come out masked unless the purpose needs them in full'), () => {
    expect(maskNumber('G11010519491231002X')).toBe('G11**************2X');
    expect(maskPhone('13800001234')).toBe('138******34');
    expect(maskName('欧阳样例')).toBe('欧*');
    expect(maskName('')).toBe('');
    expect(maskAddress({ province: '河南省', city: '安阳市', county: '北关区' })).toBe('河南省安阳市北关区');
    expect(judgeRelease({ full: true, purposeNeedsFull: false }, ON, ELSEWHERE)).toEqual({
      show: 'MASKED',
      findings: [],
    });
    expect(judgeRelease({ full: false, purposeNeedsFull: true }, ON, ELSEWHERE).show).toBe('MASKED');
  });

  it(breaks('PRV-14', 'a full value leaves its mark in the access log'), () => {
    expect(judgeRelease({ full: true, purposeNeedsFull: true }, ON, ELSEWHERE)).toMatchObject({
      show: 'FULL',
      findings: [{ code: 'FULL_VALUE_RELEASED', outcome: 'WARN' }],
    });
  });

  it('keeps the length, shows five characters at most and hides a short text wholly', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
        const characters = [...text].map((character) => (character === '*' ? 'x' : character));
        const masked = [...maskMiddle(characters.join(''))];
        expect(masked).toHaveLength(characters.length);
        expect(masked.filter((character) => character !== '*').length).toBeLessThanOrEqual(5);
        if (characters.length > 0) expect(masked).toContain('*');
      }),
    );
    expect(maskMiddle('1234567')).toBe('*******');
    expect(maskMiddle('12345678')).toBe('123***78');
  });
});
