import { breaks, holds } from '#test/support/rules.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import { said } from '../testing/said.ts';
import { type IssuerFacts, issuerOf, judgeActingSchool, judgeIssuer } from './issuer.ts';
import { CERTIFICATE_KINDS, judgeKind, outcomeOfStatus } from './kinds.ts';

const ON = '2026-07-01';
const PLACES = [SHANXI, BEIGUAN, ELSEWHERE];
const facts = (changes: Partial<IssuerFacts> = {}): IssuerFacts => ({
  kind: 'GRADUATION',
  stage: 'PRIMARY',
  school: 'S',
  competentAuthority: '140105',
  runByProvince: false,
  ...changes,
});
const judge = (issuer: string, changes: Partial<IssuerFacts> = {}, place = SHANXI) =>
  said(judgeIssuer({ ...facts(changes), issuer }, ON, place));

describe('a graduation certificate', () => {
  it(holds('CRT-01', 'of primary and junior school comes from the competent authority, everywhere'), () => {
    for (const place of PLACES) {
      for (const stage of ['PRIMARY', 'JUNIOR'] as const)
        expect(judge('140105', { stage }, place)).toEqual([]);
    }
    expect(issuerOf(facts(), ON, SHANXI)).toEqual({ by: 'COMPETENT_AUTHORITY', code: '140105' });
  });

  it(breaks('CRT-01', 'of primary and junior school comes from nobody else'), () => {
    for (const issuer of ['S', '140100', '140000']) {
      expect(judge(issuer)).toEqual(['CRT-01 REJECT ISSUER_NOT_AUTHORISED']);
      expect(judge(issuer, { stage: 'JUNIOR' })).toEqual(['CRT-01 REJECT ISSUER_NOT_AUTHORISED']);
    }
    expect(judge('S', {}, ELSEWHERE)).toEqual(['CRT-08 REJECT ISSUER_NOT_AUTHORISED']);
  });

  it(
    holds('CRT-03', 'of senior school comes from the city in Shanxi, from the province for its own schools'),
    () => {
      expect(judge('140100', { stage: 'SENIOR' })).toEqual([]);
      expect(judge('140000', { stage: 'SENIOR', runByProvince: true })).toEqual([]);
      expect(judge('140105', { stage: 'SENIOR' }, ELSEWHERE)).toEqual([]);
      const noCity = { province: '140000' };
      expect(issuerOf(facts({ stage: 'SENIOR' }), ON, noCity)?.code).toBe('140105');
    },
  );

  it(breaks('CRT-03', 'of senior school comes neither from the county nor from the school in Shanxi'), () => {
    for (const issuer of ['140105', 'S', '140000']) {
      expect(judge(issuer, { stage: 'SENIOR' })).toEqual(['CRT-03 REJECT ISSUER_NOT_AUTHORISED']);
    }
    expect(judge('140100', { stage: 'SENIOR', runByProvince: true })).toEqual([
      'CRT-03 REJECT ISSUER_NOT_AUTHORISED',
    ]);
  });

  it('has no lawful issuer before any text names one', () => {
    expect(issuerOf(facts(), '2025-01-02', ELSEWHERE)).toBeUndefined();
    expect(issuerOf(facts({ kind: 'COMPLETION' }), '2025-01-02', ELSEWHERE)).toBeUndefined();
    expect(judgeIssuer({ ...facts(), issuer: 'X' }, '2025-01-02', ELSEWHERE)).toEqual([]);
  });
});

describe('a certificate of completion, incompletion or schooling', () => {
  const senior = { stage: 'SENIOR' } as const;

  it(holds('CRT-06', 'comes from the school in Shanxi, from the authority elsewhere'), () => {
    for (const kind of ['COMPLETION', 'INCOMPLETION'] as const) {
      expect(judge('S', { ...senior, kind })).toEqual([]);
      expect(judge('140105', { ...senior, kind }, ELSEWHERE)).toEqual([]);
    }
  });

  it(breaks('CRT-06', 'comes from no authority in Shanxi, from no school elsewhere'), () => {
    for (const kind of ['COMPLETION', 'INCOMPLETION'] as const) {
      expect(judge('140105', { ...senior, kind })).toEqual(['CRT-06 REJECT ISSUER_NOT_AUTHORISED']);
      expect(judge('S', { ...senior, kind }, ELSEWHERE)).toEqual(['CRT-08 REJECT ISSUER_NOT_AUTHORISED']);
    }
  });

  it('of schooling comes from the school', () => {
    expect(judge('S', { kind: 'SCHOOLING' })).toEqual([]);
    expect(judge('140105', { kind: 'SCHOOLING' })).toEqual(['CRT-10 REJECT ISSUER_NOT_AUTHORISED']);
  });
});

describe('the unit that acts for a graduating school', () => {
  const acting = (schoolExists: boolean, custodian: string | null, actingUnit: string) =>
    PLACES.map((place) =>
      said(
        judgeActingSchool({ school: 'S', schoolExists, custodian, actingUnit, stage: 'JUNIOR' }, ON, place),
      ),
    );

  it(holds('CRT-14', 'is the school itself, or the custodian of its archives when it is no more'), () => {
    for (const found of acting(true, 'U', 'S')) expect(found).toEqual([]);
    for (const found of acting(false, 'U', 'U')) expect(found).toEqual([]);
  });

  it(breaks('CRT-14', 'is nobody else, and while no custodian is known it waits'), () => {
    for (const found of [
      ...acting(false, 'U', 'S'),
      ...acting(false, null, 'U'),
      ...acting(true, 'U', 'U'),
    ]) {
      expect(found).toEqual(['CRT-14 HOLD ISSUER_SUCCESSION']);
    }
  });
});

describe('the kinds of certificates', () => {
  const kind = (each: (typeof CERTIFICATE_KINDS)[number], stage: 'JUNIOR' | 'SENIOR', place = SHANXI) =>
    said(judgeKind({ kind: each, stage }, ON, place));

  it(holds('CRT-04', 'are all open to senior students'), () => {
    for (const each of CERTIFICATE_KINDS) expect(kind(each, 'SENIOR')).toEqual([]);
  });

  it(breaks('CRT-04', 'do not let a junior student complete'), () => {
    expect(kind('COMPLETION', 'JUNIOR')).toEqual(['CRT-04 REJECT TYPE_NOT_APPLICABLE']);
    expect(kind('GRADUATION', 'JUNIOR')).toEqual([]);
  });

  it(holds('CRT-05', 'follow the status: who left senior school unfinished is incomplete'), () => {
    expect(outcomeOfStatus('WITHDRAWN')).toBe('INCOMPLETION');
    for (const status of ['EXPELLED', 'ABROAD', 'LEFT_OTHER'] as const)
      expect(outcomeOfStatus(status)).toBe('INCOMPLETION');
    expect(outcomeOfStatus('COMPLETED')).toBe('COMPLETION');
    expect(outcomeOfStatus('ADMITTED')).toBe('GRADUATION');
    expect(outcomeOfStatus('IN_SCHOOL')).toBeUndefined();
  });

  it(breaks('CRT-05', 'do not know a junior student as incomplete, in Shanxi'), () => {
    expect(kind('INCOMPLETION', 'JUNIOR')).toEqual(['CRT-05 REJECT TYPE_NOT_APPLICABLE']);
    expect(kind('INCOMPLETION', 'JUNIOR', ELSEWHERE)).toEqual([]);
  });
});
