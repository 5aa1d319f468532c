import { breaks, holds } from '#test/support/rules.ts';
import {
  classOfChange,
  judgeConfirmation,
  judgeFreshness,
  judgeInformationChange,
  judgeNumberDeletion,
  judgeRecheck,
} from './information-change.ts';

const on = '2026-09-01';
const shanxi = { province: '140000', city: '140100', county: '140105' };
const beiguan = { province: '410000', city: '410500', county: '410503' };
const codes = (findings: readonly { ruleId: string; code: string }[]) =>
  findings.map(({ ruleId, code }) => `${ruleId} ${code}`);

describe('a change of information', () => {
  test('goes as deep as its deepest field', () => {
    expect(classOfChange(['contactPhone', 'currentAddress'])).toBe('LIVING');
    expect(classOfChange(['contactPhone', 'ethnicGroup'])).toBe('IDENTITY');
    expect(classOfChange(['ethnicGroup', 'name'])).toBe('KEY');
  });

  const ask = (fields: string[], proofs: ('HOUSEHOLD_REGISTER' | 'OTHER_PROOF')[], place = shanxi) =>
    codes(judgeInformationChange({ fields, channel: 'SCHOOL', proofs }, on, place));

  test(holds('ID-13', 'of the name rests on an image of the proof'), () => {
    expect(ask(['name'], ['HOUSEHOLD_REGISTER'])).toEqual([]);
  });
  test(breaks('ID-13', 'of the name without one is refused'), () => {
    expect(ask(['name'], [])).toEqual(['ID-13 KEY_INFO_PROOF_MISSING']);
  });
  test(holds('ID-14', 'of identity rests on a copy, one of living data on nothing'), () => {
    expect(ask(['ethnicGroup'], ['OTHER_PROOF'])).toEqual([]);
    expect(ask(['contactPhone'], [])).toEqual([]);
  });
  test(breaks('ID-14', 'of identity without a copy is refused'), () => {
    expect(ask(['ethnicGroup'], [])).toEqual(['ID-14 BASIC_INFO_PROOF_MISSING']);
  });
  test(holds('ID-15', 'in Beiguan rests on a proof that the bureau takes'), () => {
    expect(ask(['name'], ['HOUSEHOLD_REGISTER'], beiguan)).toEqual([]);
  });
  test(breaks('ID-15', 'with another proof is refused there, and nowhere else'), () => {
    expect(ask(['name'], ['OTHER_PROOF'], beiguan)).toEqual(['ID-15 BASIC_INFO_PROOF_KIND_NOT_ACCEPTED']);
    expect(ask(['name'], ['OTHER_PROOF'])).toEqual([]);
  });
});

describe('before it takes effect', () => {
  const confirm = (
    fields: string[],
    channel: 'MOBILE' | 'SCHOOL',
    schoolConfirmed: boolean,
    authorityApproved: boolean,
  ) => codes(judgeConfirmation({ fields, channel, schoolConfirmed, authorityApproved }, on, shanxi));

  test(
    holds('ID-16', 'the school confirms what a guardian sends, the authority what is more than living data'),
    () => {
      expect(confirm(['contactPhone'], 'MOBILE', true, false)).toEqual([]);
      expect(confirm(['ethnicGroup'], 'MOBILE', true, true)).toEqual([]);
    },
  );
  test(breaks('ID-16', 'nothing that a guardian sends is taken unconfirmed'), () => {
    expect(confirm(['contactPhone'], 'MOBILE', false, true)).toEqual(['ID-16 MOBILE_UPDATE_NOT_CONFIRMED']);
    expect(confirm(['ethnicGroup'], 'MOBILE', true, false)).toEqual(['ID-16 MOBILE_UPDATE_NOT_CONFIRMED']);
  });
  test(breaks('ID-13', 'a key change without the authority is refused'), () => {
    expect(confirm(['name'], 'SCHOOL', true, false)).toEqual(['ID-13 KEY_INFO_NOT_APPROVED']);
  });

  test(
    holds('ID-12', 'a key change passes both checks again; without an ID number the search alone decides'),
    () => {
      expect(judgeRecheck({ duplicateCheck: 'CLEAN', comparison: 'PASS' }, on, shanxi)).toEqual([]);
      expect(judgeRecheck({ duplicateCheck: 'CLEAN', comparison: 'NOT_POSSIBLE' }, on, shanxi)).toEqual([]);
    },
  );
  test(breaks('ID-12', 'one that fails either changes nothing'), () => {
    for (const facts of [
      { duplicateCheck: 'FOUND', comparison: 'PASS' },
      { duplicateCheck: 'CLEAN', comparison: 'FAIL' },
    ] as const)
      expect(codes(judgeRecheck(facts, on, shanxi))).toEqual(['ID-12 KEY_INFO_RECHECK_FAILED']);
  });
});

describe('a formal number', () => {
  test(holds('ID-11', 'is put before the ministry by the province with evidence'), () => {
    expect(judgeNumberDeletion({ requestedBy: 'PROVINCE', evidencePresent: true }, on, shanxi)).toEqual([]);
  });
  test(breaks('ID-11', 'is not deleted at the wish of anybody below, nor without evidence'), () => {
    const refused = ['ID-11 G_NUMBER_DELETE_FORBIDDEN'];
    for (const requestedBy of ['SCHOOL', 'COUNTY', 'CITY', 'MINISTRY'] as const)
      expect(codes(judgeNumberDeletion({ requestedBy, evidencePresent: true }, on, shanxi))).toEqual(refused);
    expect(
      codes(judgeNumberDeletion({ requestedBy: 'PROVINCE', evidencePresent: false }, on, shanxi)),
    ).toEqual(refused);
  });
});

describe('a field that is known to change', () => {
  const fresh = (confirmedOn: string) =>
    codes(judgeFreshness([{ field: 'contactPhone', confirmedOn, termOpensOn: '2026-09-01' }], on, shanxi));
  test(holds('ID-24', 'confirmed on the day the term opens is fresh'), () => {
    expect(fresh('2026-09-01')).toEqual([]);
  });
  test(breaks('ID-24', 'confirmed the day before is stale'), () => {
    expect(fresh('2026-08-31')).toEqual(['ID-24 FIELD_STALE']);
  });
});
