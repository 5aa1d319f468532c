import { readFile } from 'node:fs/promises';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';
import { fieldsOf } from '#libs/law/certificate/forms.ts';
import { inspectContent } from '#libs/platform/files/content/inspect-content.ts';
import type { CompletionPaper, SchoolingPaper } from '#services/certificate/paper/paper.ts';
import { electronicPdf, paperPdf } from '#services/certificate/paper/render.ts';
import { readPdf, SCALE, scanned } from '#test/support/pictures.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { completion, graduation, incompletion, schooling } from './examples.ts';
import { EXAMPLES, keptPicture, pdfOf } from './kept.ts';

const withoutSpaces = (text: string): string => text.replaceAll(/\s/g, '');
const textOf = async (pdf: Buffer): Promise<string> => withoutSpaces((await readPdf(pdf, 0.1)).text);

/** The texts of stub and body: each begins with the title of the form. */
const partsOf = async (paper: CompletionPaper | SchoolingPaper, title: string) => {
  const [before, stub, body, ...rest] = (await textOf(await paperPdf(paper))).split(title);
  expect([before, rest]).toEqual(['', []]);
  return { stub: stub ?? '', body: body ?? '' };
};

const shared = (paper: CompletionPaper | SchoolingPaper) => ({
  serialPrefix: paper.serialPrefix,
  serialNumber: paper.serialNumber,
  studentName: paper.studentName,
  studentNumber: `学籍号：${paper.studentNumber}`,
  idDocumentNumber: `身份证号：${paper.idDocumentNumber}`,
  nativeProvince: `系${paper.nativeProvince}`,
  nativeCounty: `${paper.nativeCounty}人`,
  handledBy: `经手人：${paper.handledBy}`,
  handledOn: '2026年7月10日',
  responsibleBy: `负责人：${paper.responsibleBy}`,
  responsibleOn: '2026年7月11日',
  stubDate: '2026年7月12日',
  principalSeal: `校长（章）${paper.principal}`,
  schoolSeal: `学校（章）${paper.schoolName}`,
  issuedOn: '2026年7月13日',
});

/** How each field of the forms is read on the examples. */
const F4: Record<string, string> = {
  ...shared(completion),
  certificateKind: '结业证明书',
  gender: '性别男',
  studiedFrom: '从2023年9月至',
  studiedTo: '至2026年7月在我校学习',
  reason: `因${completion.reason}，`,
};
const F5: Record<string, string> = {
  ...shared(schooling),
  gender: '性别女',
  studiedFrom: '从2019年9月至',
  studiedTo: '至2022年7月在我校学习',
  graduatedOn: '于2022年7月在我校毕业',
  originalCertificateNumber: `原毕业证书号码${schooling.originalCertificateNumber}号`,
  schoolingYears: '学制3年',
};

const lacking = (text: string, fields: readonly string[], words: Record<string, string>): string[] =>
  fields.filter((field) => !text.includes(words[field] ?? `no words for ${field}`));

describe('a certificate of completion on paper', () => {
  it(
    holds('CRT-06', 'carries every field of form F4 in its part, and stub and body the same number'),
    async () => {
      const { stub, body } = await partsOf(completion, '山西省普通高中结业证明书');
      const words = { ...F4, certificateKind: '发给结业证明书' };
      expect(lacking(stub, fieldsOf('COMPLETION', 'STUB'), words)).toEqual([]);
      expect(lacking(body, fieldsOf('COMPLETION', 'BODY'), words)).toEqual([]);
      const serial = `晋结证字第${completion.serialNumber}号`;
      expect(stub.startsWith(`存根${serial}`)).toBe(true);
      expect(stub.split(serial)).toHaveLength(3);
      expect(body.startsWith(serial)).toBe(true);
      expect(stub).toContain('（校章）');
    },
  );

  it(breaks('CRT-06', 'does not tell the reason to whoever sees the body'), async () => {
    const { stub, body } = await partsOf(completion, '山西省普通高中结业证明书');
    const onStubAlone = fieldsOf('COMPLETION', 'STUB').filter(
      (field) => !fieldsOf('COMPLETION', 'BODY').includes(field),
    );
    expect(onStubAlone).toContain('reason');
    expect(lacking(body, onStubAlone, F4)).toEqual(onStubAlone);
    expect(lacking(stub, ['principalSeal', 'schoolSeal', 'issuedOn'], F4)).toHaveLength(3);
  });

  it('bears the name of its kind, and is marked when it is a copy from the stub', async () => {
    const text = await textOf(await paperPdf(incompletion));
    expect(text).toContain('肄业证明书');
    expect(text).not.toContain('结业');
    expect(text).toContain('副本（据存根出具）');
    expect(await textOf(await paperPdf(completion))).not.toContain('副本');
  });
});

describe('a certificate of schooling on paper', () => {
  it(holds('CRT-12', 'carries every field of form F5 in its part, joined by words and number'), async () => {
    const { stub, body } = await partsOf(schooling, '山西省中小学生学历证明书');
    expect(lacking(stub, fieldsOf('SCHOOLING', 'STUB'), F5)).toEqual([]);
    expect(lacking(body, fieldsOf('SCHOOLING', 'BODY'), F5)).toEqual([]);
    expect(stub.split(`晋毕证字第${schooling.serialNumber}号`)).toHaveLength(3);
  });

  it('has the place for the seal that brings it into effect, and keeps the length of schooling to the stub', async () => {
    const { body } = await partsOf(schooling, '山西省中小学生学历证明书');
    expect(body).toContain(`主管教育行政部门验印${schooling.authorityName}`);
    expect(body).toContain('经主管教育行政部门验印后，具有与毕业证书同等效力');
    expect(body).not.toContain('学制');
  });
});

describe('what the record does not say', () => {
  it('leaves its place on the paper empty', async () => {
    const bare = { studentNumber: null, idDocumentNumber: null, nativeProvince: null, nativeCounty: null };
    const text = await textOf(await paperPdf({ ...completion, ...bare, reason: null, principal: null }));
    expect(text).toContain('（学籍号：身份证号：），性别男，系人，从');
    expect(text).toContain('学习，因，发给结业证明书');
    expect(text).not.toContain('null');
  });
});

describe('a character that the type lacks', () => {
  it('has a box with its code point at its place, and a note in both parts that says which it is', async () => {
    const { stub, body } = await partsOf(incompletion, '山西省普通高中肄业证明书');
    for (const part of [stub, body]) {
      expect(part).toContain('U+20BB7（⿱土口）');
      expect(part).toMatch(/麦麦提图尔荪·20BB7克孜勒苏/);
    }
  });

  it('is named by its code point alone while nobody has described it', async () => {
    const text = await textOf(await electronicPdf({ ...graduation, holderName: '李𪚥' }));
    expect(text).toContain(withoutSpaces('依次为 U+2A6A5，以登记的编码为准'));
  });

  it('is no reason for a note where there is none', async () => {
    expect(await textOf(await paperPdf(completion))).not.toContain('U+');
  });
});

describe('the page of an electronic certificate', () => {
  it('carries the least data, and says that the signed document has the force', async () => {
    const text = await textOf(await electronicPdf(graduation));
    for (const value of [graduation.holderName, graduation.schoolName, graduation.number, '2026年7月毕业']) {
      expect(text).toContain(value);
    }
    expect(text).toContain('普通高中');
    expect(text).toContain('与纸质证书同时使用，具有同等效力');
    expect(text).toContain('以带电子签名的证书文件为准');
    for (const word of ['学籍号', '身份证', '性别', '出生']) expect(text).not.toContain(word);
  });

  it('bears the name and the words of its kind', async () => {
    const completed = await textOf(await electronicPdf({ ...graduation, kind: 'COMPLETION' }));
    expect(completed).toMatch(/^结业证明书.*学习期满，于2026年7月结业/);
    const ended = await textOf(await electronicPdf({ ...graduation, kind: 'INCOMPLETION', stage: 'SENIOR' }));
    expect(ended).toMatch(/^肄业证明书.*于2026年7月肄业/);
  });
});

describe('a paper as PDF', () => {
  it.each(EXAMPLES)('looks like the kept picture: %s', async (name) => {
    const { picture } = await readPdf(await pdfOf(name), SCALE);
    const kept = PNG.sync.read(await readFile(keptPicture(name)));
    expect([picture.width, picture.height]).toEqual([kept.width, kept.height]);
    const different = pixelmatch(picture.data, kept.data, undefined, kept.width, kept.height, {
      threshold: 0.1,
    });
    expect(different).toBeLessThanOrEqual(20);
  });

  it.each(EXAMPLES)('has a code that leads to the public check by number: %s', async (name) => {
    const { picture } = await readPdf(await pdfOf(name), 2);
    expect(scanned(picture)).toBe({ completion, incompletion, schooling, graduation }[name].checkAddress);
  });

  it('is the same to the byte for the same paper', async () => {
    for (const name of EXAMPLES) expect((await pdfOf(name)).equals(await pdfOf(name))).toBe(true);
  });

  it('is a paper that the registry would take in: without scripts, actions, forms and attachments', async () => {
    for (const name of EXAMPLES)
      expect(await inspectContent(await pdfOf(name), 'application/pdf')).toBeUndefined();
  });

  it('is tagged and in Chinese, and its metadata name the kind of paper and nobody', async () => {
    const file = (await paperPdf(completion)).toString('latin1');
    expect(file).toMatch(/\/Marked true/);
    expect(file).toMatch(/\/Lang \(zh-CN\)/);
    const title = Buffer.from('\uFEFF山西省普通高中结业证明书', 'utf16le').swap16().toString('latin1');
    const unescaped = file.replaceAll(/\\([\\()])/g, '$1');
    expect(unescaped).toContain(title);
    for (const secret of [completion.studentName, completion.handledBy, completion.schoolName]) {
      expect(unescaped).not.toContain(Buffer.from(secret, 'utf16le').swap16().toString('latin1'));
    }
    expect(file).not.toContain(completion.idDocumentNumber);
    expect(file).not.toContain('/JavaScript');
  });
});
