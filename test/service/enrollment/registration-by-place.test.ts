import { startJob } from '#deploy/local/import/job.ts';
import {
  importWorkbook,
  type Registry,
  sampleWorkbook,
  startRegistry,
  upload,
} from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { beiguanPrimary, type Counter, codesOf, counterOf, type Told, taiyuanPrimary } from './counter.ts';
import { girl } from './pupils.ts';

const isUnknownText = ({ code }: Told): boolean => code === 'LAYER_TEXT_UNKNOWN';

/** What is said beside the word that every form gets there: the text of Henan is not at hand. */
const ofBeiguan = (findings: readonly Told[]): Told[] => findings.filter((each) => !isUnknownText(each));

/** One form, two laws: Taiyuan has the Shanxi rules of 2026, Beiguan lies in Henan and has its own. */
describe('the same form in Shanxi and in Beiguan', () => {
  let registry: Registry;
  let counter: Counter;

  beforeAll(async () => {
    registry = await startRegistry();
    counter = counterOf(registry);
  });
  afterAll(() => registry?.stop());

  const cutOff = { before: '2020-08-30', on: '2020-08-31', after: '2020-09-01' };

  test.each([
    ['the day before', cutOff.before],
    ['on', cutOff.on],
  ])(holds('ENR-03', 'Beiguan admits a child who turns six %s 31 August'), async (_, birthDate) => {
    const { enrollment, findings } = await counter.register(beiguanPrimary, girl(1, { birthDate }));
    expect(ofBeiguan(findings)).toEqual([]);
    expect(enrollment?.student.studentNumber).toMatch(/^L410503/);
  });

  test(
    breaks('ORG-27', 'a form in Beiguan is answered with the document of the province that is not at hand'),
    async () => {
      const [here, there] = [beiguanPrimary, taiyuanPrimary].map((school) =>
        counter.preview(school, girl(6)),
      );
      expect((await here)?.filter(isUnknownText)).toMatchObject([
        { ruleId: 'ORG-27', outcome: 'WARN', message: expect.stringContaining('教办基一〔2016〕459号') },
      ]);
      expect((await there)?.filter(isUnknownText)).toEqual([]);
    },
  );

  test(breaks('ENR-03', 'Beiguan refuses a child who turns six on 1 September'), async () => {
    const { enrollment, findings } = await counter.register(
      beiguanPrimary,
      girl(1, { birthDate: cutOff.after, householdAddress: '(410503)样例路1号' }),
    );
    expect(enrollment).toBeNull();
    expect(ofBeiguan(findings)).toMatchObject([
      { ruleId: 'ENR-03', outcome: 'REJECT', code: 'UNDER_SIX', path: ['form', 'birthDate'] },
    ]);
    expect(ofBeiguan(findings).flatMap(({ basis }) => basis.map(({ layer }) => layer))).toEqual(['BG']);
  });

  test.each([
    ['the day before', cutOff.before],
    ['on', cutOff.on],
  ])(holds('ENR-01', 'Shanxi asks nothing of a child who turns six %s 31 August'), async (_, birthDate) => {
    expect((await counter.register(taiyuanPrimary, girl(2, { birthDate }))).findings).toEqual([]);
  });

  test(
    breaks('ENR-01', 'in Shanxi a younger child goes to the county, which approves only with a reason'),
    async () => {
      const { enrollment, findings } = await counter.register(
        taiyuanPrimary,
        girl(2, { birthDate: cutOff.after }),
      );
      expect(findings).toMatchObject([{ ruleId: 'ENR-01', outcome: 'HOLD', code: 'UNDER_SIX' }]);
      if (enrollment === null) throw new Error('A held registration goes along to the county');
      const silent = await counter.decide('xiaodian', 'APPROVE', [enrollment]);
      expect(silent).toMatchObject({ decided: 0, refused: 1 });
      expect(silent.results[0]?.findings).toMatchObject([
        { ruleId: 'ENR-01', code: 'UNDER_SIX' },
        { ruleId: 'ENR-08', code: 'APPROVAL_REASON_MISSING' },
      ]);
      const blank = await counter.decide('xiaodian', 'APPROVE', [enrollment], { reason: ' 　\n' });
      expect(blank.decided).toBe(0);
      const reasoned = await counter.decide('xiaodian', 'APPROVE', [enrollment], {
        reason: '双胞胎姐姐同校',
      });
      expect(reasoned.decided).toBe(1);
      expect(reasoned.results[0]?.enrollment).toMatchObject({
        status: 'IN_SCHOOL',
        decisionReason: '双胞胎姐姐同校',
      });
    },
  );

  test(
    breaks('ENR-04', 'a younger child with its household in another province waits for the county’s word'),
    async () => {
      const { enrollment, findings } = await counter.register(
        taiyuanPrimary,
        girl(3, { birthDate: cutOff.after, householdAddress: '(410503)样例路1号' }),
      );
      expect(enrollment?.status).toBe('PENDING_APPROVAL');
      expect(findings).toMatchObject([
        { ruleId: 'ENR-04', outcome: 'HOLD', code: 'UNDER_AGE_CROSS_PROVINCE' },
      ]);
    },
  );

  test(
    breaks('ENR-07', 'Beiguan has no Annex 1: it asks for what the identity document gives and no more'),
    async () => {
      const bare = {
        currentAddress: null,
        householdAddress: null,
        className: null,
        guardians: [],
        isBoarder: null,
      };
      expect((await counter.register(beiguanPrimary, girl(4, bare))).enrollment).not.toBeNull();
      const { findings } = await counter.register(beiguanPrimary, girl(5, { ...bare, name: '' }));
      expect(ofBeiguan(findings)).toMatchObject([
        { ruleId: 'ENR-07', code: 'REQUIRED_ITEM_MISSING', path: ['form', 'name'] },
      ]);
    },
  );

  describe('a disabled child', () => {
    const disabled = (changes: Record<string, unknown> = {}) => ({
      isDisabled: true,
      disabilityType: 'HEARING',
      placementMode: 'INCLUSIVE',
      assessedByExpertCommittee: true,
      disabilityProofs: ['DISABILITY_CERTIFICATE'],
      ...changes,
    });

    test(
      holds('ENR-20', 'is registered in an ordinary class after the assessment, with its proof'),
      async () => {
        expect(await counter.register(taiyuanPrimary, girl(10, disabled()))).toMatchObject({ findings: [] });
      },
    );

    test(breaks('ENR-20', 'is not registered before the assessment, nor without its proof'), async () => {
      const { enrollment, findings } = await counter.register(
        taiyuanPrimary,
        girl(11, disabled({ assessedByExpertCommittee: false, disabilityProofs: [] })),
      );
      expect(enrollment).toBeNull();
      expect(findings.map(({ ruleId, outcome, code }) => [ruleId, outcome, code])).toEqual([
        ['ENR-20', 'REJECT', 'PLACEMENT_ASSESSMENT_MISSING'],
        ['ID-26', 'REJECT', 'DISABILITY_PROOF_MISSING'],
      ]);
    });

    test(breaks('ID-23', 'has items 36 and 37 in Shanxi'), async () => {
      const { findings } = await counter.register(
        taiyuanPrimary,
        girl(12, disabled({ disabilityType: null, placementMode: null })),
      );
      expect(findings.filter(({ ruleId }) => ruleId === 'ID-23').map(({ path }) => path?.join('.'))).toEqual([
        'form.disabilityType',
        'form.placementMode',
      ]);
    });
  });

  describe('in the spring', () => {
    beforeAll(() => registry.clock.moveTo('2027-03-10T09:00:00+08:00'));

    test(breaks('ENR-03', 'Beiguan admits nobody'), async () => {
      const { enrollment, findings } = await counter.register(beiguanPrimary, girl(20));
      expect(enrollment).toBeNull();
      expect(codesOf(ofBeiguan(findings))).toEqual(['ENTRY_SEASON_CLOSED']);
    });

    test(breaks('ENR-03', 'nor by naming the coming autumn, for which nobody has entered yet'), async () => {
      const form = girl(21, { birthDate: '2021-08-31' });
      const { enrollment, findings } = await counter.register(beiguanPrimary, form, { entryYear: 2027 });
      expect(enrollment).toBeNull();
      expect(codesOf(ofBeiguan(findings))).toEqual(['ENTRY_YEAR_TO_COME']);
    });

    test(holds('ENR-01', 'Shanxi has no closed season'), async () => {
      expect((await counter.register(taiyuanPrimary, girl(22))).enrollment).not.toBeNull();
    });

    test(holds('ENR-08', 'a deadline beyond the published working days is kept as provisional'), async () => {
      const { id, decisionDueOn } = await counter.registered(taiyuanPrimary, girl(23));
      expect(decisionDueOn).toBe('2027-03-24');
      const [row] = await counter.rows<{ due_provisional: boolean }>(
        'enrollment',
        'select due_provisional from enrollment where person_id = $1',
        [id.slice(0, 36)],
      );
      expect(row?.due_provisional).toBe(true);
    });
  });

  describe('in the summer, when two school years are open', () => {
    const form = girl(30, { birthDate: '2021-08-31' });
    beforeAll(() => registry.clock.moveTo('2027-07-01T09:00:00+08:00'));

    test('nobody is registered, previewed or listed without a word on which', async () => {
      const third = girl(31, { birthDate: '2018-05-06', gradeName: '三年级' });
      const answers = [
        await counter.tryRegister(beiguanPrimary, form),
        await counter.ask(
          beiguanPrimary,
          `query ($input: RegisterStudentInput!) { previewRegistration(input: $input) { findings { code } } }`,
          { input: { idempotencyKey: 'summer preview', school: beiguanPrimary, form } },
        ),
        await counter.ask(
          beiguanPrimary,
          `mutation ($input: AddNonGradeOneRowInput!) { addNonGradeOneRow(input: $input) { row { id } } }`,
          {
            input: {
              idempotencyKey: 'summer row',
              school: beiguanPrimary,
              stage: 'PRIMARY',
              reason: '原就读学校未建籍',
              form: third,
            },
          },
        ),
      ];
      for (const { errors } of answers) {
        expect(errors.map(({ extensions }) => extensions)).toMatchObject([
          { code: 'BAD_USER_INPUT', problems: [{ path: ['entryYear'], code: 'ENTRY_YEAR_MISSING' }] },
        ]);
      }
    });

    test('no workbook is taken either, at the terminal with the option that mends it', async () => {
      const { bytes } = await sampleWorkbook({ rows: 1, bad: 0 });
      const order = { who: 'registrar', school: taiyuanPrimary, bytes, key: 'summer import' };
      await expect(importWorkbook(registry, order)).rejects.toThrow('ENTRY_YEAR_MISSING');
      const started = startJob(
        {
          graphUrl: `${registry.gatewayUrl}/graphql`,
          token: await registry.token('registrar'),
          school: taiyuanPrimary,
        },
        {
          school: taiyuanPrimary,
          upload: await upload(registry, 'registrar', taiyuanPrimary, bytes),
          dryRun: true,
          entryYear: undefined,
        },
      );
      await expect(started).rejects.toThrow(/2026或2027.*--entry-year/);
    });

    test(holds('ENR-03', 'Beiguan takes in who begins in the coming autumn'), async () => {
      const { enrollment } = await counter.register(beiguanPrimary, form, { entryYear: 2027 });
      expect(enrollment).toMatchObject({ status: 'PENDING_APPROVAL', cohort: 2027, grade: 1 });
    });
  });
});
