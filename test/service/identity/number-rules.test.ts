import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type InputObjectTypeDefinitionNode, Kind, type ObjectTypeDefinitionNode, parse } from 'graphql';
import { breaks, holds } from '#test/support/rules.ts';

/** What the sources and the schema themselves show of numbers. */
const root = new URL('../../../', import.meta.url).pathname;

const sourcesBelow = (folder: string): { path: string; text: string }[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter(
      (entry) => entry.isFile() && /\.(?:ts|graphql)$/.test(entry.name) && !entry.name.endsWith('.test.ts'),
    )
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.includes('/generated/'))
    .map((path) => ({ path: path.slice(root.length), text: readFileSync(path, 'utf8') }));

const services = sourcesBelow('services');
const schemas = services.filter(({ path }) => path.endsWith('schema.graphql'));

const definitions = schemas.flatMap(({ text }) => parse(text).definitions);
const inputs = definitions.filter(
  (node): node is InputObjectTypeDefinitionNode => node.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION,
);
const mutations = definitions
  .filter((node): node is ObjectTypeDefinitionNode => node.kind === Kind.OBJECT_TYPE_DEFINITION)
  .filter((node) => node.name.value === 'Mutation')
  .flatMap((node) => node.fields ?? []);

describe('numbers in the schema', () => {
  test(holds('ID-02', 'there are operations that change things, and each takes one input object'), () => {
    expect(mutations.length).toBeGreaterThan(10);
    for (const { name, arguments: given = [] } of mutations) {
      expect([name.value, given.map((argument) => argument.name.value)]).toEqual([name.value, ['input']]);
    }
  });

  test(breaks('ID-02', 'no input of any operation takes a student number or the kind of one'), () => {
    const named = inputs.flatMap((input) =>
      (input.fields ?? []).map((field) => `${input.name.value}.${field.name.value}`),
    );
    expect(named).toContain('CollectionForm.idDocumentNumber');
    const suspicious = named.filter((name) => /\.(?!idDocumentNumber$).*number/i.test(name));
    expect(suspicious).toEqual([]);
    const numberTypes = inputs.flatMap((input) =>
      (input.fields ?? []).filter((field) => JSON.stringify(field.type).includes('StudentNumber')),
    );
    expect(numberTypes).toEqual([]);
  });
});

describe('the temporary number', () => {
  const speaking = services.filter(({ path, text }) => path.endsWith('.ts') && text.includes('L_TEMPORARY'));

  test(
    holds('ID-06', 'is known to identity alone, which gives and replaces it; statistics have a word for it'),
    () => {
      expect(speaking.length).toBeGreaterThan(0);
      const elsewhere = speaking
        .map(({ path }) => path)
        .filter((path) => !path.startsWith('services/identity/'));
      expect(elsewhere).toEqual(['services/statistics/table/labels.ts']);
      const gateway = sourcesBelow('gateway').filter(
        ({ path, text }) => text.includes('L_TEMPORARY') && !path.endsWith('.graphql'),
      );
      expect(gateway).toEqual([]);
    },
  );

  test(breaks('ID-06', 'is compared nowhere but by the yearly issue, which looks for its holders'), () => {
    const comparing = services
      .filter(({ path }) => path.endsWith('.ts'))
      .flatMap(({ path, text }) =>
        text
          .split('\n')
          .filter((line) => /(?:[=!]==?|<>|=|\bin\b|\bcase\b)\s*\(?'L_TEMPORARY'/.test(line))
          .map(() => path),
      );
    expect([...new Set(comparing)].sort()).toEqual([
      'services/identity/migrations/steps.ts',
      'services/identity/number/issue-batch.ts',
      'services/identity/number/issue-run.ts',
    ]);
  });
});
