import { type Duration, months, parameter } from './parameter.ts';

/** Parameters of archives and certificates. */
export const ARCHIVE_PARAMETERS = {
  archiveEstablishWithin: parameter<Duration>({
    rules: ['ARC-01'],
    title: '建立学籍档案时限',
    titleEn: 'time from entry to open the archive',
    values: [
      { layer: 'N25', value: months(2), article: '建立更新第1段' },
      { layer: 'N13', value: months(1), article: '第七条第一款', to: '2025-01-02' },
      { layer: 'SX26', value: months(2), article: '第九条第一款' },
      { layer: 'BG', value: months(1), article: '第五条', relation: 'SOFT' },
    ],
  }),
  newPaperArchive: parameter<'NECESSARY' | 'CATEGORIES_1_2_3_5' | 'NOT_IN_PRINCIPLE'>({
    rules: ['ARC-05', 'ARC-06'],
    title: '新建纸质档案',
    titleEn: 'new archives on paper',
    values: [
      { layer: 'N25', value: 'NOT_IN_PRINCIPLE', article: '建立更新第2段' },
      { layer: 'N13', value: 'NECESSARY', article: '第八条第二款', to: '2025-01-02' },
      { layer: 'SX26', value: 'NOT_IN_PRINCIPLE', article: '第五条' },
      {
        layer: 'BG',
        value: 'CATEGORIES_1_2_3_5',
        article: '第七条第三款',
        to: '2025-01-02',
        relation: 'NARROWS',
      },
    ],
  }),
  archiveTransferWithin: parameter<Duration>({
    rules: ['ARC-10'],
    title: '学籍档案转出时限',
    titleEn: 'time from the hand-over of the registration to pass the archive on',
    values: [{ layer: 'N13', value: months(1), article: '第十五条' }],
  }),
  completionCertificateIssuer: parameter<'AUTHORITY' | 'SCHOOL_AFTER_REVIEW'>({
    rules: ['CRT-06', 'CRT-08'],
    title: '结业、肄业证书的发放主体',
    titleEn: 'who issues certificates of completion and incompletion',
    values: [
      { layer: 'N25', value: 'AUTHORITY', article: '变动管理第9段' },
      { layer: 'SX26', value: 'SCHOOL_AFTER_REVIEW', article: '第四十一条', relation: 'NARROWS' },
    ],
  }),
  lostGraduationCertificate: parameter<'SCHOOLING_CERTIFICATE'>({
    rules: ['CRT-10'],
    title: '毕业证书遗失的处理',
    titleEn: 'what replaces a lost graduation certificate',
    values: [{ layer: 'SX26', value: 'SCHOOLING_CERTIFICATE', article: '第四十三条' }],
    silent: { value: 'SCHOOLING_CERTIFICATE', why: 'as in Shanxi' },
  }),
} as const;
