import { ownFinding } from '#libs/law/own-finding.ts';

export const attendanceKnown = ownFinding({
  code: 'ATTENDANCE_ALREADY_REPORTED',
  message: '本校已登记该生就读，尚未办理转学。',
  messageEn: 'This school has reported this pupil already.',
  path: ['student'],
  remedy: '请查看已有登记，并尽快发起转学。',
});

export const attendsLater = ownFinding({
  code: 'ATTENDANCE_DATED_LATER',
  message: '登记的日期晚于今天。',
  messageEn: 'The day is later than today.',
  path: ['since'],
  remedy: '请填写实际日期。',
});

export const attendsBeforeStage = ownFinding({
  code: 'ATTENDANCE_DATED_TOO_EARLY',
  message: '登记的日期早于学生进入本学段的时间。',
  messageEn: 'The day is before the pupil entered the stage.',
  path: ['since'],
  remedy: '请核对日期的年份。',
});

export const leftEarlier = ownFinding({
  code: 'ATTENDANCE_DATES_WRONG',
  message: '离校日期早于就读日期，或晚于今天。',
  messageEn: 'The pupil left before coming, or later than today.',
  path: ['leftOn'],
  remedy: '请核对日期。',
});

export const attendanceEnded = ownFinding({
  code: 'ATTENDANCE_ENDED',
  message: '该登记已办结。',
  messageEn: 'This attendance has ended.',
  path: ['attendance'],
  remedy: '请刷新后查看办理结果。',
});

export const contestedForReason = ownFinding({
  code: 'CONTEST_REASON_MISSING',
  message: '学籍所在学校否认该登记的，须说明情况。',
  messageEn: 'The school that has the registration says why the attendance is not so.',
  path: ['note'],
  remedy: '请写明学生实际就读情况。',
});

export const notSpecial = ownFinding({
  code: 'NOT_BETWEEN_SPECIAL_AND_ORDINARY',
  message: '学籍留在原校仅适用于残疾学生在特教学校与普通学校随班就读之间互转。',
  messageEn:
    'The registration stays only of a disabled pupil who moves between a special school and an inclusive class.',
  path: ['registrationStays'],
  remedy: '请核对学生残疾信息和双方学校类别；不属于该情形的，请发起转学。',
});

/** Where a pupil is specially taught is told by the original school alone, and stands in no list (ENR-22, ARC-19). */
export const toldByOriginalSchool = ownFinding({
  code: 'TOLD_BY_ORIGINAL_SCHOOL',
  message: '专门学校就读由原学校登记，学籍仍在原学校。',
  messageEn:
    'A stay at a specialised school is entered by the original school, where the registration stays.',
  path: ['student'],
  remedy: '请联系原学校在学籍中登记；本校无须登记。',
});
