import { readFileSync } from 'node:fs';
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

  it.each([
    [[]],
    [['nothing']],
    [['rule', 'ENR-99']],
    [['in-force', '--province', '14', '--on', '2026-03-01']],
    [['in-force', '--province', '140000', '--on', '2026-02-30']],
    [['in-force', '--province', '140000', '--on', '2026-03-01', '--chapter', 'XYZ']],
    [['in-force', '--province', '140000', '--on', '2026-03-01', '--stage', 'MIDDLE']],
  ])('has no answer to %j', (argv) => {
    expect(run(argv)).toBeUndefined();
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
