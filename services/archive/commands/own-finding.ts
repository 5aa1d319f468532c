import { ownFinding } from '#libs/law/own-finding.ts';

export const archiveNotOpen = ownFinding({
  code: 'ARCHIVE_NOT_OPEN',
  message: '学籍尚未核准，学籍档案尚未建立。',
  messageEn: 'The registration is not approved yet and no archive has been opened.',
  path: ['student'],
  remedy: '请待学籍核准、档案建立后办理。',
});

export const archiveKeptElsewhere = ownFinding({
  code: 'ARCHIVE_KEPT_ELSEWHERE',
  message: '学籍档案不由本单位保管，不能办理。',
  messageEn: 'The archive is kept by another unit.',
  path: ['student'],
  remedy: '请由保管单位办理；转入本校的，请先接收档案。',
});

export const nothingToHandOver = ownFinding({
  code: 'NOTHING_TO_HAND_OVER',
  message: '该档案不在待转出状态。',
  messageEn: 'Nobody waits for this archive, or it is on its way already.',
  path: ['student'],
  remedy: '请核对转接进程。',
});

export const nothingToAccept = ownFinding({
  code: 'NOTHING_TO_ACCEPT',
  message: '该档案尚未转出至本单位。',
  messageEn: 'The archive has not been passed on to this unit.',
  path: ['student'],
  remedy: '请联系保管单位转出。',
});

export const dayAhead = ownFinding({
  code: 'DAY_AHEAD',
  message: '日期不能晚于今天。',
  messageEn: 'The day lies ahead.',
  path: ['occurredOn'],
  remedy: '请核对日期。',
});

export const endsTooEarly = ownFinding({
  code: 'ENDS_TOO_EARLY',
  message: '期满或撤销日期不能早于处分决定日期。',
  messageEn: 'A measure does not end before it was decided.',
  path: ['endsOn'],
  remedy: '请核对日期。',
});

export const measureUnknown = ownFinding({
  code: 'MEASURE_UNKNOWN',
  message: '没有该处分记录，或已撤销。',
  messageEn: 'There is no such measure, or it was revoked already.',
  path: ['entry'],
  remedy: '请核对记录序号。',
});

export const entryUnknown = ownFinding({
  code: 'ENTRY_UNKNOWN',
  message: '没有所要更正的记录。',
  messageEn: 'There is no such entry to correct.',
  path: ['corrects'],
  remedy: '请核对记录序号。',
});

export const matterUnknown = ownFinding({
  code: 'MATTER_UNKNOWN',
  message: '档案中没有该项变动。',
  messageEn: 'The archive tells of no such matter.',
  path: ['matter'],
  remedy: '请从档案记录中选择材料所属的变动；与变动无关的，不填。',
});

export const notHousehold = ownFinding({
  code: 'NOT_HOUSEHOLD_COUNTY',
  message: '本单位不是该生户籍所在地县级教育行政部门，或尚未收到辍学通报，不能调取。',
  messageEn: 'The unit is not the county of the household, or has not been told of a dropout.',
  path: ['student'],
  remedy: '请由收到辍学通报的户籍所在地县级教育行政部门调取。',
  ownerLevel: 'COUNTY',
});

export const calledAlready = ownFinding({
  code: 'ARCHIVE_CALLED_ALREADY',
  message: '该档案已经调取。',
  messageEn: 'The archive has been called for already.',
  path: ['student'],
  remedy: '请等待保管单位转出。',
  ownerLevel: 'COUNTY',
});

export const archiveGoesElsewhere = ownFinding({
  code: 'ARCHIVE_GOES_ELSEWHERE',
  message: '该档案正随学籍转接，不能调取。',
  messageEn: 'The archive is following the registration to another unit.',
  path: ['student'],
  remedy: '请与接收学校联系。',
  ownerLevel: 'COUNTY',
});
