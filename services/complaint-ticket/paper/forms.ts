import type { Form } from './pages.ts';
import type { PersonOnPaper, ReportPaper, SlipPaper } from './slip-paper.ts';
import type { Row } from './table.ts';

const dayInWords = (day: string | null): string | null => {
  if (day === null) return null;
  const [year, month, date] = day.split('-').map(Number);
  return `${year}年${month}月${date}日`;
};

const genderOf = (person: PersonOnPaper | null): string | null =>
  person?.gender ? { MALE: '男', FEMALE: '女' }[person.gender] : null;

/** Name, gender, age and ethnic group of somebody. */
const personRow = (label: string, person: PersonOnPaper | null): Row => [
  { label, value: person?.name ?? null, share: [6, 6] },
  { label: '性别', value: genderOf(person), share: [2.4, 2.4] },
  { label: '年龄', value: person?.age ?? null, share: [2.4, 2.4] },
  { label: '民族', value: person?.ethnicGroup ?? null, share: [2.4, 4] },
];

const unitRow = (
  [unit, person]: [string, string],
  values: [unit: string, person: string | null, phone: string | null],
): Row => [
  { label: unit, value: values[0], share: [4, 7.4] },
  { label: person, value: values[1], share: [3, 4.6] },
  { label: '联系电话', value: values[2], share: [3.6, 5.4] },
];

const VERIFICATION = {
  title: '中小学生学籍管理问题核查单',
  reporter: '问题反映人姓名',
  matter: '所反映事项（由交办单位填写）',
  issuer: ['交办单位', '责任人'] as [string, string],
  addressee: ['核查单位', '承办人'] as [string, string],
  issuedOn: '交办时间',
  answer: '经核实的情况（由核查单位填写）',
};

const SUPERVISION: typeof VERIFICATION = {
  title: '中小学生学籍管理问题督办单',
  reporter: '反映问题人姓名',
  matter: '反映事项',
  issuer: ['督办单位', '责任人'],
  addressee: ['承办单位', '承办人'],
  issuedOn: '督办时间',
  answer: '办理情况（承办单位填写）',
};

/** Forms F7 and F8 (annexes 3 and 4 of the notice of 2016): verification and supervision slip. */
export const slipForm = (paper: SlipPaper): Form => {
  const words = paper.kind === 'VERIFICATION' ? VERIFICATION : SUPERVISION;
  const { reporter, student } = paper;
  return {
    title: words.title,
    day: paper.issuedOn,
    head: null,
    parts: [
      personRow(words.reporter, reporter),
      [
        { label: '身份证号', value: reporter?.idDocumentNumber ?? null, share: [4, 9.5] },
        { label: '联系电话', value: reporter?.phone ?? null, share: [4, 10.5] },
      ],
      personRow('学生姓名', student),
      [
        { label: '学生学籍号', value: student?.studentNumber ?? null, share: [4, 9.5] },
        { label: '学生身份证号', value: student?.idDocumentNumber ?? null, share: [4, 10.5] },
      ],
      { label: words.matter, text: paper.matter },
      unitRow(words.issuer, [paper.issuingUnit, paper.responsiblePerson, paper.responsiblePhone]),
      unitRow(words.addressee, [paper.addressedUnit, paper.handler, paper.handlerPhone]),
      [
        { label: words.issuedOn, value: dayInWords(paper.issuedOn), share: [4, 10] },
        { label: '完成时限', value: dayInWords(paper.dueOn), share: [4, 10] },
      ],
      ...(paper.kind === 'SUPERVISION' ? [{ label: '办理意见', text: paper.handlingOpinion }] : []),
      { label: words.answer, text: paper.answer },
    ],
    notes: [],
  };
};

const contactRow = (label: string, contact: ReportPaper['businessContact']): Row => [
  { label, value: contact?.name ?? null, share: [4.6, 4.4] },
  { label: '单位', value: contact?.unit ?? null, share: [2.4, 8] },
  { label: '电话', value: contact?.phone ?? null, share: [2.4, 6.2] },
];

/** Form F6 (annex 2 of the notice of 2016): a province's report to the ministry; its mailboxes are configuration. */
export const reportForm = (paper: ReportPaper): Form => ({
  title: '中小学生学籍管理问题报告单',
  day: paper.day,
  head: `省份：${paper.province}（盖章）${paper.sealedBy ?? ''}`,
  parts: [
    contactRow('业务联系人', paper.businessContact),
    contactRow('技术联系人', paper.technicalContact),
    [{ label: '报送时间', value: dayInWords(paper.reportedOn), share: [4.6, 23.4] }],
    {
      label: '问题描述（有多个问题请分条列出）',
      text: paper.items.map((item, index) => `${index + 1}．${item}`).join('\n'),
    },
    [
      { label: '教育部受理人', value: paper.acceptor, share: [4.6, 4.4] },
      { label: '受理单位', value: paper.acceptingUnit, share: [3.4, 7] },
      { label: '受理时间', value: dayInWords(paper.acceptedOn), share: [3.4, 5.2] },
    ],
    { label: '处理意见', text: paper.ministryOpinion },
  ],
  notes: [
    '说明：',
    '1. 问题报告单需省级教育行政部门盖章后报教育部基础教育一司或教育部教育管理信息中心。',
    '2. 报送问题较多的，“问题描述”部分可另附页。',
    `3. 问题报告单及附件需另以电子格式报送${paper.mailboxes.length > 0 ? `至：${paper.mailboxes.join('，')}。` : '。'}`,
  ],
});
