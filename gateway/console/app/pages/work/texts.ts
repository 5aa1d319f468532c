import type { Texts } from '../../language/language.tsx';
import type { TaskKind } from './task.ts';

export const texts = {
  title: ['待办', 'Work'],
  waiting: ['等待本单位办理', 'Waiting for my unit'],
  filter: ['按种类筛选', 'Filter by kind'],
  all: ['全部', 'All'],
  kind: ['种类', 'Kind'],
  state: ['事项', 'Matter'],
  student: ['学生', 'Student'],
  place: ['学校或单位', 'School or unit'],
  due: ['期限', 'Due'],
  noDue: ['不计时限', 'No clock'],
  open: ['办理', 'Open'],
  beginRegistration: ['新生建籍', 'Register a pupil'],
  beginTransfer: ['办理转入', 'Take a pupil in'],
  beginImport: ['导入采集表', 'Import collection forms'],
  certificates: ['毕业信息和证书', 'Outcomes and certificates'],
  enterClue: ['登记未建学籍儿童', 'Enter a child without a registration'],
  draftReport: ['拟报告单', 'Draft a report to the ministry'],
  handOverTickets: ['移交工单', 'Hand over tickets'],
  contacts: ['投诉受理渠道', 'Contacts for complaints'],
  reload: ['刷新', 'Reload'],
  nothing: ['没有等待本单位办理的事项', 'Nothing waits for your unit'],
  nothingForYou: ['您的账号没有待办清单', 'Your account has no worklist'],
  more: [
    '每个种类只列最早的100件，办结后依次补上',
    'Of every kind the first 100 are listed; others follow as these are done',
  ],
} satisfies Texts;

export const kindTexts = {
  REGISTRATION: ['学籍核准', 'Registration'],
  CHANGE: ['学籍变动', 'Change of registration'],
  TRANSFER: ['转学', 'Transfer'],
  APPLICATION: ['转学申请', 'Application for a transfer'],
  HAND_OVER: ['档案转接', 'Archive handover'],
  KEY_CHANGE: ['关键信息修改', 'Key information'],
  UPDATE: ['信息更新', 'Information update'],
  PROBLEM: ['问题学籍', 'Problem record'],
  DROPOUT: ['控辍保学', 'Dropout'],
  TICKET: ['投诉和工单', 'Complaint or slip'],
  DELETION: ['删除学籍号', 'Deletion of a number'],
  CORRECTION: ['责令改正', 'Order to correct'],
  OUTCOMES: ['毕业信息审核', 'Outcomes of study'],
  ISSUE: ['证书发放', 'Issue of certificates'],
  STATEMENT: ['学历证明书验印', 'Seal of a certificate of schooling'],
} satisfies Record<TaskKind, Texts[string]>;
