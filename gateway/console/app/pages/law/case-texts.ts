import type { Texts } from '../../language/language.tsx';

/** Words of the form in which a case is put together. */
export const caseTexts = {
  title: ['试办一件事', 'Try a case'],
  subtitle: [
    '只是设想：不查看任何人的记录，也不保存任何内容。未列出的条件视为已具备。',
    'Only thought of: nobody’s record is read and nothing is kept. What is not asked here counts as being in order.',
  ],
  act: ['事项', 'Act'],
  verdict: ['结论', 'Verdict'],
  here: ['结论：所选地区和日期', 'Verdict at the place and day'],
  there: ['结论：与之比较的地区和日期', 'Verdict at the other place and day'],
  compare: ['另选一个地区或日期，可比较同一件事的两个结论。', 'Choose another place or day to compare.'],
  incomplete: ['请填写完整', 'Please fill in every point'],
} satisfies Texts;

export const actTexts = {
  entry: ['入学建籍', 'Registering a pupil'],
  transfer: ['转学', 'Transfer'],
  suspension: ['休学', 'Suspension'],
  withdrawal: ['退学', 'Withdrawal'],
  gradeChange: ['跳级、留级', 'Skipping or repeating'],
  change: ['状态变化', 'Change of status'],
} satisfies Texts;

/** What comes of a case. */
export const verdictTexts = {
  PASSES: ['可以办理', 'It may be done'],
  HELD: ['须由有权单位写明理由决定', 'It waits for a decision with a written reason'],
  REFUSED: ['不得办理', 'It may not be done'],
} satisfies Texts;

/** Points of a case. */
export const pointTexts = {
  grade: ['年级', 'Grade'],
  fullYears: ['入学当年截止日的周岁', 'Full years of age on the cut-off day'],
  season: ['入学季节', 'Season of entry'],
  channel: ['建籍途径', 'Way in'],
  otherProvince: ['户籍在外省', 'The household lies in another province'],
  from: ['转出地区', 'Place that is left'],
  kind: ['业务类型', 'Kind'],
  fromStage: ['转出学段', 'Stage that is left'],
  fromGrade: ['转出年级', 'Grade that is left'],
  toGrade: ['转入年级', 'Receiving grade'],
  status: ['学籍状态', 'Status'],
  appliedOn: ['监护人申请之日', 'The guardian applied on'],
  ground: ['转学原因', 'Ground'],
  proven: ['原因已有证明', 'The ground is proven'],
  meetsLocalRequirements: ['符合转入地有关要求', 'The receiving place’s requirements are met'],
  placeFree: ['有空余学位', 'A place is free'],
  guardianApplied: ['监护人已申请', 'The guardian has applied'],
  papers: ['证明材料齐备', 'The papers are complete'],
  privateSchool: ['转入民办学校', 'Into a private school'],
  underDiscipline: ['受处分期间', 'Under discipline'],
  cause: ['休学原因', 'Cause'],
  missedHours: ['本学期缺课课时', 'Lesson hours missed'],
  termHours: ['本学期总课时', 'Lesson hours of the term'],
  firstDay: ['首日', 'First day'],
  lastDay: ['末日', 'Last day'],
  monthsBefore: ['此前累计休学月数', 'Months suspended before'],
  term: ['首日所在学期', 'Term of the first day'],
  writtenApplication: ['书面申请齐备', 'The written application is there'],
  bySchool: ['由学校提出', 'The school asks for it'],
  graduatingGrade: ['在毕业年级', 'In the graduating grade'],
  illness: ['因重病或意外伤残', 'For serious illness or accident'],
  gradeKind: ['跳级或留级', 'Skipping or repeating'],
  event: ['拟办理', 'What is to happen'],
} satisfies Texts;
