import type { Texts } from '../../language/language.tsx';

export const texts = {
  title: ['统计任务', 'A long question'],
  beyond: ['没有现成的统计表，不能即时统计', 'No table is kept for this: it cannot be told at once'],
  why: [
    '同时选择两项以上属性的，须逐名学生统计（COST_ESTIMATED_TOO_EXPENSIVE）。可提交统计任务，完成后在本页显示；只留一项属性即可立即显示。',
    'Two attributes or more are counted pupil by pupil (COST_ESTIMATED_TOO_EXPENSIVE). Ask for it as a job, and the result appears here; with one attribute alone it is shown at once.',
  ],
  nowOnly: [
    '统计任务只统计现在的人数，不能选择往日',
    'A job counts pupils as they are now, not of an earlier day',
  ],
  ask: ['提交统计任务', 'Ask as a job'],
  purpose: ['用途（不写学生信息，记入访问日志）', 'What for; goes on record, no pupil’s data'],
  cancel: ['取消任务', 'End the job'],
  progress: ['进度', 'Progress'],
  state: ['状态', 'State'],
  counted: ['已统计学生', 'Pupils counted'],
  requestedAt: ['提交时间', 'Asked'],
  finishedAt: ['结束时间', 'Ended'],
  asked: ['用途', 'What for'],
  unit: ['提交单位', 'Asked by'],
  failed: ['未能完成，请重新提交', 'Nothing came of it; ask again'],
  ended: ['任务已取消', 'The job was ended'],
  differs: [
    '统计期间有学生变动，合计与即时统计的总数不一致',
    'Pupils moved while they were counted: the sum is not that of the kept counts',
  ],
} satisfies Texts;
