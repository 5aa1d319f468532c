import { breaks, holds } from '#test/support/rules.ts';
import { workingDayCalendar } from '../calendar/working-day-calendar.ts';
import { ELSEWHERE, SHANXI } from '../testing/places.ts';
import { basicGroup, judgeFields } from './field-dictionary.ts';
import { judgeProblemRecord, problemRecordDue } from './problem-record.ts';

const ON = '2026-09-01';
const OWN = [{ name: 'schoolBusLine', province: '140000' }];

describe('registration information', () => {
  it(holds('ID-20', 'basic fields and the filed fields of the own province are known'), () => {
    expect(judgeFields(['name', 'idDocumentNumber', 'schoolBusLine'], OWN, ON, SHANXI)).toEqual([]);
  });

  it(breaks('ID-20', 'a field of another province or of nobody is refused FIELD_NOT_IN_DICTIONARY'), () => {
    expect(judgeFields(['name', 'schoolBusLine', 'bloodType'], OWN, ON, ELSEWHERE)).toMatchObject([
      { code: 'FIELD_NOT_IN_DICTIONARY', path: ['schoolBusLine'] },
      { code: 'FIELD_NOT_IN_DICTIONARY', path: ['bloodType'] },
    ]);
  });

  it(holds('ID-21', 'a basic field belongs to one of the three groups'), () => {
    expect(basicGroup('name')).toBe('RESIDENT_IDENTITY');
    expect(basicGroup('gradeName')).toBe('SCHOOL_IDENTITY');
    expect(basicGroup('currentAddress')).toBe('OTHER_NECESSARY');
  });

  it(breaks('ID-21', 'what belongs to none is not basic'), () => {
    expect(basicGroup('schoolBusLine')).toBeUndefined();
    expect(basicGroup('constructor')).toBeUndefined();
  });
});

describe('a problem record', () => {
  const { dueAt, dueDate } = problemRecordDue(
    new Date('2026-09-01T10:00:00+08:00'),
    ELSEWHERE,
    workingDayCalendar(),
  );

  it(holds('ID-19', 'it is in time until 24:00 of the tenth working day, and when settled'), () => {
    expect(dueDate).toBe('2026-09-15');
    expect(
      judgeProblemRecord({ settled: false, dueAt }, new Date('2026-09-15T23:59:59+08:00'), ELSEWHERE),
    ).toEqual([]);
    expect(
      judgeProblemRecord({ settled: true, dueAt }, new Date('2026-10-20T00:00:00+08:00'), ELSEWHERE),
    ).toEqual([]);
  });

  it(breaks('ID-19', 'from then on it is recorded, and stops nothing'), () => {
    expect(
      judgeProblemRecord({ settled: false, dueAt }, new Date('2026-09-16T00:00:00+08:00'), ELSEWHERE),
    ).toMatchObject([{ code: 'PROBLEM_RECORD_OPEN', outcome: 'RECORD' }]);
  });
});
