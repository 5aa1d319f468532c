import { z } from 'zod';
import { defineEvent } from '../envelope.ts';
import { Day, SchoolCode, UnitCode } from '../ids.ts';

const source = 'organization';

/** A term of a school year: 1 in autumn, 2 in spring. */
const TermOfYear = z.object({ schoolYear: z.int(), term: z.int().min(1).max(2) });

export const CountyTermChecked = defineEvent({
  type: 'CountyTermChecked',
  source,
  version: 1,
  summary:
    'A county has looked through a term’s changes at its schools (ORG-05); the note stays with organization.',
  data: TermOfYear.extend({ county: UnitCode, province: UnitCode, checkedOn: Day }),
});

export const CountyNotified = defineEvent({
  type: 'CountyNotified',
  source,
  version: 1,
  summary:
    'A school run by province or city has told the county where it lies of a term’s transfers (ORG-12); the note stays with organization.',
  data: TermOfYear.extend({
    school: SchoolCode,
    county: UnitCode,
    province: UnitCode,
    transferredIn: z.int().min(0),
    transferredOut: z.int().min(0),
    notifiedOn: Day,
  }),
});
