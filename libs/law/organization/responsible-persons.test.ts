import { breaks, holds } from '#test/support/rules.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import { type DirectSchoolNoticeFacts, judgeDirectSchoolNotice } from './direct-school-notice.ts';
import { judgeHandlingMode } from './handling-mode.ts';
import { judgeResponsiblePersons } from './responsible-persons.ts';

const ON = '2026-09-01';
const PLACES = [SHANXI, BEIGUAN, ELSEWHERE];

describe('who answers in a school', () => {
  it(holds('ORG-07', 'one principal and at least one registrar are on file in Shanxi'), () => {
    expect(judgeResponsiblePersons({ principals: 1, registrars: 1 }, ON, SHANXI)).toEqual([]);
    expect(judgeResponsiblePersons({ principals: 1, registrars: 4 }, ON, SHANXI)).toEqual([]);
    for (const place of [BEIGUAN, ELSEWHERE]) {
      expect(judgeResponsiblePersons({ principals: 0, registrars: 0 }, ON, place)).toEqual([]);
    }
    expect(judgeResponsiblePersons({ principals: 0, registrars: 0 }, '2026-02-09', SHANXI)).toEqual([]);
  });

  it(breaks('ORG-07', 'no principal, two of them, or no registrar waits'), () => {
    const paths = (principals: number, registrars: number) =>
      judgeResponsiblePersons({ principals, registrars }, ON, SHANXI).map(
        ({ outcome, code, path }) => `${outcome} ${code} ${path?.join()}`,
      );
    const principal = 'HOLD SCHOOL_WITHOUT_RESPONSIBLE_PERSON principal';
    const registrar = 'HOLD SCHOOL_WITHOUT_RESPONSIBLE_PERSON registrar';
    expect(paths(0, 1)).toEqual([principal]);
    expect(paths(2, 1)).toEqual([principal]);
    expect(paths(1, 0)).toEqual([registrar]);
    expect(paths(0, 0)).toEqual([principal, registrar]);
  });
});

describe('the notice of a directly managed school', () => {
  const judge = (changes: Partial<DirectSchoolNoticeFacts>, on = '2027-01-23', place = ELSEWHERE) =>
    judgeDirectSchoolNotice(
      {
        managedBy: 'CITY',
        term: { schoolYear: 2026, season: 'AUTUMN', opensOn: '2026-09-01', closesOn: '2027-01-22' },
        moved: 3,
        notifiedOn: null,
        ...changes,
      },
      on,
      place,
    );

  it(holds('ORG-12', 'reaches the county within the term'), () => {
    for (const place of PLACES) {
      expect(judge({ notifiedOn: '2027-01-22' }, '2027-03-01', place)).toEqual([]);
      expect(judge({}, '2027-01-22', place)).toEqual([]);
      expect(judge({ managedBy: 'COUNTY' }, '2027-03-01', place)).toEqual([]);
      expect(judge({ moved: 0 }, '2027-03-01', place)).toEqual([]);
    }
  });

  it(breaks('ORG-12', 'is on record as missing from the day after the term'), () => {
    for (const place of PLACES) {
      for (const notifiedOn of [null, '2027-01-23']) {
        expect(judge({ notifiedOn, managedBy: 'PROVINCE' }, '2027-01-23', place)).toMatchObject([
          { ruleId: 'ORG-12', outcome: 'RECORD', code: 'DIRECT_SCHOOL_NOTICE_MISSING' },
        ]);
      }
    }
  });
});

describe('the mode of handling', () => {
  it(holds('ORG-18', 'is digital, or traditional for a stated reason'), () => {
    for (const place of PLACES) {
      expect(judgeHandlingMode({ mode: 'DIGITAL', reason: null }, ON, place)).toEqual([]);
      expect(judgeHandlingMode({ mode: 'TRADITIONAL', reason: '停电' }, ON, place)).toEqual([]);
      expect(judgeHandlingMode({ mode: 'OFFLINE_FIRST', reason: null }, ON, place)).toEqual([]);
    }
    expect(judgeHandlingMode({ mode: 'TRADITIONAL', reason: null }, '2025-01-02', ELSEWHERE)).toEqual([]);
  });

  it(breaks('ORG-18', 'traditional handling without a reason is warned of'), () => {
    for (const place of PLACES) {
      for (const reason of [null, ' ']) {
        expect(judgeHandlingMode({ mode: 'TRADITIONAL', reason }, '2026-09-01', place)).toMatchObject([
          { ruleId: 'ORG-18', outcome: 'WARN', code: 'TRADITIONAL_MODE_WITHOUT_REASON' },
        ]);
      }
    }
  });
});
