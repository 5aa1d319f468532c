import { reportPdf, slipPdf } from '#services/complaint-ticket/paper/render.ts';
import type { ReportPaper, SlipPaper } from '#services/complaint-ticket/paper/slip-paper.ts';

const shared: Omit<SlipPaper, 'kind'> = {
  reporter: {
    name: '王建国',
    gender: 'MALE',
    age: 41,
    ethnicGroup: '汉族',
    idDocumentNumber: '140105198503120017',
    phone: '0351-5550123',
  },
  student: {
    name: '王小雨',
    gender: 'FEMALE',
    age: 9,
    ethnicGroup: '汉族',
    idDocumentNumber: '140105201702143326',
    studentNumber: 'G140105201702143326',
  },
  matter:
    '学生随父母迁入本市，已于9月1日提出转学申请，转出学校至今未在系统内核办，也未说明理由。家长多次电话联系，均答复“等通知”。请予核查。',
  issuingUnit: '太原市教育局',
  responsiblePerson: '李明',
  responsiblePhone: '0351-5550456',
  addressedUnit: '小店区教育局',
  handler: '赵强',
  handlerPhone: '0351-5550789',
  issuedOn: '2026-09-18',
  dueOn: '2026-10-09',
  handlingOpinion: null,
  answer: null,
};

/** A slip that is still to be answered. */
export const verification: SlipPaper = { ...shared, kind: 'VERIFICATION' };

/** A slip with its answer. */
export const supervision: SlipPaper = {
  ...shared,
  kind: 'SUPERVISION',
  handlingOpinion:
    '请于时限内督促转出学校核办，并对逾期原因作出说明；确有不予办理理由的，须按规定填写并附证明材料。',
  answer:
    '转出学校已于9月25日核办同意。经查，系学籍管理员更换后交接遗漏所致，已对该校提出批评，并安排新任管理员参加培训。',
};

/** A report under its seal, answered by the ministry. */
export const report: ReportPaper = {
  province: '山西省',
  sealedBy: '山西省教育厅',
  businessContact: { name: '孙丽', unit: '山西省教育厅基础教育处', phone: '0351-5550111' },
  technicalContact: { name: '周洋', unit: '山西省教育信息中心', phone: '0351-5550222' },
  reportedOn: '2026-09-20',
  items: [
    '向河南省转出的学生，系统提示“已在办理中”，而河南省查无此业务，涉及3名学生。',
    '9月15日起，跨省转学的调档步骤时常超时，重试后仍不成功。',
  ],
  acceptor: '郑伟',
  acceptingUnit: '教育管理信息中心',
  acceptedOn: '2026-09-22',
  ministryOpinion: '第1条已交河南省核查；第2条系网络故障，已于9月23日恢复。',
  mailboxes: ['report@example.test'],
  day: '2026-09-20',
};

/** The example papers whose pictures are kept, as PDF. */
export const EXAMPLES = {
  verification: () => slipPdf(verification),
  supervision: () => slipPdf(supervision),
  report: () => reportPdf(report),
} as const;

export type Example = keyof typeof EXAMPLES;
export const NAMES = Object.keys(EXAMPLES) as Example[];

/** Where the picture of an example is kept. */
export const keptPicture = (name: Example): URL => new URL(`kept/${name}.png`, import.meta.url);
