import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';
import { inspectContent } from '#libs/platform/files/content/inspect-content.ts';
import { reportPdf, slipPdf } from '#services/complaint-ticket/paper/render.ts';
import { readPdf, SCALE } from '#test/support/pictures.ts';
import { holds } from '#test/support/rules.ts';
import { EXAMPLES, keptPicture, NAMES, report, supervision, verification } from './examples.ts';

const withoutSpaces = (text: string): string => text.replaceAll(/\s/g, '');

/** The text of every page. */
const textsOf = async (pdf: Buffer): Promise<string[]> => {
  const { pages } = await readPdf(pdf, 0.1);
  const texts: string[] = [];
  for (let at = 0; at < pages; at++) texts.push(withoutSpaces((await readPdf(pdf, 0.1, at)).text));
  return texts;
};
const textOf = async (pdf: Buffer): Promise<string> => (await textsOf(pdf)).join('');

const shared = [
  ...['王建国', '性别男', '年龄41', '民族汉族', '140105198503120017', '0351-5550123'],
  ...['学生姓名王小雨', '性别女', '年龄9', '学生学籍号G140105201702143326', '学生身份证号140105201702143326'],
  ...['责任人李明', '联系电话0351-5550456', '承办人赵强', '联系电话0351-5550789', '完成时限2026年10月9日'],
];

describe('the three slips on paper', () => {
  it(holds('TKT-10', 'show every field of the verification slip (form F7)'), async () => {
    const text = await textOf(await slipPdf({ ...verification, answer: '属实' }));
    const own = [
      ...['中小学生学籍管理问题核查单', '问题反映人姓名王建国', '所反映事项（由交办单位填写）学生随父母迁入'],
      ...['交办单位太原市教育局', '核查单位小店区教育局', '交办时间2026年9月18日'],
      '经核实的情况（由核查单位填写）属实',
    ];
    for (const words of [...shared, ...own]) expect(text).toContain(words);
  });

  it(holds('TKT-11', 'show every field of the supervision slip (form F8)'), async () => {
    const text = await textOf(await slipPdf(supervision));
    const own = [
      ...['中小学生学籍管理问题督办单', '反映问题人姓名王建国', '反映事项学生随父母迁入'],
      ...['督办单位太原市教育局', '承办单位小店区教育局', '督办时间2026年9月18日'],
      ...['办理意见请于时限内', '办理情况（承办单位填写）转出学校已于'],
    ];
    for (const words of [...shared, ...own]) expect(text).toContain(words);
  });

  it(holds('TKT-05', 'show every field of the report slip, with its seal (form F6)'), async () => {
    const text = await textOf(await reportPdf(report));
    const fields = [
      ...['中小学生学籍管理问题报告单', '省份：山西省（盖章）山西省教育厅', '报送时间2026年9月20日'],
      ...['业务联系人孙丽', '单位山西省教育厅基础教育处', '电话0351-5550111', '技术联系人周洋'],
      ...['单位山西省教育信息中心', '电话0351-5550222', '1．向河南省转出', '2．9月15日起'],
      ...['教育部受理人郑伟', '受理单位教育管理信息中心', '受理时间2026年9月22日', '处理意见第1条已交'],
      'report@example.test',
    ];
    for (const words of fields) expect(text).toContain(words);
    expect(await textOf(await reportPdf({ ...report, sealedBy: null }))).not.toContain(
      '（盖章）山西省教育厅',
    );
  });

  it(holds('TKT-16', 'leave the places of the reporter empty for whoever may not know'), async () => {
    const text = await textOf(await slipPdf({ ...verification, reporter: null }));
    expect(text).toContain('问题反映人姓名性别年龄民族身份证号联系电话学生姓名王小雨');
  });

  it('never leave anything out: what finds no room goes on on sheets that are added', async () => {
    const long = Array.from({ length: 300 }, (_, at) => `第${at}句话说明情况。`).join('');
    const pdf = await slipPdf({ ...supervision, matter: long, handlingOpinion: long, answer: long });
    const [first, ...others] = await textsOf(pdf);
    expect(first).toContain('（接附页）');
    expect(others[0]).toContain('督办单附页1');
    const all = [first, ...others].join('');
    for (const at of [0, 42, 157, 299]) expect(all.split(`第${at}句话说明情况。`)).toHaveLength(4);
  });

  it('have room for texts of every length in every place', async () => {
    const text = (most: number) =>
      fc.string({ unit: fc.constantFrom('情', '况', '，', 'a', '\n'), maxLength: most });
    await fc.assert(
      fc.asyncProperty(text(5_000), text(200), text(120), async (matter, unit, name) => {
        const person = { ...verification.student, name } as typeof verification.student;
        const slip = { ...verification, matter, answer: matter, issuingUnit: unit, student: person };
        expect((await slipPdf(slip)).subarray(0, 5).toString()).toBe('%PDF-');
      }),
      { numRuns: 15 },
    );
  });

  it('mark a character that the type lacks', async () => {
    const student = verification.student && { ...verification.student, name: '李𪚥' };
    expect(await textOf(await slipPdf({ ...verification, student }))).toContain('U+2A6A5');
    expect(await textOf(await reportPdf(report))).not.toContain('U+');
  });

  it.each(NAMES)('look like the kept picture: %s', async (name) => {
    const { picture } = await readPdf(await EXAMPLES[name](), SCALE);
    const kept = PNG.sync.read(await readFile(keptPicture(name)));
    expect([picture.width, picture.height]).toEqual([kept.width, kept.height]);
    const different = pixelmatch(picture.data, kept.data, undefined, kept.width, kept.height, {
      threshold: 0.1,
    });
    expect(different).toBeLessThanOrEqual(20);
  });

  it.each(NAMES)('are papers that the registry would take in, and the same to the byte: %s', async (name) => {
    const pdf = await EXAMPLES[name]();
    expect(await inspectContent(pdf, 'application/pdf')).toBeUndefined();
    expect(pdf.equals(await EXAMPLES[name]())).toBe(true);
  });
});
