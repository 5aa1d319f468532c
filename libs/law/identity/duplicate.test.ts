import { breaks, holds } from '#test/support/rules.ts';
import { ELSEWHERE } from '../testing/places.ts';
import {
  answerTo,
  type DuplicateAnswer,
  type FoundRecord,
  isLikeness,
  judgeDuplicateEnquiry,
  judgeDuplicates,
  judgeLikeness,
} from './duplicate.ts';

const ON = '2026-09-01';
const SCHOOL = '2114000001';
const found: FoundRecord = {
  school: '2141000002',
  numberKind: 'G_FORMAL',
  registryAuthority: '410503',
  row: '17',
  isPreschool: false,
};
const judge = (answer: DuplicateAnswer, continuesPreschool = false, on = ON) =>
  judgeDuplicates(answer, { continuesPreschool }, on, ELSEWHERE);
const hit = (record: Partial<FoundRecord> = {}) => answerTo(SCHOOL, { ...found, ...record });

describe('the duplicate search', () => {
  it(holds('ID-17', 'a record is made after a search that found nothing'), () => {
    expect(judge({ searched: true, hits: [] })).toEqual([]);
  });

  it(breaks('ID-17', 'no record is made before the search'), () => {
    expect(judge({ searched: false, hits: [] })).toMatchObject([
      { ruleId: 'ID-17', outcome: 'REJECT', code: 'DUPLICATE_CHECK_NOT_RUN' },
    ]);
    expect(judge({ searched: true, hits: [hit()] }, false, '2014-09-01')).toMatchObject([
      { ruleId: 'ID-17', code: 'DUPLICATE_RECORD_FOUND' },
    ]);
  });

  it(holds('ID-18', 'a child that the school does not have yet gets its one record'), () => {
    expect(judge({ searched: true, hits: [] })).toEqual([]);
  });

  it(breaks('ID-18', 'a second record at the same school is refused with the row it repeats'), () => {
    expect(judge({ searched: true, hits: [hit({ school: SCHOOL })] })).toMatchObject([
      { ruleId: 'ID-18', code: 'DUPLICATE_RECORD_FOUND', message: expect.stringContaining('第17行') },
    ]);
  });

  it(holds('ENR-06', 'a child without a record gets a new one after the search'), () => {
    expect(judge({ searched: true, hits: [] })).toEqual([]);
  });

  it(breaks('ENR-06', 'a record elsewhere is carried over and not made again'), () => {
    expect(judge({ searched: true, hits: [hit()] })).toMatchObject([
      {
        ruleId: 'ENR-06',
        outcome: 'REJECT',
        code: 'DUPLICATE_RECORD_FOUND',
        remedy: expect.stringContaining('转学'),
      },
    ]);
  });

  it(holds('ID-31', 'a preschool number is carried on in primary school'), () => {
    expect(judge({ searched: true, hits: [hit({ isPreschool: true })] }, true)).toEqual([]);
  });

  it(breaks('ID-31', 'another number beside the preschool one is refused'), () => {
    expect(judge({ searched: true, hits: [hit({ isPreschool: true })] })).toMatchObject([
      { ruleId: 'ID-31', code: 'NUMBER_APPLICATION_DUPLICATE' },
    ]);
  });

  it(holds('PRV-15', 'another school learns that a record exists, its kind and its authority'), () => {
    expect(hit()).toEqual({
      where: 'ELSEWHERE',
      numberKind: 'G_FORMAL',
      registryAuthority: '410503',
      isPreschool: false,
    });
    expect(hit({ school: SCHOOL })).toEqual({ where: 'SAME_SCHOOL', row: '17', numberKind: 'G_FORMAL' });
    expect(judgeDuplicateEnquiry({ asksForPersonalData: false }, ON, ELSEWHERE)).toEqual([]);
  });

  it(
    breaks('PRV-15', 'it learns neither school nor row, and whoever asks for more is out of jurisdiction'),
    () => {
      const told = JSON.stringify([hit(), judge({ searched: true, hits: [hit()] })]);
      expect(told).not.toContain(found.school);
      expect(told).not.toContain('17');
      expect(judgeDuplicateEnquiry({ asksForPersonalData: true }, ON, ELSEWHERE)).toMatchObject([
        { code: 'OUT_OF_JURISDICTION', outcome: 'REJECT' },
      ]);
    },
  );

  it(
    breaks(
      'ID-18',
      'what was found may be another child: the papers are to be looked at, here and elsewhere',
    ),
    () => {
      for (const record of [hit(), hit({ school: SCHOOL }), hit({ school: SCHOOL, row: undefined })]) {
        expect(judge({ searched: true, hits: [record] })).toMatchObject([
          { remedy: expect.stringMatching(/不是同一学生的，请对照证件核对/u) },
        ]);
      }
    },
  );

  it(breaks('ID-18', 'a record that was sent back is corrected, not entered again'), () => {
    const returned = hit({ school: SCHOOL, row: undefined, isReturned: true });
    expect(judge({ searched: true, hits: [returned] })).toMatchObject([
      { remedy: expect.stringMatching(/退回.*重新提交更正，不要重新导入/u) },
    ]);
    expect(JSON.stringify(hit({ isReturned: true, student: 'a-student' }))).not.toMatch(
      /isReturned|student/u,
    );
  });

  it(
    breaks('ID-17', 'a record that is perhaps the same child’s holds for the county and refuses nothing'),
    () => {
      const told = judgeLikeness([hit(), hit({ school: SCHOOL })], ON, ELSEWHERE);
      expect(told).toMatchObject([
        { ruleId: 'ID-17', outcome: 'HOLD', code: 'POSSIBLE_DUPLICATE', ownerLevel: 'COUNTY' },
        {
          ruleId: 'ID-17',
          outcome: 'HOLD',
          code: 'POSSIBLE_DUPLICATE',
          message: expect.stringContaining('第17行'),
        },
      ]);
      expect(told.every(isLikeness)).toBe(true);
      expect(judge({ searched: true, hits: [hit()] }).some(isLikeness)).toBe(false);
    },
  );

  it(holds('ID-17', 'a search without any likeness holds nothing'), () => {
    expect(judgeLikeness([], ON, ELSEWHERE)).toEqual([]);
  });

  it(holds('PRV-15', 'of a likeness elsewhere the kind and the authority are told, and once'), () => {
    const told = judgeLikeness([hit({ student: 'a-student' }), hit({ row: '18' })], ON, ELSEWHERE);
    expect(told).toHaveLength(1);
    expect(told[0]?.message).toContain('410503');
    for (const secret of [found.school, 'a-student', '17', '18']) {
      expect(JSON.stringify([told[0]?.message, told[0]?.messageEn])).not.toContain(secret);
    }
    const own = judgeLikeness([hit({ school: SCHOOL, row: undefined, student: 'a-student' })], ON, ELSEWHERE);
    expect(own[0]?.message).toContain('a-student');
  });

  it('tells every hit at once', () => {
    expect(
      judge({ searched: true, hits: [hit(), hit({ school: SCHOOL })] }).map(({ ruleId }) => ruleId),
    ).toEqual(['ENR-06', 'ID-18']);
  });
});
