import fc from 'fast-check';
import { breaks, holds } from '#test/support/rules.ts';
import { workingDayCalendar } from '../calendar/working-day-calendar.ts';
import { addDays } from '../dates.ts';
import { SHANXI } from '../testing/places.ts';
import { judgeAnswer, judgeDueDay, judgeSlip, SLIP_FIELDS, type SlipFacts, type SlipKind } from './slip.ts';

const ON = '2026-09-02';
const calendar = workingDayCalendar();
const filled = (kind: SlipKind, role: 'ISSUER' | 'ADDRESSEE') =>
  Object.fromEntries(
    Object.entries(SLIP_FIELDS[kind])
      .filter(([, owner]) => owner === role)
      .map(([field]) => [field, '已填']),
  );
const slip = (kind: SlipKind, changes: Partial<SlipFacts> = {}): SlipFacts => ({
  kind,
  department: kind === 'VERIFICATION' ? 'TECHNICAL' : 'ADMINISTRATIVE',
  fields: filled(kind, 'ISSUER'),
  dueOn: '2026-09-16',
  addresseeBelow: true,
  ...changes,
});
const told = (kind: SlipKind, changes: Partial<SlipFacts> = {}) =>
  judgeSlip(slip(kind, changes), ON, SHANXI, calendar).map(
    ({ ruleId, code, path }) => `${ruleId} ${code} ${path?.join('.')}`,
  );

describe('a slip', () => {
  it(holds('TKT-07', 'of verification comes from the technical department'), () => {
    expect(told('VERIFICATION')).toEqual([]);
  });

  it(breaks('TKT-07', 'of verification does not come from the administrative one, nor from nobody’s'), () => {
    for (const department of ['ADMINISTRATIVE', null] as const)
      expect(told('VERIFICATION', { department })).toEqual(['TKT-07 ISSUER_MUST_BE_TECHNICAL kind']);
  });

  it(holds('TKT-08', 'of supervision comes from the administrative department'), () => {
    expect(told('SUPERVISION')).toEqual([]);
  });

  it(breaks('TKT-08', 'of supervision does not come from the technical one'), () => {
    expect(told('SUPERVISION', { department: 'TECHNICAL' })).toEqual([
      'TKT-08 ISSUER_MUST_BE_ADMINISTRATIVE kind',
    ]);
  });

  it(holds('TKT-10', 'of verification is answered by the verifying unit in its own part'), () => {
    const fields = filled('VERIFICATION', 'ADDRESSEE');
    expect(judgeAnswer({ kind: 'VERIFICATION', fields }, ON, SHANXI)).toEqual([]);
  });

  it(breaks('TKT-10', 'of verification without its fields names all that are missing at once'), () => {
    expect(told('VERIFICATION', { fields: { matter: '甲' }, dueOn: null, addresseeBelow: false })).toEqual([
      'TKT-10 ADDRESSEE_OUTSIDE_JURISDICTION verifyingUnit',
      ...['reporter.name', 'reporter.phone', 'student.name', 'assigningUnit', 'responsiblePerson'].map(
        (field) => `TKT-10 SLIP_FIELD_MISSING ${field}`,
      ),
      ...['responsiblePhone', 'verifyingUnit', 'assignedOn'].map(
        (field) => `TKT-10 SLIP_FIELD_MISSING ${field}`,
      ),
      'TKT-10 DUE_DATE_MISSING dueDate',
    ]);
    const fields = { ...filled('VERIFICATION', 'ISSUER'), verifiedFacts: '已核实' };
    expect(told('VERIFICATION', { fields })).toEqual(['TKT-10 FIELD_NOT_OWNED_BY_ROLE verifiedFacts']);
  });

  it(holds('TKT-11', 'of supervision is answered by the undertaking unit in its own part'), () => {
    const fields = filled('SUPERVISION', 'ADDRESSEE');
    expect(judgeAnswer({ kind: 'SUPERVISION', fields }, ON, SHANXI)).toEqual([]);
  });

  it(breaks('TKT-11', 'of supervision is not answered in the supervising unit’s part'), () => {
    const fields = { ...filled('SUPERVISION', 'ADDRESSEE'), handlingOpinion: '改写', handlingResult: '' };
    expect(
      judgeAnswer({ kind: 'SUPERVISION', fields }, ON, SHANXI).map(({ code, path }) => [code, path]),
    ).toEqual([
      ['SLIP_FIELD_MISSING', ['handlingResult']],
      ['FIELD_NOT_OWNED_BY_ROLE', ['handlingOpinion']],
    ]);
  });

  it(breaks('TKT-11', 'is due on a working day that lies ahead'), () => {
    const due = (dueOn: string | null) =>
      judgeDueDay('SUPERVISION', dueOn, ON, SHANXI, calendar).map(({ code }) => code);
    expect(due(null)).toEqual(['DUE_DATE_MISSING']);
    expect(due('2026-09-01')).toEqual(['DUE_DATE_PAST']);
    expect(due('2026-09-05')).toEqual(['DUE_DATE_NOT_WORKING_DAY']);
    expect(due(ON)).toEqual([]);
  });

  it('is due on exactly the days that the calendar calls working days, from today on', () => {
    fc.assert(
      fc.property(fc.integer({ min: -20, max: 110 }), (days) => {
        const dueOn = addDays(ON, days);
        const isLawful = dueOn >= ON && calendar.isWorkingDay(dueOn);
        expect(judgeDueDay('VERIFICATION', dueOn, ON, SHANXI, calendar)).toHaveLength(isLawful ? 0 : 1);
      }),
    );
  });
});
