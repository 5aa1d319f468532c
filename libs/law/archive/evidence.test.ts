import { breaks, holds } from '#test/support/rules.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import { said } from '../testing/said.ts';
import { categoryOf } from './categories.ts';
import { type FiledChangeFacts, itemsOfChange, judgeFiledChange } from './evidence.ts';
import { judgeEntryAct, missingMarks, retentionOf } from './integrity.ts';

const ON = '2026-09-07';
const PLACES = [SHANXI, BEIGUAN, ELSEWHERE];
const facts = (changes: Partial<FiledChangeFacts> = {}): FiledChangeFacts => ({
  change: 'WITHDRAWN',
  stage: 'PRIMARY',
  entered: true,
  proofs: 1,
  ...changes,
});
const judge = (changes: Partial<FiledChangeFacts>, place = SHANXI, on = ON) =>
  said(judgeFiledChange(facts(changes), on, place));

describe('the proof of a change', () => {
  it(holds('ARC-15', 'lies in the archive with the change'), () => {
    for (const place of PLACES) expect(judge({}, place)).toEqual([]);
    expect(judge({ change: 'REGISTERED', proofs: 0, entered: false })).toEqual([]);
  });

  it(breaks('ARC-15', 'is on record where it lacks'), () => {
    for (const place of PLACES) {
      expect(judge({ proofs: 0 }, place)).toEqual(['ARC-15 RECORD CHANGE_PROOF_NOT_FILED']);
    }
  });

  it(holds('ARC-16', 'of a suspension is attached to its entry'), () => {
    expect(judge({ change: 'SUSPENDED' })).toEqual([]);
  });

  it(
    breaks('ARC-16', 'of a suspension is on record where it or the entry lacks, in Shanxi by its own rule'),
    () => {
      for (const lacking of [{ proofs: 0 }, { entered: false }]) {
        expect(judge({ change: 'SUSPENDED', ...lacking })).toEqual(['ARC-16 RECORD CHANGE_PROOF_NOT_FILED']);
      }
      expect(judge({ change: 'SUSPENDED', proofs: 0 }, ELSEWHERE)).toEqual([
        'ARC-15 RECORD CHANGE_PROOF_NOT_FILED',
      ]);
      expect(judge({ change: 'SUSPENDED', proofs: 0 }, SHANXI, '2026-02-09')).toEqual([
        'ARC-15 RECORD CHANGE_PROOF_NOT_FILED',
      ]);
    },
  );

  it(holds('ARC-23', 'behind a confirmed mobile update is filed'), () => {
    for (const place of PLACES) expect(judge({ change: 'MOBILE_UPDATE' }, place)).toEqual([]);
  });

  it(breaks('ARC-23', 'behind a confirmed mobile update is on record where it lacks'), () => {
    for (const place of PLACES) {
      expect(judge({ change: 'MOBILE_UPDATE', proofs: 0 }, place)).toEqual([
        'ARC-23 RECORD CHANGE_PROOF_NOT_FILED',
      ]);
    }
  });

  it('goes with the proofs, the change with the basic information', () => {
    expect(itemsOfChange('SUSPENDED', 2).map(categoryOf)).toEqual(['BASIC_INFO', 'PROOFS', 'PROOFS']);
    expect(itemsOfChange('REGISTERED', 0)).toEqual(['INFORMATION_SHEET']);
    expect(itemsOfChange('MOBILE_UPDATE', 1)).toEqual(['INFORMATION_CHANGE', 'PROOF']);
  });

  it('of a stay at a specialised school is asked for by nobody and filed nowhere', () => {
    expect(itemsOfChange('ENTERED_SPECIALIZED_SCHOOL', 3)).toEqual([]);
    expect(judge({ change: 'LEFT_SPECIALIZED_SCHOOL', proofs: 0, entered: false })).toEqual([]);
  });
});

describe('what stands in an archive', () => {
  const act = (what: 'CORRECT_BY_NEW_ENTRY' | 'ALTER' | 'DELETE_ENTRY' | 'DELETE_ARCHIVE', left = false) =>
    PLACES.map((place) => said(judgeEntryAct({ act: what, stage: 'SENIOR', left }, ON, place)));

  it(holds('ARC-25', 'is corrected by a new entry'), () => {
    expect(act('CORRECT_BY_NEW_ENTRY')).toEqual([[], [], []]);
    const whole = { author: 'u', at: '2026-09-07', source: 'e', contentHash: 'a'.repeat(64) };
    expect(missingMarks(whole)).toEqual([]);
  });

  it(breaks('ARC-25', 'is never altered, and an entry without its marks is none'), () => {
    for (const found of act('ALTER')) expect(found).toEqual(['ARC-25 REJECT HISTORY_IMMUTABLE']);
    expect(missingMarks({})).toEqual(['author', 'at', 'source', 'contentHash']);
    expect(missingMarks({ author: 'u', at: 'x', source: 'e', contentHash: 'short' })).toEqual([
      'contentHash',
    ]);
  });

  it(holds('ARC-12', 'is kept for ever'), () => {
    expect(retentionOf()).toBe('PERMANENT');
  });

  it(breaks('ARC-12', 'is not deleted, neither whole nor in part'), () => {
    const senior = (place: typeof SHANXI) =>
      said(judgeEntryAct({ act: 'DELETE_ARCHIVE', stage: 'PRIMARY', left: false }, ON, place));
    for (const place of PLACES) expect(senior(place)).toEqual(['ARC-12 REJECT ARCHIVE_DELETE_FORBIDDEN']);
    for (const found of act('DELETE_ENTRY'))
      expect(found).toEqual(['ARC-12 REJECT ARCHIVE_DELETE_FORBIDDEN']);
  });

  it(holds('ARC-21', 'stays as it is when the student leaves'), () => {
    for (const found of act('CORRECT_BY_NEW_ENTRY', true)) expect(found).toEqual([]);
  });

  it(breaks('ARC-21', 'is not deleted afterwards either'), () => {
    for (const found of act('DELETE_ARCHIVE', true)) {
      expect(found).toEqual(['ARC-21 REJECT ARCHIVE_DELETE_FORBIDDEN']);
    }
  });
});
