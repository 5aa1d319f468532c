import { createHash } from 'node:crypto';
import { type DataOf, dataSchemaOf, type Envelope, type EventKind } from '#libs/contracts/envelope.ts';
import {
  type CountingMarks,
  EnrollmentApproved,
  EnrollmentRegistered,
  EnrollmentRejected,
} from '#libs/contracts/events/enrollment.ts';
import {
  FormalNumberIssued,
  NumberClosed,
  TemporaryNumberAssigned,
} from '#libs/contracts/events/identity.ts';
import { KeyInfoChanged, NumberDeleted, NumberReissued } from '#libs/contracts/events/key-change.ts';
import type { Stage } from '#libs/contracts/vocabulary.ts';

/** A stable id for a name, so that a test says who it speaks of. */
export const idOf = (name: string): string => {
  const hex = createHash('sha256').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

export const plainMarks: CountingMarks = {
  gender: 'MALE',
  documentType: 'RESIDENT_ID',
  boarder: false,
  leftBehind: false,
  migrant: false,
  residencePermit: false,
  disabled: false,
  ethnicGroup: 'HAN',
};

/** A pupil of the test: where, and what it counts as. */
export type TestPupil = {
  name: string;
  place: number;
  school: string;
  stage?: Stage;
  entryYearAdj?: number;
  lastGrade?: number;
  marks?: Partial<CountingMarks>;
};

export const envelope = <Kind extends EventKind>(
  kind: Kind,
  subject: string,
  version: number,
  data: DataOf<Kind>,
  time = '2026-09-02T09:00:00.000+08:00',
): Envelope => ({
  specversion: '1.0',
  id: idOf(`${kind.type} ${subject} ${version}`),
  source: kind.source,
  type: kind.type,
  time,
  subject,
  dataschema: dataSchemaOf(kind),
  datacontenttype: 'application/json',
  aggregateversion: version,
  data,
});

const provinceOf = (place: number): string => `${String(Math.floor(place / 1e9)).padStart(2, '0')}0000`;

const whereOf = ({ name, place }: TestPupil) => ({ person: idOf(name), place, province: provinceOf(place) });

const placementOf = (pupil: TestPupil, attempt: number) => ({
  ...whereOf(pupil),
  enrollment: idOf(`${pupil.name} enrollment ${attempt}`),
  school: pupil.school,
});

/** Events of one pupil as enrollment and identity send them; `attempt` counts its registrations. */
export const told = {
  registered: (pupil: TestPupil, version = 1, attempt = 1): Envelope =>
    envelope(EnrollmentRegistered, idOf(pupil.name), version, {
      ...placementOf(pupil, attempt),
      stage: pupil.stage ?? 'PRIMARY',
      entryYearAdj: pupil.entryYearAdj ?? 2026,
      lastGrade: pupil.lastGrade ?? 6,
      status: 'PENDING_APPROVAL',
      channel: 'PRIMARY_GRADE_ONE',
      marks: { ...plainMarks, ...pupil.marks },
    }),
  approved: (pupil: TestPupil, version = 2, attempt = 1): Envelope =>
    envelope(EnrollmentApproved, idOf(pupil.name), version, {
      ...placementOf(pupil, attempt),
      status: 'IN_SCHOOL',
    }),
  rejected: (pupil: TestPupil, final: boolean, version = 2, attempt = 1): Envelope =>
    envelope(EnrollmentRejected, idOf(pupil.name), version, {
      ...placementOf(pupil, attempt),
      status: final ? 'REFUSED' : 'RETURNED_TO_SCHOOL',
      final,
    }),
  temporary: (pupil: TestPupil, version = 1): Envelope =>
    envelope(TemporaryNumberAssigned, idOf(pupil.name), version, { ...whereOf(pupil), kind: 'L_TEMPORARY' }),
  formal: (pupil: TestPupil, version = 2): Envelope =>
    envelope(FormalNumberIssued, idOf(pupil.name), version, { ...whereOf(pupil), kind: 'G_FORMAL' }),
  changed: (
    pupil: TestPupil,
    counted: Pick<CountingMarks, 'gender' | 'documentType'>,
    version = 2,
  ): Envelope =>
    envelope(KeyInfoChanged, idOf(pupil.name), version, {
      ...whereOf(pupil),
      change: idOf('change'),
      counted,
    }),
  deleted: (pupil: TestPupil, version = 3): Envelope =>
    envelope(NumberDeleted, idOf(pupil.name), version, { ...whereOf(pupil), deletion: idOf('deletion') }),
  reissued: (pupil: TestPupil, version = 3): Envelope =>
    envelope(NumberReissued, idOf(pupil.name), version, {
      ...whereOf(pupil),
      change: idOf('change'),
      kind: 'G_FORMAL',
    }),
  closed: (pupil: TestPupil, version = 2): Envelope =>
    envelope(NumberClosed, idOf(pupil.name), version, whereOf(pupil)),
};
