import { z } from 'zod';
import { defineEvent } from '../envelope.ts';
import { Place, SchoolCode, UnitCode, Uuid } from '../ids.ts';
import { Custodian } from './archive.ts';

const source = 'archive';

/** A school that is to be closed, and the decision to close it. */
const Closing = z.object({ closure: Uuid, school: SchoolCode, place: Place, province: UnitCode });

export const ArchiveCustodianDesignated = defineEvent({
  type: 'ArchiveCustodianDesignated',
  source,
  version: 1,
  summary: 'The competent authority named who keeps the archives of a school that is to be closed (ARC-14).',
  data: Closing.extend({ custodian: Custodian, authority: UnitCode }),
});

export const SchoolArchivesSettled = defineEvent({
  type: 'SchoolArchivesSettled',
  source,
  version: 1,
  summary:
    'No archive is left with a school that is to be closed, and no pupil sits in it: it can end (ARC-14).',
  data: Closing.extend({ moved: z.int().min(0) }),
});
