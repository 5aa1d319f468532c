import { enforces } from '#libs/law/enforces.ts';
import { maskName, maskNumber, maskPhone } from '#libs/law/privacy/masking.ts';
import type { Sealing } from '#libs/platform/crypto/sealing.ts';
import type { Directory } from '#libs/platform/directory/directory.ts';
import { isGranted } from '#libs/platform/permissions/table.ts';
import type { Context } from './context.ts';
import { divisionOf } from './division.ts';
import type { Guardian, IdentityDocument, Person, StudentNumber } from './entities.ts';
import { createRelease, type Full } from './full-values.ts';
import { documentContext, guardianContext, numberContext } from './person/claim-key.ts';

/**
 * What a viewer gets of a student: masked unless asked in full; every read is on the trail, full values are
 * marked there (PRV-13, PRV-14).
 */
export const createStudentView = (sealing: Sealing, directory: Directory) => {
  enforces('PRV-13', 'PRV-14');

  const release = createRelease(directory);

  const plain = <T>(context: Context, person: string, value: T): T => {
    context.trail.read(person);
    return value;
  };

  const optional = async (
    value: string | null | undefined,
    work: (value: string) => Promise<string>,
  ): Promise<string | null> => (value === null || value === undefined ? null : work(value));

  const Student = {
    id: (person: Person) => person.personId,
    numberKind: (person: Person) => person.numberKind ?? null,
    studentNumber: async (person: Person, args: Full, context: Context) => {
      const numbers = await context.people.numbers.load(person.personId);
      const current = numbers.find((number) => number.state === 'ACTIVE');
      if (current === undefined) return null;
      const value = sealing.open(Buffer.from(current.sealed), numberContext(person.personId));
      return release(context, person.personId, args, value, maskNumber);
    },
    numberHistory: (person: Person, _: unknown, context: Context) =>
      plain(context, person.personId, context.people.numbers.load(person.personId)),
    name: (person: Person, args: Full, context: Context) =>
      args.full === false
        ? release(context, person.personId, args, person.name, maskName)
        : plain(context, person.personId, person.name),
    formerName: (person: Person, _: unknown, context: Context) =>
      plain(context, person.personId, person.formerName ?? null),
    gender: (person: Person) => person.gender,
    birthDate: (person: Person, _: unknown, context: Context) =>
      plain(context, person.personId, person.birthDate),
    ethnicity: (person: Person, _: unknown, context: Context) =>
      plain(context, person.personId, person.ethnicGroup ?? null),
    identityDocument: async (person: Person, _: unknown, context: Context) => {
      const [document] = await context.people.documents.load(person.personId);
      return document ?? { personId: person.personId, type: person.documentType, sealed: null };
    },
    verification: (person: Person) => ({
      duplicateCheckedAt: person.duplicateCheckedAt,
      comparison: person.comparison,
      comparedAt: person.comparedAt ?? null,
    }),
    guardians: (person: Person, _: unknown, context: Context) =>
      plain(context, person.personId, context.people.guardians.load(person.personId)),
    guardianLinks: (person: Person, _: unknown, context: Context) =>
      context.actor !== null && isGranted(context.actor, 'guardian.link')
        ? plain(context, person.personId, context.people.links.load(person.personId))
        : null,
    profile: (person: Person, _: unknown, context: Context) => plain(context, person.personId, person),
    problemRecords: (person: Person, _: unknown, context: Context) =>
      plain(context, person.personId, context.people.problems.load(person.personId)),
  };

  const StudentNumberView = {
    value: (number: StudentNumber, args: Full, context: Context) =>
      release(
        context,
        number.personId,
        args,
        sealing.open(Buffer.from(number.sealed), numberContext(number.personId)),
        maskNumber,
      ),
  };

  const IdentityDocumentView = {
    number: (
      document: Pick<IdentityDocument, 'personId'> & { sealed: Uint8Array | null },
      args: Full,
      context: Context,
    ) =>
      document.sealed === null
        ? null
        : release(
            context,
            document.personId,
            args,
            sealing.open(Buffer.from(document.sealed), documentContext(document.personId)),
            maskNumber,
          ),
  };

  const address = async (text: string | null, person: string, args: Full, context: Context) => {
    if (text === null) return null;
    const masked = await divisionOf(directory, text);
    return release(context, person, args, text, () => masked);
  };

  const GuardianView = {
    isLegalGuardian: (guardian: Guardian) => guardian.isLegal,
    name: (guardian: Guardian, _: unknown, context: Context) =>
      plain(context, guardian.personId, guardian.name),
    phone: (guardian: Guardian, args: Full, context: Context) =>
      optional(guardian.phone, (phone) => release(context, guardian.personId, args, phone, maskPhone)),
    ethnicity: (guardian: Guardian) => guardian.ethnicGroup ?? null,
    documentNumber: ({ personId, position, sealedDocument }: Guardian, args: Full, context: Context) =>
      sealedDocument
        ? release(
            context,
            personId,
            args,
            sealing.open(Buffer.from(sealedDocument), guardianContext(personId, position)),
            maskNumber,
          )
        : null,
    householdAddress: (guardian: Guardian, args: Full, context: Context) =>
      address(guardian.householdAddress ?? null, guardian.personId, args, context),
  };

  const StudentProfile = {
    currentAddress: (person: Person, args: Full, context: Context) =>
      address(person.profile.currentAddress, person.personId, args, context),
    householdAddress: (person: Person, args: Full, context: Context) =>
      address(person.profile.householdAddress, person.personId, args, context),
    contactPhone: (person: Person, args: Full, context: Context) =>
      optional(person.profile.contactPhone, (phone) =>
        release(context, person.personId, args, phone, maskPhone),
      ),
    ...Object.fromEntries(
      (
        [
          'politicalStatus',
          'isBoarder',
          'isLeftBehind',
          'isMigrantChild',
          'isDisabled',
          'disabilityType',
          'placementMode',
          'hasResidencePermit',
          'residencePermitIssuer',
          'residencePermitIssueDate',
          'commuteDistance',
          'commuteMode',
          'disabilityLevel',
        ] as const
      ).map((field) => [field, (person: Person) => person.profile[field] ?? null]),
    ),
    provincial: ({ provincial }: Person) =>
      Object.entries(provincial).map(([name, value]) => ({ name, value })),
  };

  return {
    Student,
    StudentNumber: StudentNumberView,
    IdentityDocument: IdentityDocumentView,
    Guardian: GuardianView,
    StudentProfile,
  };
};
