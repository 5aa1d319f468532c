import { randomUUID } from 'node:crypto';
import { nowhere, type Probe, sameAsNothing } from './probe.ts';
import { somebody } from './read-probes.ts';

/** No certificate has been issued in the nation: whoever asks hears the same of every child. */
const certificate: Probe = (probing) =>
  sameAsNothing(
    probing,
    'certificate',
    (id) => probing.ask('certificate', 'query ($id: ID!) { certificate(id: $id) { number state } }', { id }),
    `${somebody(probing).person}.${nowhere()}`,
    `${nowhere()}.${nowhere()}`,
  );

const certificatesOfStudent: Probe = (probing) =>
  sameAsNothing(
    probing,
    'certificates',
    (id) =>
      probing.ask(
        'certificate',
        'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Student { certificates { number } } } }',
        { r: [{ __typename: 'Student', id }] },
      ),
    somebody(probing).person,
    nowhere(),
    false,
  );

/** An order about something of a child, or about a batch or order that nobody has: refused alike, whoever gives it. */
const refused =
  (
    name: string,
    type: string,
    selection: string,
    input: (word: string) => Record<string, unknown>,
    of = '',
  ): Probe =>
  (probing) =>
    sameAsNothing(
      probing,
      name,
      (word) =>
        probing.ask('certificate', `mutation ($i: ${type}!) { ${name}(input: $i) { ${selection} } }`, {
          i: { idempotencyKey: randomUUID(), ...input(word) },
        }),
      of === '' ? somebody(probing).person : `${somebody(probing).person}${of}`,
      of === '' ? nowhere() : `${nowhere()}${of}`,
    );

const made = 'certificate { number } findings { code }';
const about = (certificate: string) => ({ certificate, expectedVersion: 1 });
const suffix = `.${nowhere()}`;
const names = { handler: '无', responsible: '无' };
const batch = (word: string) => ({ batch: word, expectedVersion: 1 });
const order = (word: string) => ({ order: word, expectedVersion: 1 });

/** A school uploads the child of another: it is none of its students, as one whom nobody has. */
const upload: Probe = (probing) => {
  const pupil = somebody(probing);
  const school = probing.asker.actor?.school ?? pupil.school;
  const foreign = pupil.school === school ? nowhere() : pupil.person;
  return sameAsNothing(
    probing,
    'uploadOutcomes',
    (student) =>
      probing.ask(
        'certificate',
        `mutation ($i: UploadOutcomesInput!) { uploadOutcomes(input: $i) { batch { id } proceed { id } held { findings { code } } } }`,
        { i: { idempotencyKey: randomUUID(), school, outcomes: [{ student, outcome: 'GRADUATION' }] } },
      ),
    foreign,
    nowhere(),
    false,
  );
};

export const certificateProbes: Readonly<Record<string, Probe>> = {
  certificate,
  certificatesOfStudent,
  uploadOutcomes: upload,
  issueEducationStatement: refused(
    'issueEducationStatement',
    'IssueEducationStatementInput',
    made,
    (student) => ({
      ...{ student, originalNumber: '0' },
      ...names,
    }),
  ),
  sealEducationStatement: refused('sealEducationStatement', 'OnCertificateInput', made, about, suffix),
  replaceLostCertificate: refused('replaceLostCertificate', 'OnCertificateInput', made, about, suffix),
  issueElectronicCertificate: refused(
    'issueElectronicCertificate',
    'OnCertificateInput',
    made,
    about,
    suffix,
  ),
  printCertificate: refused(
    'printCertificate',
    'PrintCertificateInput',
    'print { number } url findings { code }',
    (certificate) => ({ certificate }),
    suffix,
  ),
  revokeCertificate: refused(
    'revokeCertificate',
    'RevokeCertificateInput',
    made,
    (word) => ({ ...about(word), reason: 'ISSUED_BY_MISTAKE' }),
    suffix,
  ),
  handleOutcomes: refused('handleOutcomes', 'HandleOutcomesInput', 'batch { id } findings { code }', batch),
  decideOutcomes: refused(
    'decideOutcomes',
    'DecideOutcomesInput',
    'batch { id } findings { code }',
    (word) => ({
      ...batch(word),
      decision: 'APPROVE',
    }),
  ),
  takeBackOutcomes: refused(
    'takeBackOutcomes',
    'TakeBackOutcomesInput',
    'batch { id } findings { code }',
    (word) => ({ ...batch(word), students: [word], reason: '无' }),
  ),
  decideIssue: refused('decideIssue', 'DecideIssueInput', 'order { id } findings { code }', (word) => ({
    ...{ ...order(word), decision: 'APPROVE', responsible: '无' },
  })),
  pauseIssue: refused('pauseIssue', 'TurnIssueInput', 'order { id } findings { code }', order),
  continueIssue: refused('continueIssue', 'TurnIssueInput', 'order { id } findings { code }', order),
};
