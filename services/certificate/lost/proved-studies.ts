import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import { isUuid } from '#libs/contracts/ids.ts';
import { outcomeOfStatus } from '#libs/law/certificate/kinds.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { query } from '#libs/platform/database/query.ts';
import { asWorker, inScope } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Certificate } from '../certificates/certificate.ts';
import { certificatesWhere } from '../certificates/certificate-rows.ts';
import type { Study } from '../studies/study.ts';
import { studiesWhere } from '../studies/study-rows.ts';
import type { FormerGraduate, StatementInput } from './statement-input.ts';

/** From where the studies are known: a certificate of the register, its record of them, or the school's own records. */
export type Known =
  | { from: 'CERTIFICATE'; original: Certificate }
  | { from: 'STUDY'; study: Study }
  | { from: 'SCHOOL'; graduate: FormerGraduate };

/** The studies that a certificate of schooling is to prove. */
export type Proved = {
  person: string;
  enrollment: string;
  stage: Certificate['stage'];
  school: SchoolFact;
  place: number;
  province: string;
  known: Known;
  /** The number is that of the graduation certificate that the register has of these studies. */
  originalKnown: boolean;
  /** The register has a graduation certificate of these studies, or has given this number to somebody. */
  inRegister: boolean;
};

type Core = Pick<ServiceCore, 'app' | 'worker' | 'directory' | 'sealing'>;

/** An id that the same words always have, and from which nobody reads them. */
const idOf = ({ sealing }: Core, domain: string, words: readonly string[]): string => {
  const hex = sealing.hash(domain, words.join('\0')).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

const wasGiven = async ({ worker }: Core, number: string | null): Promise<boolean> =>
  number !== null &&
  (await asWorker(worker, (tx) => query(tx, 'select 1 from certificate_number where number = $1', [number])))
    .length > 0;

const ofFormer = async (core: Core, graduate: FormerGraduate, number: string | null): Promise<Proved> => {
  const school = await core.directory.school(graduate.school);
  if (school === undefined) throw outOfJurisdiction();
  const { stage, name, birthDate } = graduate;
  const words = [school.code, stage, name, birthDate, number ?? ''];
  return {
    ...{ person: idOf(core, 'former graduate', words), enrollment: idOf(core, 'former studies', words) },
    ...{ stage, school, place: school.place, province: school.province },
    ...{
      known: { from: 'SCHOOL', graduate },
      originalKnown: false,
      inRegister: await wasGiven(core, number),
    },
  };
};

const ofStudent = async (
  core: Core,
  caller: Actor,
  student: string,
  number: string | null,
): Promise<Proved> => {
  if (!isUuid(student)) throw outOfJurisdiction();
  const { certificates, studies } = await inScope(
    core.app,
    await core.directory.scopeOf(caller),
    async (tx) => ({
      certificates: await certificatesWhere(tx, `person_id = $1 and kind = 'GRADUATION' order by issued_on`, [
        student,
      ]),
      studies: await studiesWhere(tx, 'person_id = $1 order by started_on', [student]),
    }),
  );
  const original = certificates.find((each) => each.number === number && each.state === 'ISSUED');
  const uncertified = studies.findLast(
    ({ status, enrollment }) =>
      outcomeOfStatus(status) === 'GRADUATION' &&
      !certificates.some((certificate) => certificate.enrollment === enrollment),
  );
  const about = original ?? uncertified ?? certificates.at(-1);
  const school = about && (await core.directory.school(about.school));
  if (about === undefined || school === undefined) throw outOfJurisdiction();
  const { person, enrollment, stage, place, province } = about;
  const known: Known =
    'kind' in about ? { from: 'CERTIFICATE', original: about } : { from: 'STUDY', study: about };
  const inRegister = known.from === 'CERTIFICATE' || (await wasGiven(core, number));
  const where = { person, enrollment, stage, school, place, province };
  return { ...where, known, originalKnown: original !== undefined, inRegister };
};

/** Finds the studies that somebody asks about, as far as the caller may see them; throws OUT_OF_JURISDICTION where there are none. */
export const provedStudies = (core: Core, caller: Actor, asked: StatementInput): Promise<Proved> => {
  const number = asked.originalNumber?.trim() || null;
  return asked.formerGraduate
    ? ofFormer(core, asked.formerGraduate, number)
    : ofStudent(core, caller, asked.student ?? '', number);
};
