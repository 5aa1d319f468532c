import { breaks, holds } from '#test/support/rules.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import { DISCLOSED_FIELDS } from './disclosed-fields.ts';
import { type DisclosureFacts, judgeDisclosure, judgeGrantedRead } from './disclosure.ts';

const ON = '2026-09-02';
const asked = (changes: Partial<DisclosureFacts> = {}): DisclosureFacts => ({
  basis: { kind: 'GOVERNMENT_APPROVAL', level: 'COUNTY', document: '政批〔2026〕1号' },
  bureauDocument: null,
  approvedBy: '批准人',
  purpose: '义务教育学位测算',
  fields: ['stage', 'grade'],
  validUntil: '2026-12-31',
  clientRegistered: true,
  ...changes,
});
const told = (changes: Partial<DisclosureFacts> = {}, place = SHANXI) =>
  judgeDisclosure(asked(changes), ON, place).map(
    ({ ruleId, code, path }) => `${ruleId} ${code} ${path?.join('.')}`,
  );

describe('information about pupils', () => {
  it(
    holds('PRV-02', 'goes out by an express law or the approval of a government from county level up'),
    () => {
      expect(told()).toEqual([]);
      expect(told({ basis: { kind: 'LAW', provision: '义务教育法第十四条' } })).toEqual([]);
    },
  );

  it(breaks('PRV-02', 'does not go out on a township’s word, on an empty document, or on nobody’s'), () => {
    const refused = ['PRV-02 DISCLOSURE_NOT_APPROVED basis'];
    expect(told({ basis: { kind: 'GOVERNMENT_APPROVAL', level: 'TOWNSHIP', document: '一纸' } })).toEqual(
      refused,
    );
    expect(told({ basis: { kind: 'GOVERNMENT_APPROVAL', level: 'CITY', document: ' ' } })).toEqual(refused);
    expect(told({ basis: null })).toEqual(refused);
  });

  it(
    holds(
      'PRV-03',
      'goes out by law or government where only the earlier standard speaks too, in Beiguan by its bureau besides',
    ),
    () => {
      expect(told({}, ELSEWHERE)).toEqual([]);
      expect(told({ bureauDocument: '局批〔2026〕1号' }, BEIGUAN)).toEqual([]);
    },
  );

  it(breaks('PRV-03', 'does not go out without any approval there either'), () => {
    expect(told({ basis: null }, ELSEWHERE)).toEqual(['PRV-03 DISCLOSURE_NOT_APPROVED basis']);
    const bureau = 'PRV-03 DISCLOSURE_NOT_APPROVED bureauDocument';
    expect(told({ basis: null }, BEIGUAN)).toEqual(['PRV-03 DISCLOSURE_NOT_APPROVED basis', bureau]);
    expect(told({ bureauDocument: ' ' }, BEIGUAN)).toEqual([bureau]);
    const henan = { province: '410000' };
    expect(judgeDisclosure(asked(), ON, henan, [BEIGUAN]).map(({ path }) => path)).toEqual([
      ['bureauDocument'],
    ]);
    expect(judgeDisclosure(asked(), ON, henan)).toEqual([]);
  });

  it(holds('PRV-06', 'goes out with somebody who answers for it'), () => {
    expect(told({ approvedBy: '另一人' })).toEqual([]);
  });

  it(
    breaks(
      'PRV-06',
      'does not go out where nobody answers for it; everything that is missing is named at once',
    ),
    () => {
      expect(
        told({
          approvedBy: null,
          basis: null,
          purpose: '',
          fields: [],
          validUntil: null,
          clientRegistered: false,
        }),
      ).toEqual([
        'PRV-02 DISCLOSURE_NOT_APPROVED basis',
        'PRV-06 APPROVER_MISSING approvedBy',
        'PRV-05 GRANT_SCOPE_INCOMPLETE purpose',
        'PRV-05 GRANT_SCOPE_INCOMPLETE fields',
        'PRV-05 GRANT_SCOPE_INCOMPLETE validUntil',
        'PRV-07 CLIENT_NOT_REGISTERED client',
      ]);
    },
  );

  it(holds('PRV-07', 'goes to a registered system'), () => {
    expect(told({ clientRegistered: true })).toEqual([]);
  });

  it(breaks('PRV-07', 'goes to no system that nobody has registered'), () => {
    expect(told({ clientRegistered: false })).toEqual(['PRV-07 CLIENT_NOT_REGISTERED client']);
  });
});

describe('a read under a grant', () => {
  const grant = { fields: ['stage', 'grade'], validUntil: '2026-12-31', revokedOn: null };
  const read = (fields: string[], on: string, changes = {}) =>
    judgeGrantedRead({ ...grant, ...changes }, fields, on, SHANXI).map(({ code, path }) => [code, path]);

  it(holds('PRV-05', 'stays within its fields until its last day'), () => {
    expect(read(['stage'], '2026-12-31')).toEqual([]);
    expect(read(['stage', 'grade'], ON)).toEqual([]);
  });

  it(breaks('PRV-05', 'gets no other field, and none after the last day or the revocation'), () => {
    expect(read(['stage', 'name'], ON)).toEqual([['OUT_OF_GRANT_SCOPE', ['name']]]);
    expect(read(['stage'], '2027-01-01')).toEqual([['OUT_OF_GRANT_SCOPE', ['stage']]]);
    expect(read(['stage'], ON, { revokedOn: ON })).toEqual([['OUT_OF_GRANT_SCOPE', ['stage']]]);
  });
});

describe('what goes out of a registration', () => {
  const status = (value: string) => DISCLOSED_FIELDS['Enrollment.status']?.(value);

  it(holds('PRV-04', 'is whether a pupil is at school, on leave, done or abroad'), () => {
    for (const value of ['IN_SCHOOL', 'SUSPENDED', 'GRADUATED', 'ABROAD']) expect(status(value)).toBe(value);
  });

  it(breaks('PRV-04', 'is not why one has left: expelled, withdrawn and gone look alike'), () => {
    expect(new Set(['EXPELLED', 'WITHDRAWN', 'LEFT_OTHER'].map(status))).toEqual(new Set(['LEFT_OTHER']));
  });
});
