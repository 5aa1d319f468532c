import { breaks, holds } from '#test/support/rules.ts';
import { workingDayCalendar } from '../calendar/working-day-calendar.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import { type CorrectionFacts, correctionDue, judgeCorrection } from './correction-order.ts';
import { judgeViolation, SCHOOL_VIOLATIONS, type ViolationFacts, violationsAt } from './violation.ts';

const ON = '2026-09-01';
const COMMON = SCHOOL_VIOLATIONS.filter(
  (kind) => kind !== 'LAX_MANAGEMENT' && kind !== 'UNAUTHORISED_ALTERATION',
);
const judge = (
  kind: ViolationFacts['kind'],
  place = ELSEWHERE,
  changes: Partial<ViolationFacts> = {},
  on = ON,
) =>
  judgeViolation(
    { kind, stage: 'PRIMARY', acceptedInCompliance: true, seriousTrouble: true, ...changes },
    on,
    place,
  );

describe('breaches by a school', () => {
  it(holds('ORG-21', 'in Shanxi two items speak of pupils accepted in compliance only'), () => {
    for (const kind of ['NO_ARCHIVE_FOR_ACCEPTED_STUDENT', 'ACCEPTED_STUDENT_NOT_TRANSFERRED'] as const) {
      const facts = { acceptedInCompliance: false };
      expect(judge(kind, SHANXI, facts)).toEqual([]);
      expect(judge(kind, SHANXI, facts, '2026-02-09')).toHaveLength(1);
      expect(judge(kind, BEIGUAN, facts)).toHaveLength(1);
      expect(judge(kind, ELSEWHERE, facts)).toHaveLength(1);
    }
  });

  it(breaks('ORG-21', 'each item of the common list opens a correction finding, in every place'), () => {
    for (const place of [SHANXI, BEIGUAN, ELSEWHERE]) {
      for (const kind of COMMON.filter((one) => one !== 'LEAK_OR_UNLAWFUL_USE')) {
        expect(judge(kind, place)).toMatchObject([
          { ruleId: 'ORG-21', outcome: 'RECORD', ownerLevel: 'SCHOOL' },
        ]);
      }
    }
    const layers = (place: typeof SHANXI) => judge('OTHER', place)[0]?.basis.map(({ layer }) => layer);
    expect(layers(SHANXI)).toEqual(['N13', 'SX26']);
    expect(layers(BEIGUAN)).toEqual(['N13', 'BG']);
    expect(layers(ELSEWHERE)).toEqual(['N13']);
  });

  it(holds('PRV-10', 'what is no leak is no offence of this kind'), () => {
    expect(judge('OTHER')[0]?.ruleId).toBe('ORG-21');
    expect(judge('LEAK_OR_UNLAWFUL_USE', ELSEWHERE, {}, '2013-08-31')).toEqual([]);
  });

  it(breaks('PRV-10', 'a leak or unlawful use is an offence in every place'), () => {
    for (const place of [SHANXI, BEIGUAN, ELSEWHERE]) {
      expect(judge('LEAK_OR_UNLAWFUL_USE', place)).toMatchObject([{ ruleId: 'PRV-10', outcome: 'RECORD' }]);
    }
  });

  it(holds('ORG-22', 'what a layer adds is an offence nowhere else'), () => {
    expect(judge('LAX_MANAGEMENT', SHANXI, { seriousTrouble: false })).toEqual([]);
    for (const place of [BEIGUAN, ELSEWHERE]) expect(judge('LAX_MANAGEMENT', place)).toEqual([]);
    for (const place of [SHANXI, ELSEWHERE]) expect(judge('UNAUTHORISED_ALTERATION', place)).toEqual([]);
    expect(judge('UNAUTHORISED_ALTERATION', BEIGUAN, { stage: 'SENIOR' })).toEqual([]);
    expect(judge('LAX_MANAGEMENT', SHANXI, {}, '2026-02-09')).toEqual([]);
    expect(violationsAt(ON, ELSEWHERE, 'PRIMARY')).toEqual(COMMON);
  });

  it(
    breaks('ORG-22', 'lax management with serious trouble in Shanxi, unauthorised alteration in Beiguan'),
    () => {
      expect(judge('LAX_MANAGEMENT', SHANXI)).toMatchObject([
        { ruleId: 'ORG-22', basis: [{ layer: 'SX26' }] },
      ]);
      expect(judge('UNAUTHORISED_ALTERATION', BEIGUAN)).toMatchObject([
        { ruleId: 'ORG-22', basis: [{ layer: 'BG' }] },
      ]);
      expect(violationsAt(ON, SHANXI, 'SENIOR')).toContain('LAX_MANAGEMENT');
      expect(violationsAt(ON, BEIGUAN, 'JUNIOR')).toContain('UNAUTHORISED_ALTERATION');
    },
  );
});

describe('an order to correct', () => {
  const dueAt = new Date('2026-09-16T00:00:00+08:00');
  const judgeOrder = (now: string, changes: Partial<CorrectionFacts> = {}) =>
    judgeCorrection(
      { orderedBy: 'COUNTY', corrected: false, dueAt, provisional: false, ...changes },
      new Date(now),
      ELSEWHERE,
    );

  it(holds('ORG-23', 'is fulfilled within ten working days'), () => {
    const due = correctionDue(new Date('2026-09-01T10:00:00+08:00'), ELSEWHERE, workingDayCalendar());
    expect(due.dueAt).toEqual(dueAt);
    expect(judgeOrder('2026-09-15T23:59:59.999+08:00')).toEqual([]);
    expect(judgeOrder('2026-10-15T00:00:00+08:00', { corrected: true })).toEqual([]);
    expect(judgeOrder('2026-10-15T00:00:00+08:00', { provisional: true })).toEqual([]);
  });

  it(breaks('ORG-23', 'goes to the next level at 24:00 of the tenth'), () => {
    const owner = (orderedBy: CorrectionFacts['orderedBy']) =>
      judgeOrder('2026-09-16T00:00:00+08:00', { orderedBy }).map(({ ruleId, outcome, ownerLevel }) => [
        ruleId,
        outcome,
        ownerLevel,
      ]);
    expect(owner('COUNTY')).toEqual([['ORG-23', 'RECORD', 'CITY']]);
    expect(owner('CITY')).toEqual([['ORG-23', 'RECORD', 'PROVINCE']]);
    expect(owner('PROVINCE')).toEqual([['ORG-23', 'RECORD', 'MINISTRY']]);
    expect(owner('MINISTRY')).toEqual([['ORG-23', 'RECORD', 'MINISTRY']]);
  });
});
