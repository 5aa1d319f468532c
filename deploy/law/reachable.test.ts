import { reachOf } from './reachable.ts';

const source = (path: string, text: string) => ({ path, text });

const law = [
  source(
    'libs/law/entry.ts',
    [
      "import type { Fact } from './fact.ts';",
      "import { finding, basis as ground } from './finding.ts';",
      `export const judgeEntry = (fact: Fact) => [tooYoung(fact), \`it’s \${ground(fact)}\`];`,
      "const tooYoung = () => finding('A-01');",
      "const forgotten = () => finding('A-02');",
      "export const judgeLeaving = () => [finding('A-03'), 'forgotten', \"it isn't judgeRest\"];",
      'export function judgeRest() {',
      "  return finding('A-04');",
      '}',
    ].join('\n'),
  ),
  source(
    'libs/law/finding.ts',
    ['export const finding = (id) => id;', "export const basis = () => enforces('A-05');"].join('\n'),
  ),
  source(
    'libs/law/door.ts',
    ["export { judgeRest as rest } from './entry.ts';", "export const shut = () => finding('A-06');"].join(
      '\n',
    ),
  ),
];

const reached = (...running: string[]): string[] => {
  const reach = reachOf(
    law,
    running.map((text, at) => source(`services/s/${at}.ts`, text)),
  );
  return law
    .flatMap(({ path, text }) =>
      [...text.matchAll(/'(A-\d+)'/g)].map(({ index, 1: id = '' }) => (reach(path, index) ? id : '')),
    )
    .filter((id) => id !== '')
    .sort();
};

describe('what of the law is reached', () => {
  it('is what a service imports, and what that calls, through files and under other names', () => {
    expect(reached(`import { judgeEntry } from '#libs/law/entry.ts';`)).toEqual(['A-01', 'A-05']);
    expect(reached(`import {\n  rest,\n} from '../../libs/law/door.ts';`)).toEqual(['A-04']);
  });

  it('is nothing that nobody imports or calls, nor what strings alone name', () => {
    expect(reached()).toEqual([]);
    expect(reached(`import { judgeLeaving } from '#libs/law/entry.ts';`)).toEqual(['A-03']);
    expect(reached(`import { finding } from '#libs/law/finding.ts';`)).toEqual([]);
  });

  it('is all of a file that is imported as a whole', () => {
    expect(reached(`import * as door from '#libs/law/door.ts';`)).toEqual(['A-04', 'A-06']);
  });
});
