import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { demoIdentities } from '#deploy/demo/identities.ts';
import { loadPupils } from '#deploy/demo/load-pupils.ts';
import { planNation } from '#deploy/demo/nation-plan.ts';
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
const [counting, waiting, previewing, ownChild, transferring] = blocksOf(english, 'graphql');
const [form = '{}', transfer = '{}'] = blocksOf(english, 'json');
const variables = JSON.parse(form) as Variables;

describe('the questions of the README', () => {
  let registry: Registry;

  beforeAll(async () => {
    registry = await startRegistry({ transfers: true });
    const identities = demoIdentities(2026);
    const { pupilKey = '' } = identities.find(({ name }) => name === 'guardian') ?? {};
    await loadPupils({
      identity: registry.network.service('identity').core,
      enrollment: registry.network.service('enrollment').core,
      plan: planNation({ scale: 20_000, schoolYear: 2026 }),
      ...{ identities, onProgress: () => undefined },
      takes: ({ key }) => pupilKey.startsWith(`${key}-`),
    });
    await registry.settled();
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

  describe('about a transfer', () => {
    type Own = {
      enrollments: {
        edges: { node: { stage: string; grade: number; student: { name: string; studentNumber: string } } }[];
      };
    };
    type Preview = {
      previewTransfer: {
        blockers: { finding: Finding }[];
        parties: { party: string; unit: string }[];
        firstDeadline: { on: string };
      };
    };
    const preview = async (name: string, number: string) => {
      const { data, errors } = await registry.ask<Preview>(
        'other-registrar',
        transferring ?? '',
        JSON.parse(transfer.replace('NAME', name).replace('NUMBER', number)),
      );
      expect(errors).toEqual([]);
      return data?.previewTransfer;
    };

    test(
      holds(
        'TRF-42',
        'the family reads what the school needs, which is told who decides, until when, and what lacks',
      ),
      async () => {
        const { data } = await registry.ask<Own>('guardian', ownChild ?? '');
        const [child] = data?.enrollments.edges.map(({ node }) => node) ?? [];
        expect(JSON.parse(transfer).input).toMatchObject({ stage: child?.stage, grade: child?.grade });
        const told = await preview(child?.student.name ?? '', child?.student.studentNumber ?? '');
        expect(told?.parties.map(({ party }) => party)).toEqual([
          ...['TARGET_SCHOOL', 'SOURCE_SCHOOL', 'SOURCE_AUTHORITY', 'TARGET_AUTHORITY'],
        ]);
        expect(told?.firstDeadline.on).toBe('2026-09-16');
        expect(told?.blockers.map(({ finding }) => finding.ruleId).sort()).toEqual([
          'TRF-05',
          'TRF-10',
          'TRF-22',
        ]);
        const named = new Set(english.match(/TRF-\d\d/g));
        for (const ruleId of ['TRF-05', 'TRF-10', 'TRF-22']) expect(named).toContain(ruleId);
      },
    );

    test(
      breaks('PRV-15', 'a school that does not know number and name together is told nothing'),
      async () => {
        const told = await preview('NAME', 'NUMBER');
        expect(told).toMatchObject({ parties: [], blockers: [{ finding: { ruleId: null } }] });
      },
    );
  });
});
