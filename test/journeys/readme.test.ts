import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '#deploy/local/state.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';

/** What the README asks its reader to paste, asked as it stands there. */
const readme = (name: string): string => readFileSync(join(projectRoot, name), 'utf8');
const blocksOf = (text: string, language: string): string[] =>
  [...text.matchAll(new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 'gs'))].map(([, block]) => block ?? '');

type Variables = { input: { form: Record<string, unknown> } };
type Finding = { ruleId: string | null; outcome: string; basis: { document: string; article: string }[] };

const english = readme('README.md');
const chinese = readme('README.zh-CN.md');
const [counting, waiting, previewing] = blocksOf(english, 'graphql');
const variables = JSON.parse(blocksOf(english, 'json')[0] ?? '{}') as Variables;

describe('the questions of the README', () => {
  let registry: Registry;

  beforeAll(async () => {
    registry = await startRegistry();
  }, 120_000);
  afterAll(() => registry?.stop());

  test('are the same in both languages', () => {
    expect(blocksOf(chinese, 'graphql')).toEqual(blocksOf(english, 'graphql'));
    expect(blocksOf(chinese, 'json')).toEqual(blocksOf(english, 'json'));
  });

  test('how many, and who waits, are answered', async () => {
    expect((await registry.ask('shanxi', counting ?? '')).errors).toEqual([]);
    expect((await registry.ask('xiaodian', waiting ?? '')).errors).toEqual([]);
  });

  const findings = async (birthDate: unknown): Promise<Finding[]> => {
    const form = { ...variables.input.form, birthDate };
    const { data, errors } = await registry.ask<{ previewRegistration: { findings: Finding[] } | null }>(
      'registrar',
      previewing ?? '',
      { input: { ...variables.input, form } },
    );
    expect(errors).toEqual([]);
    return data?.previewRegistration?.findings ?? [];
  };

  const childOf = (text: string): string => (/`(\d{4}-\d\d-\d\d)`/.exec(text) ?? [])[1] ?? '';

  test(
    breaks('ENR-01', 'the child of the README, six on 1 September, is held for its age and nothing else'),
    async () => {
      expect(await findings(variables.input.form.birthDate)).toEqual([
        expect.objectContaining({
          ruleId: 'ENR-01',
          outcome: 'HOLD',
          basis: expect.arrayContaining([expect.objectContaining({ article: '第九条第一款' })]),
        }),
      ]);
    },
  );

  test.each([
    ['README.md', english],
    ['README.zh-CN.md', chinese],
  ])(
    holds('ENR-01', 'born on the day that %s names, a day earlier, it passes without a finding'),
    async (_name, text) => {
      const day = childOf(text);
      expect(day).toBe('2020-08-31');
      expect(await findings(day)).toEqual([]);
    },
  );
});
