import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { ProblemRecordState } from '#libs/contracts/events/problem-record.ts';
import type { ProfileFacts } from '#libs/contracts/person-form.ts';
import type {
  Gender,
  IdDocumentType,
  ProblemRecordKind,
  StudentNumberKind,
  StudentNumberState,
} from '#libs/contracts/vocabulary.ts';
import type { Resolution } from '#libs/law/identity/problem-course.ts';

/** Tables by person: the person id comes first in every key; row-level security ranges over `place`. */
export const Person = defineEntity({
  name: 'Person',
  tableName: 'person',
  properties: {
    personId: p.uuid().primary(),
    place: p.bigint('number'),
    school: p.string(),
    province: p.string(),
    registered: p.boolean(),
    approved: p.boolean(),
    name: p.string(),
    formerName: p.string().nullable(),
    gender: p.string().$type<Gender>(),
    birthDate: p.date(),
    nationality: p.string(),
    overseasCategory: p.string(),
    ethnicGroup: p.string().nullable(),
    documentType: p.string().$type<IdDocumentType>(),
    profile: p.json<ProfileFacts>(),
    provincial: p.json<Record<string, string>>(),
    numberKind: p.string().$type<StudentNumberKind>().nullable(),
    duplicateCheckedAt: p.datetime(),
    comparison: p.string().$type<'NOT_COMPARED' | 'PASS' | 'FAIL'>(),
    comparedAt: p.datetime().nullable(),
    version: p.integer(),
    createdAt: p.datetime(),
  },
});
export type Person = InferEntity<typeof Person>;

export const IdentityDocument = defineEntity({
  name: 'IdentityDocument',
  tableName: 'identity_document',
  properties: {
    personId: p.uuid().primary(),
    documentId: p.uuid().primary(),
    place: p.bigint('number'),
    type: p.string(),
    sealed: p.blob(),
    validFrom: p.datetime(),
    validTo: p.datetime().nullable(),
  },
});
export type IdentityDocument = InferEntity<typeof IdentityDocument>;

export const StudentNumber = defineEntity({
  name: 'StudentNumber',
  tableName: 'student_number',
  properties: {
    personId: p.uuid().primary(),
    ordinal: p.integer().primary(),
    place: p.bigint('number'),
    kind: p.string().$type<StudentNumberKind>(),
    state: p.string().$type<StudentNumberState>(),
    sealed: p.blob(),
    validFrom: p.datetime(),
    validTo: p.datetime().nullable(),
    reason: p.string(),
    approver: p.string(),
    checks: p.json<Record<string, string>>(),
  },
});
export type StudentNumber = InferEntity<typeof StudentNumber>;

export const Guardian = defineEntity({
  name: 'Guardian',
  tableName: 'guardian',
  properties: {
    personId: p.uuid().primary(),
    position: p.integer().primary(),
    place: p.bigint('number'),
    name: p.string(),
    relation: p.string(),
    isLegal: p.boolean(),
    ethnicGroup: p.string().nullable(),
    documentType: p.string().$type<IdDocumentType>(),
    sealedDocument: p.blob().nullable(),
    documentHash: p.blob().nullable(),
    workUnit: p.string().nullable(),
    householdAddress: p.string().nullable(),
    phone: p.string().nullable(),
  },
});
export type Guardian = InferEntity<typeof Guardian>;

export const ProblemRecord = defineEntity({
  name: 'ProblemRecord',
  tableName: 'problem_record',
  properties: {
    personId: p.uuid().primary(),
    problemId: p.uuid().primary(),
    place: p.bigint('number'),
    kind: p.string().$type<ProblemRecordKind>(),
    state: p.string().$type<ProblemRecordState>(),
    openedAt: p.datetime(),
    dueOn: p.date(),
    provisional: p.boolean(),
    settledAt: p.datetime().nullable(),
    province: p.string(),
    source: p.string().$type<'SYSTEM' | 'SCHOOL_CHECK' | 'AUTHORITY_CHECK' | 'COMPLAINT'>(),
    turn: p.string(),
    lastActor: p.string().nullable(),
    otherPerson: p.uuid().nullable(),
    resolution: p.string().$type<Resolution>().nullable(),
    graduatedOn: p.date().nullable(),
    version: p.integer(),
  },
});
export type ProblemRecord = InferEntity<typeof ProblemRecord>;

export const identityEntities = [Person, IdentityDocument, StudentNumber, Guardian, ProblemRecord];
