import { ImportFailure } from './failure.ts';
import { parseImportOptions } from './options.ts';

describe('npm run import', () => {
  test('takes a file, a school and what to do with it', () => {
    expect(
      parseImportOptions([
        'pupils.xlsx',
        '--school',
        '2114000001',
        '--dry-run',
        '--entry-year',
        '2026',
        '--json',
      ]),
    ).toEqual({
      kind: 'START',
      file: 'pupils.xlsx',
      school: '2114000001',
      dryRun: true,
      entryYear: 2026,
      as: 'registrar',
      url: undefined,
      token: undefined,
      out: undefined,
      json: true,
    });
  });

  test('looks at a job that was begun', () => {
    expect(parseImportOptions(['--job', 'some-job', '--as', 'head'])).toMatchObject({
      kind: 'FOLLOW',
      job: 'some-job',
      as: 'head',
    });
  });

  test('writes an empty form', () => {
    expect(parseImportOptions(['--template', 'form.xlsx'])).toMatchObject({
      kind: 'TEMPLATE',
      template: 'form.xlsx',
    });
  });

  test.each([
    ['a file together with a template', ['a.xlsx', '--template', 'form.xlsx']],
    ['no file', []],
    ['two files', ['a.xlsx', 'b.xlsx']],
    ['a school code that is too short', ['a.xlsx', '--school', '12']],
    ['an entry year that is none', ['a.xlsx', '--entry-year', 'next']],
    ['a file together with a job', ['a.xlsx', '--job', 'some-job']],
    ['an address without a token', ['a.xlsx', '--url', 'http://127.0.0.1:4000/graphql']],
    ['an unknown option', ['a.xlsx', '--colour']],
  ])('shows how it is used for %s', (_, args) => {
    expect(() => parseImportOptions(args)).toThrow(ImportFailure);
    expect(() => parseImportOptions(args)).toThrow('npm run import -- ');
  });
});
