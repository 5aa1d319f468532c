import { z } from 'zod';
import { defineEvent } from '../envelope.ts';
import { Day, Place, SchoolCode, UnitCode, Uuid } from '../ids.ts';
import { ProblemRecordKind } from '../vocabulary.ts';

const source = 'statistics';
const version = 1;
const Figure = z.int().min(0);

/** A term of a school year: 1 in autumn, 2 in spring. */
const TermOfYear = z.object({ schoolYear: z.int(), term: z.int().min(1).max(2) });

const SchoolTerm = TermOfYear.extend({
  school: SchoolCode,
  /** The registry authority of the school. */
  authority: UnitCode,
  province: UnitCode,
  place: Place,
});

export const TermCheckOpened = defineEvent({
  type: 'TermCheckOpened',
  source,
  version,
  summary: 'From this day on the school may confirm its check of the term (STA-03, W-24).',
  data: SchoolTerm.extend({ from: Day, closesOn: Day }),
});

export const SchoolTermChecked = defineEvent({
  type: 'SchoolTermChecked',
  source,
  version,
  summary:
    'A school has checked its registrations for the term, with the faults that it found: each becomes a problem record (STA-03, STA-05, W-22).',
  data: SchoolTerm.extend({
    checkedOn: Day,
    faults: z.array(z.object({ person: Uuid, kind: ProblemRecordKind })).max(500),
    /** Left open at the confirmation: problem records, unverified pupils, incomplete registrations, children without a record. */
    left: z.object({ problems: Figure, unverified: Figure, unfinished: Figure, withoutRecord: Figure }),
  }),
});

export const TermCheckMissing = defineEvent({
  type: 'TermCheckMissing',
  source,
  version,
  summary: 'A term has ended and its check by a school or county is missing (STA-03, STA-04).',
  data: TermOfYear.extend({
    kind: z.enum(['SCHOOL', 'COUNTY']),
    owner: z.union([SchoolCode, UnitCode]),
    province: UnitCode,
    place: Place,
    closesOn: Day,
  }),
});
