import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type InputObjectTypeDefinitionNode, Kind, type ObjectTypeDefinitionNode, parse } from 'graphql';
import { type SourceText, sourceTexts } from '#deploy/law/source-text.ts';
import { breaks, holds } from '#test/support/rules.ts';

/** What the sources and the schema themselves show of numbers. */
const root = fileURLToPath(new URL('../../../', import.meta.url));

const schemas = readdirSync(join(root, 'services')).map((service) =>
  readFileSync(join(root, 'services', service, 'schema.graphql'), 'utf8'),
);

const definitions = schemas.flatMap((text) => parse(text).definitions);
const inputs = definitions.filter(
  (node): node is InputObjectTypeDefinitionNode => node.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION,
);
const mutations = definitions
  .filter((node): node is ObjectTypeDefinitionNode => node.kind === Kind.OBJECT_TYPE_DEFINITION)
  .filter((node) => node.name.value === 'Mutation')
  .flatMap((node) => node.fields ?? []);

/** Inputs with a number that is written nowhere as a student number, and what it is. */
const otherNumbers: Readonly<Record<string, string>> = {
  'EnquiredPersonInput.documentNumber': 'of the identity document by which a caller names a child',
  'IssueEducationStatementInput.originalNumber': 'of the certificate that was lost',
  'NamedStudentInput.studentNumber': 'the one that a caller says a child has, in a complaint',
  'OfficialLetterInput.number': 'of a letter',
  'PupilToAdmit.studentNumber': 'the one that a pupil has, who is looked up by it',
  'TransferStudentInput.studentNumber': 'the one that a pupil has, who is looked up by it and the name',
};

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
    const numbers = named.filter((name) => /\.(?!idDocumentNumber$).*number/i.test(name));
    expect(numbers.filter((name) => otherNumbers[name] === undefined)).toEqual([]);
    expect(Object.keys(otherNumbers).filter((name) => !numbers.includes(name))).toEqual([]);
    const numberTypes = inputs.flatMap((input) =>
      (input.fields ?? []).filter((field) => JSON.stringify(field.type).includes('StudentNumber')),
    );
    expect(numberTypes).toEqual([]);
  });
});

/**
 * Where the life of a number itself is told: made with its person, replaced by the yearly issue, corrected, and counted
 * while it is temporary for the school's term check.
 */
const ownLife: readonly RegExp[] = [
  /^libs\/law\/identity\//,
  /^services\/identity\/(number|person|migrations)\//,
  /^services\/identity\/(take-over|commands\/(claim-persons|correct-person))\.ts$/,
  /^services\/statistics\/term\/left-open\.ts$/,
];

const kind = `'(?:G_FORMAL|J_FORMAL|L_TEMPORARY)'`;
/** Ways to ask which kind a number is, in programs and in SQL: by its word, by a variable, by its first letter. */
const asking = new RegExp(
  [
    `(?:[=!]==?|<>|(?<!type \\w+ )=|\\bcase\\b|\\bin\\b\\s*\\()\\s*${kind}`,
    `${kind}\\s*[=!]==?`,
    `\\[[^\\]]*${kind}[^\\]]*\\]\\)?\\.(?:includes|has)\\(`,
    `\\b(?:numberKind|number_kind)\\b\\s*[=!]==?\\s*(?!null\\b|undefined\\b)`,
    `startsWith\\('L'\\)|(?:\\[0\\]|(?:charAt|at)\\(0\\)) [=!]== 'L'|/\\^\\[?L|\\blike 'L`,
  ].join('|'),
);

/** What is asked that holds for temporary numbers, and what then follows up to the end of its statement. */
const forTheirHolders =
  /(?:={2,3} 'L_TEMPORARY'|'L_TEMPORARY' ={2,3}|!==? '[GJ]_FORMAL')[^;{]*(?:\{[^}]*\}|;)|case 'L_TEMPORARY':[^;]*;/g;
const refusal =
  /\bthrow\b|\bfinding\w*\(|\b(?:badInput|forbidden|refuse\w*)\(|'REJECT'|'HOLD'|\bnew AppError\b/;

/** What the kind of a number must not decide: anything outside its own life, and inside it no refusal (ID-06). */
const unequalTreatments = (sources: readonly SourceText[]): string[] =>
  sources.flatMap(({ path, text }) => {
    if (!ownLife.some((place) => place.test(path))) return asking.test(text) ? [`${path} asks`] : [];
    return [...text.matchAll(forTheirHolders)].some(([guarded]) => refusal.test(guarded))
      ? [`${path} refuses`]
      : [];
  });

describe('the temporary number', () => {
  const product = sourceTexts(root, ['libs', 'services', 'gateway']).filter(
    ({ path }) => !path.endsWith('.test.ts') && !path.includes('/generated/'),
  );

  test(
    holds(
      'ID-06',
      'its kind is asked for where numbers are made, issued and corrected, and decides nothing else',
    ),
    () => {
      expect(unequalTreatments(product)).toEqual([]);
      const asked = product.filter(({ text }) => asking.test(text)).map(({ path }) => path);
      expect(asked).toContain('services/identity/number/issue-batch.ts');
      expect(product.some(({ text }) => text.match(forTheirHolders) !== null)).toBe(true);
    },
  );

  test.each([
    ['services/enrollment/cases/turns.ts', `if (pupil.numberKind === 'L_TEMPORARY') return [];`],
    ['services/enrollment/cases/turns.ts', `const may = kind !== 'G_FORMAL';`],
    [
      'services/enrollment/cases/turns.ts',
      "query(tx, `select 1 from person where kind in ('L_TEMPORARY')`);",
    ],
    ['services/statistics/queries.ts', `if (['G_FORMAL', 'J_FORMAL'].includes(row.kind)) count += 1;`],
    ['services/statistics/queries.ts', `const formal = numberKind !== TEMPORARY;`],
    ['libs/law/enrollment/graduation.ts', `switch (kind) { case 'L_TEMPORARY': return refused; }`],
    ['gateway/limits/limits.ts', `if (number.startsWith('L')) return 1;`],
    ['services/identity/student-view.ts', `if (number.charAt(0) === 'L') return null;`],
    ['services/identity/number/give-number.ts', `if (kind === 'L_TEMPORARY') throw new Error('wait');`],
    [
      'services/identity/person/new-person.ts',
      `if (kind !== 'G_FORMAL') {\n  return [finding('ID-07', {})];\n}`,
    ],
    [
      'services/identity/commands/correct-person.ts',
      `const told = kind === 'L_TEMPORARY' ? 'REJECT' : 'WARN';`,
    ],
  ])(
    breaks('ID-06', 'a program that treats its holders differently would be found: %s with %s'),
    (path, text) => {
      expect(unequalTreatments([{ path, text }])).toHaveLength(1);
    },
  );
});
