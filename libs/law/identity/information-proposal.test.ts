import { breaks, holds } from '#test/support/rules.ts';
import { workingDayCalendar } from '../calendar/working-day-calendar.ts';
import { BEIGUAN, SHANXI } from '../testing/places.ts';
import { classOfField, guardianField, provincialField } from './information-change.ts';
import {
  judgeKeyFields,
  judgeProposer,
  partiesOfUpdate,
  registrarDecides,
  updateStepDue,
} from './information-proposal.ts';

const on = '2026-09-01';
const codes = (findings: readonly { ruleId: string; code: string; outcome: string }[]) =>
  findings.map(({ ruleId, code, outcome }) => `${ruleId} ${code} ${outcome}`);

describe('the class of a field', () => {
  test('of a guardian: who answers for a child is identity, how one reaches them is living', () => {
    expect(
      ['name', 'relation', 'isLegalGuardian', 'idDocumentNumber', 'householdAddress'].map(guardianField),
    ).toEqual([
      ...['guardians.name', 'guardians.relation', 'guardians.isLegalGuardian', 'guardians.idDocumentNumber'],
      'guardians.householdAddress',
    ]);
    for (const item of ['name', 'relation', 'isLegalGuardian', 'idDocumentType', 'idDocumentNumber'])
      expect(classOfField(guardianField(item))).toBe('IDENTITY');
    for (const item of ['phone', 'workUnit', 'ethnicGroup'])
      expect(classOfField(guardianField(item))).toBe('LIVING');
  });

  test('of a province’s own field is living; how a disabled child is described is identity, its degree living', () => {
    expect(classOfField(provincialField('busLine'))).toBe('LIVING');
    expect(['isDisabled', 'disabilityType', 'placementMode'].map(classOfField)).toEqual([
      ...['IDENTITY', 'IDENTITY', 'IDENTITY'],
    ]);
    expect(classOfField('disabilityLevel')).toBe('LIVING');
  });
});

describe('a proposal', () => {
  test(holds('ID-13', 'of anything but key information is for this course'), () => {
    expect(judgeKeyFields(['formerName', 'ethnicGroup', 'contactPhone'], on, SHANXI)).toEqual([]);
  });
  test(breaks('ID-13', 'of name, document or what the number spells goes on record to another'), () => {
    for (const field of ['name', 'idDocumentType', 'idDocumentNumber', 'gender', 'birthDate'])
      expect(judgeKeyFields([field], on, SHANXI)).toMatchObject([
        { ruleId: 'ID-13', code: 'KEY_INFO_CHANGE_NEEDED', outcome: 'RECORD', path: ['changes', field] },
      ]);
  });

  test(
    holds('ID-33', 'of living data is a class teacher’s to report, of identity a guardian’s or registrar’s'),
    () => {
      expect(judgeProposer({ by: 'CLASS_TEACHER', fields: ['contactPhone'] }, on, BEIGUAN)).toEqual([]);
      expect(judgeProposer({ by: 'GUARDIAN', fields: ['ethnicGroup'] }, on, BEIGUAN)).toEqual([]);
      expect(judgeProposer({ by: 'REGISTRAR', fields: ['placementMode'] }, on, BEIGUAN)).toEqual([]);
    },
  );
  test(
    breaks('ID-33', 'of more is an alteration without authority: an offence in Beiguan, refused everywhere'),
    () => {
      const facts = { by: 'CLASS_TEACHER', fields: ['ethnicGroup'] } as const;
      expect(codes(judgeProposer(facts, on, BEIGUAN))).toEqual(['ID-33 NOT_AUTHORISED REJECT']);
      expect(codes(judgeProposer(facts, on, SHANXI))).toEqual(['ID-24 NOT_AUTHORISED REJECT']);
      expect(codes(judgeProposer({ by: 'GUARDIAN', fields: ['placementMode'] }, on, BEIGUAN))).toEqual([
        'ID-33 NOT_AUTHORISED REJECT',
      ]);
    },
  );

  test(holds('ID-16', 'of living data is the school’s, anything deeper the authority’s too'), () => {
    expect(partiesOfUpdate(['contactPhone', 'guardians.phone'])).toEqual(['SCHOOL']);
    expect(partiesOfUpdate(['contactPhone', 'guardians.name'])).toEqual(['SCHOOL', 'AUTHORITY']);
  });

  test(
    holds('ID-24', 'of living data that others report is the registrar’s to take over; the own one is not'),
    () => {
      expect(registrarDecides({ by: 'CLASS_TEACHER', fields: ['contactPhone'] })).toBe(true);
      expect(registrarDecides({ by: 'GUARDIAN', fields: ['contactPhone'] })).toBe(true);
      expect(registrarDecides({ by: 'REGISTRAR', fields: ['contactPhone'] })).toBe(false);
      expect(registrarDecides({ by: 'GUARDIAN', fields: ['ethnicGroup'] })).toBe(false);
    },
  );

  test(holds('ENR-67', 'waits ten working days for each party'), () => {
    const due = updateStepDue(new Date('2026-09-01T10:00:00+08:00'), SHANXI, workingDayCalendar());
    expect(due).toMatchObject({ dueDate: '2026-09-15', provisional: false });
  });
});
