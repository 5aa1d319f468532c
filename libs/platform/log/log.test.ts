import fc from 'fast-check';
import { GuardianFacts, PersonForm, ProfileFacts } from '#libs/contracts/person-form.ts';
import { createLog } from './log.ts';
import { isPersonalField } from './personal-fields.ts';

/** Every field of forms F1 to F9 that tells something about a child, a guardian or a clerk. */
const fieldsOfForms = [
  ...['name', 'formerName', 'gender', 'nationalityOrRegion', 'overseasCategory', 'ethnicGroup'],
  ...['idDocumentType', 'idDocumentNumber', 'birthDate', 'currentAddress', 'householdAddress', 'gradeName'],
  ...[
    'compulsoryYear',
    'className',
    'politicalStatus',
    'isBoarder',
    'isDisabled',
    'isLeftBehind',
    'guardians',
  ],
  ...[
    'relation',
    'isLegalGuardian',
    'workUnit',
    'phone',
    'disabilityType',
    'placementMode',
    'guardianSignature',
  ],
  ...['classTeacherSignature', 'isMigrantChild', 'commuteDistance', 'commuteMode', 'contactPhone'],
  ...['hasResidencePermit', 'residencePermitIssuer', 'residencePermitIssueDate', 'disabilityLevel'],
  ...['studentName', 'studentNumber', 'applicantName', 'applicantRelation', 'applicantPhone', 'ground'],
  ...['reasonText', 'hoursShare', 'proofs', 'applicantSignature', 'schoolOpinion', 'authorityOpinion'],
  ...[
    'studentRef',
    'studentRefs',
    'serialNumber',
    'nativeProvince',
    'nativeCounty',
    'handledBy',
    'responsibleBy',
  ],
  ...['principalSeal', 'originalCertificateNumber', 'graduatedOn', 'businessContact', 'technicalContact'],
  ...[
    'description',
    'attachments',
    'ministryOpinion',
    'reporter',
    'student',
    'age',
    'matter',
    'responsiblePerson',
  ],
  ...['responsiblePhone', 'handler', 'handlerPhone', 'verifiedFacts', 'handlingOpinion', 'handlingResult'],
  ...Object.keys(PersonForm.shape),
  ...Object.keys(ProfileFacts.shape),
  ...Object.keys(GuardianFacts.shape),
];

const secret = '岑小满';

const written = (work: (log: ReturnType<typeof createLog>) => void): string => {
  const lines: string[] = [];
  work(
    createLog({ service: 'test', level: 'debug', destination: { write: (line) => void lines.push(line) } }),
  );
  return lines.join('');
};

/** An object that holds the value under the field at a depth, each level an object or an array of one. */
const nested = (field: string, value: unknown, levels: readonly boolean[]): Record<string, unknown> =>
  levels.reduce<Record<string, unknown>>((inner, isArray) => ({ kept: isArray ? [inner, inner] : inner }), {
    [field]: value,
    beside: 'kept',
  });

test.each([...new Set(fieldsOfForms)])('%s is removed at every depth up to four, also in arrays', (field) => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: 3 }), fc.boolean(), (levels, isList) => {
      const line = written((log) =>
        log.info(nested(field, isList ? [{ inner: secret }] : secret, levels), 'line'),
      );
      expect(line).not.toContain(secret);
      expect(line).toContain('"beside":"kept"');
    }),
    { numRuns: 30 },
  );
});

test('what lies deeper than is looked through is not written at all', () => {
  const line = written((log) => log.info(nested('other', secret, Array(10).fill(false)), 'line'));
  expect(line).not.toContain(secret);
  expect(line).toContain('…');
});

test('a line that is handed a whole object with circles ends', () => {
  const circle: Record<string, unknown> = { name: secret };
  for (let n = 0; n < 50; n++) circle[`to${n}`] = circle;
  const line = written((log) => log.info({ circle }, 'line'));
  expect(line).not.toContain(secret);
  expect(line.length).toBeLessThan(100_000);
});

test.each(['id_document_number', 'ID-Document-Number', 'IDDOCUMENTNUMBER', 'birth_date', 'student_number'])(
  'the spelling %s is known as well',
  (field) => {
    expect(isPersonalField(field)).toBe(true);
  },
);

test.each([
  'service',
  'source',
  'consumer',
  'seq',
  'code',
  'operationId',
  'unit',
  'subject',
  'level',
  'document',
])('the word %s of operation stays', (field) => {
  expect(written((log) => log.info({ [field]: 'stays' }, 'line'))).toContain(`"${field}":"stays"`);
});

test('fields of a child log are looked through as well', () => {
  const line = written((log) => log.child({ operationId: 'o-1', student: { name: secret } }).info('line'));
  expect(line).not.toContain(secret);
  expect(line).toContain('"operationId":"o-1"');
});

const failure = () =>
  Object.assign(new Error(`duplicate key: (${secret})`, { cause: new Error(secret) }), {
    code: '23505',
    detail: `Key (name)=(${secret}) already exists.`,
    query: `select '${secret}'`,
    rows: [secret],
  });

test.each([
  ['by itself', (log: ReturnType<typeof createLog>) => log.error(failure())],
  ['by itself with a message', (log: ReturnType<typeof createLog>) => log.error(failure(), 'failed')],
  ['as err without a message', (log: ReturnType<typeof createLog>) => log.error({ err: failure() })],
  ['as error', (log: ReturnType<typeof createLog>) => log.warn({ error: failure() }, 'failed')],
  ['deep in a field', (log: ReturnType<typeof createLog>) => log.warn({ a: { b: [failure()] } }, 'failed')],
  [
    'in the fields of a child',
    (log: ReturnType<typeof createLog>) => log.child({ err: failure() }).info('x'),
  ],
])('an error logged %s is written by name, code and frames only', (_, write) => {
  const line = written(write);
  expect(line).not.toContain(secret);
  expect(line).toContain('"code":"23505"');
  expect(line).toMatch(/"frames":\["at .*log\.test\.ts/);
});

const idNumbers = ['110105201901010012', '11010520190101001X', 'G110105201901010012', '13812345678'];

test.each(idNumbers)('the number %s reaches no line, in whatever text it stands', (number) => {
  const line = written((log) => {
    log.info(`found ${number} twice`);
    log.info({ a: `of ${number}`, [number]: 1, list: [number] }, `and ${number}`);
    log.info('format %s', number);
  });
  expect(line).not.toContain(number.slice(-11));
});

test('an opaque id and a school code stay as they are', () => {
  const id = '01920000-1234-7000-8000-123456789012';
  expect(written((log) => log.info({ aggregate: id, school: '3214000001' }, 'line'))).toContain(id);
});
