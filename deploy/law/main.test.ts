import { readFileSync } from 'node:fs';
import { Failure, Help } from '#deploy/local/failure.ts';
import { publishedDaysFile } from './calendar.ts';
import { run } from './main.ts';

describe('npm run law', () => {
  it('prints the coverage as one JSON list', () => {
    const list: unknown = JSON.parse(run(['coverage', '--json']) ?? '');
    expect(list).toHaveLength(296);
    expect(list).toContainEqual({
      id: 'TRF-50',
      status: expect.any(String),
      where: expect.any(Array),
      tests: expect.any(Array),
      why: expect.any(String),
    });
  });

  it('prints a rule with its texts', () => {
    const text = run(['rule', 'ENR-63']);
    expect(text).toContain('学生死亡注销');
    expect(text).toContain('2013-09-01 - 2025-01-02');
    expect(text).toContain('第二十一条');
  });

  it('prints what binds at a place on a day', () => {
    const text = run([
      'in-force',
      '--province',
      '140000',
      '--county',
      '140105',
      '--on',
      '2026-03-01',
      '--chapter',
      'ENR',
    ]);
    expect(text).toMatch(/^ENR-16 /m);
    expect(text).toMatch(/^suspensionGraduatingGrade SENIOR +"GRADE_REJECT"/m);
    const before = run(['in-force', '--province', '140000', '--on', '2026-02-09', '--stage', 'PRIMARY']);
    expect(before).not.toMatch(/^ENR-16 /m);
    expect(before).toContain('LAYER_TEXT_UNKNOWN');
  });

  const at = (...more: string[]) => ['in-force', '--province', '140000', '--on', '2026-03-01', ...more];

  it.each([
    [[], 'Which command?'],
    [['nothing'], 'no command nothing'],
    [['coverage', 'ENR-03'], 'What is meant by ENR-03?'],
    [['rule'], 'Which rule?'],
    [['rule', 'ENR-99'], 'no rule ENR-99'],
    [['in-force', '--on', '2026-03-01'], '--province takes'],
    [['in-force', '--province', '140000'], '--on takes a day'],
    [['in-force', '--province', '14', '--on', '2026-03-01'], '--province 14 is the code of no province'],
    [
      ['in-force', '--province', '990000', '--on', '2026-03-01'],
      '--province 990000 is the code of no province',
    ],
    [
      ['in-force', '--province', '140105', '--on', '2026-03-01'],
      '--province 140105 is the code of no province',
    ],
    [['in-force', '--province', '140000', '--on', '2026-02-30'], '--on 2026-02-30 is no day'],
    [at('--city', '140105'), '--city 140105 is the code of no city'],
    [at('--county', '410503'), '--county 410503 does not lie in the province 140000'],
    [at('--chapter', 'XYZ'), 'the chapters are ID, ORG, ENR'],
    [at('--stage', 'MIDDLE'), 'the stages are PRESCHOOL'],
    [at('--when', 'now'), '--when'],
  ])('names what is wrong with %j', (argv, named) => {
    expect(() => run(argv)).toThrow(Failure);
    expect(() => run(argv)).toThrow(named);
  });

  it('names every code of a place that is wrong at once', () => {
    expect(() => run(at('--city', '999900', '--county', '999999'))).toThrow(
      /--city 999900.*\n.*--county 999999/,
    );
  });

  it('tells how it is used, when asked', () => {
    expect(() => run(['coverage', '--help'])).toThrow(Help);
  });
});

describe('the vendored days off', () => {
  it('are those of the installed package; `npm run law -- calendar` writes them anew', () => {
    const vendored = readFileSync(
      new URL('../../libs/law/calendar/published-days.ts', import.meta.url),
      'utf8',
    );
    expect(vendored).toBe(publishedDaysFile());
  });
});
