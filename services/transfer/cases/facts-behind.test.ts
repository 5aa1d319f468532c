import { shanghaiDate } from '#libs/law/dates.ts';
import { lawfulTransfer, receivingSchool, sendingSchool, transferPupil } from '#libs/law/testing/transfer.ts';
import { at, IN_SHANXI, START, seniors } from '#libs/law/testing/transfer-start.ts';
import type { TransferStartFacts } from '#libs/law/transfer/start-facts.ts';
import { judgeTransferStart } from '#libs/law/transfer/transfer.ts';
import { factsBehind } from './facts-behind.ts';

const behind = (changes: Partial<TransferStartFacts>, code: string, when = START) => {
  const facts = lawfulTransfer(changes);
  const found = judgeTransferStart(facts, when, IN_SHANXI).find((each) => each.code === code);
  if (found === undefined) throw new Error(`No ${code}`);
  return factsBehind(found, facts, shanghaiDate(when)).map(
    ({ fact, side, value }) => `${fact} ${side} ${value}`,
  );
};

describe('behind a blocker', () => {
  test('of a full grade stand its pupils, the places that are held and its size', () => {
    const full = { grade: { enrolled: 44, reserved: 1, capacity: 45 } };
    expect(behind({ target: receivingSchool({ seats: full }) }, 'NO_PLACE_AVAILABLE')).toEqual([
      'SEATS null 44+1/45',
    ]);
  });

  test('of a class that is full stand those of the class', () => {
    const seats = {
      grade: { enrolled: 44, reserved: 1, capacity: 90 },
      schoolClass: { enrolled: 45, reserved: 0, capacity: 45 },
    };
    expect(behind({ target: receivingSchool({ seats }) }, 'NO_PLACE_AVAILABLE')).toEqual([
      'SEATS null 45+0/45',
    ]);
  });

  test('of a suspended pupil stands the status', () => {
    expect(behind({ pupil: transferPupil({ status: 'SUSPENDED' }) }, 'SUSPENDED')).toEqual([
      'STATUS null SUSPENDED',
    ]);
  });

  test('of an admission area stand the counties and areas of both schools, without the code of their place', () => {
    const area = { admissionArea: '140100 太原市城区招生区' };
    const { source, target } = lawfulTransfer(seniors());
    const both = { source: { ...source, ...area }, target: { ...target, ...area } };
    expect(behind({ ...seniors(), ...both }, 'SAME_ADMISSION_AREA')).toEqual([
      `COUNTY SOURCE ${source.county}`,
      `COUNTY TARGET ${target.county}`,
      'ADMISSION_AREA SOURCE 太原市城区招生区',
      'ADMISSION_AREA TARGET 太原市城区招生区',
    ]);
  });

  test('of a day of application that comes too late stand that day and the term of the receiving school', () => {
    const late = behind({ appliedOn: '2026-10-20' }, 'OUTSIDE_ACCEPTANCE_WINDOW', at('2026-10-21T09:00:00'));
    expect(late[0]).toBe('APPLICATION_DAY null 2026-10-20');
    expect(late[1]).toMatch(/^TERM TARGET 2026-09-0\d\/2027-01-\d\d$/);
  });

  test('of another grade stand the grades of both schools, whichever side’s law says so', () => {
    expect(behind({ source: sendingSchool({ grade: 4 }) }, 'GRADE_CHANGE_FORBIDDEN')).toEqual([
      'GRADE SOURCE PRIMARY 4',
      'GRADE TARGET PRIMARY 3',
    ]);
  });
});
