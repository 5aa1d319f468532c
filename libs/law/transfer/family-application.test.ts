import { breaks, holds } from '#test/support/rules.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import {
  againstApplication,
  checksOfSchool,
  isArrangedByCounty,
  judgeArrangementRequest,
} from './family-application.ts';

const ON = '2026-09-07';
const found = (code: string, outcome: 'REJECT' | 'HOLD' | 'WARN') => ({ code, outcome });

describe('what stands against a family’s application', () => {
  test('is what is rejected whoever asks; what may be gone by the start only waits', () => {
    const judged = [
      found('GRADE_CHANGE_FORBIDDEN', 'REJECT'),
      found('TRANSFER_INITIATION_SUSPENDED', 'REJECT'),
      found('CROSS_PROVINCE_STUDY_WINDOW_CLOSED', 'REJECT'),
      found('NO_PLACE_AVAILABLE', 'REJECT'),
      found('CASE_ALREADY_RUNNING', 'REJECT'),
      found('OUTSIDE_ACCEPTANCE_WINDOW', 'HOLD'),
      found('COUNTY_ARRANGEMENT_REQUESTED', 'WARN'),
    ];
    expect(againstApplication(judged).map(({ outcome }) => outcome)).toEqual([
      ...['REJECT', 'HOLD', 'HOLD', 'HOLD', 'HOLD', 'HOLD', 'WARN'],
    ]);
  });

  test('leaves everything else as the law says it', () => {
    const judged = [{ ...found('SUSPENDED', 'REJECT'), message: '休学' }];
    expect(againstApplication(judged)).toEqual(judged);
  });
});

describe('what the receiving school looks at', () => {
  test('is registration data, the reason and a place, and what its province asks beside them', () => {
    const asked = ['REGISTRATION_INFO', 'REASON_PROOF', 'FREE_PLACE'];
    expect(checksOfSchool('PRIMARY', ON, SHANXI)).toEqual([...asked, 'LOCAL_REQUIREMENTS']);
    expect(checksOfSchool('SENIOR', ON, SHANXI)).toEqual([...asked, 'COMPARABLE_LEVEL']);
    expect(checksOfSchool('PRIMARY', ON, ELSEWHERE)).toEqual(asked);
  });
});

describe('the county that arranges a school', () => {
  test(holds('TRF-10', 'is asked in Shanxi, in compulsory education, once the school is full'), () => {
    expect(isArrangedByCounty('JUNIOR', ON, SHANXI)).toBe(true);
    expect(judgeArrangementRequest({ stage: 'JUNIOR', schoolIsFull: true }, ON, SHANXI)).toEqual([]);
  });

  test(breaks('TRF-10', 'is not asked while the school has a place, nor where no text provides it'), () => {
    expect(judgeArrangementRequest({ stage: 'PRIMARY', schoolIsFull: false }, ON, SHANXI)).toMatchObject([
      { ruleId: 'TRF-10', outcome: 'REJECT', code: 'SCHOOL_NOT_FULL' },
    ]);
    expect(isArrangedByCounty('SENIOR', ON, SHANXI)).toBe(false);
    expect(isArrangedByCounty('PRIMARY', ON, BEIGUAN)).toBe(false);
    expect(isArrangedByCounty('PRIMARY', ON, ELSEWHERE)).toBe(false);
  });
});
