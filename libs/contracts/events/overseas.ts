import { z } from 'zod';
import { defineEvent } from '../envelope.ts';
import { Place, SchoolCode, UnitCode, Uuid } from '../ids.ts';
import { OverseasCategory } from '../vocabulary.ts';

const source = 'enrollment';

const Whereabouts = z.object({
  person: Uuid,
  enrollment: Uuid,
  school: SchoolCode,
  place: Place,
  province: UnitCode,
});
const Matter = Whereabouts.extend({ city: UnitCode });

export const OverseasStudentRecorded = defineEvent({
  type: 'OverseasStudentRecorded',
  source,
  version: 1,
  summary: 'A pupil from abroad who has won a local place was registered (ENR-17).',
  data: Whereabouts.extend({ category: OverseasCategory }),
});
export const CityConfirmationRequested = defineEvent({
  type: 'CityConfirmationRequested',
  source,
  version: 1,
  summary: 'The registration of a pupil of a joint programme was put before the city (ENR-18).',
  data: Matter,
});
export const SpecialCaseReported = defineEvent({
  type: 'SpecialCaseReported',
  source,
  version: 1,
  summary: 'School or county explained a special situation to the city (ENR-19).',
  data: Matter,
});
export const CityConfirmed = defineEvent({
  type: 'CityConfirmed',
  source,
  version: 1,
  summary: 'The city confirmed a registration; its authority may approve it (ENR-18, ENR-19).',
  data: Matter,
});
export const CityDeclined = defineEvent({
  type: 'CityDeclined',
  source,
  version: 1,
  summary: 'The city did not confirm a registration; it goes back to the school (ENR-18, ENR-19).',
  data: Matter,
});
