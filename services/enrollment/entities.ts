import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { CountingMarks } from '#libs/contracts/events/enrollment.ts';
import type { EnrollmentStatus } from '#libs/contracts/vocabulary.ts';
import type { AwayReason } from '#libs/law/enrollment/cancellation.ts';
import type { RefusalGround } from '#libs/law/enrollment/lawful-refusal.ts';
import type { Finding } from '#libs/law/finding.ts';
import type { RowProblem } from './import/problems/row-problem.ts';
import type { FileNote } from './import/reading/table.ts';

/** By person: a registration. Its version is the pupil's. */
export const Enrollment = defineEntity({
  name: 'Enrollment',
  tableName: 'enrollment',
  properties: {
    personId: p.uuid().primary(),
    enrollmentId: p.uuid().primary(),
    school: p.string(),
    place: p.bigint('number'),
    province: p.string(),
    stage: p.string(),
    entryYearAdj: p.integer(),
    lastGrade: p.integer(),
    frozenAt: p.datetime().nullable(),
    classId: p.uuid().nullable(),
    classWanted: p.string().nullable(),
    status: p.string().$type<EnrollmentStatus>(),
    channel: p.string(),
    active: p.boolean(),
    marks: p.json<CountingMarks>(),
    held: p.json<Finding[]>(),
    registeredAt: p.datetime(),
    decidedAt: p.datetime().nullable(),
    decidedBy: p.string().nullable(),
    decisionReason: p.string().nullable(),
    refusalGround: p.string().$type<RefusalGround>().nullable(),
    schoolNote: p.string().nullable(),
    dueOn: p.date(),
    dueProvisional: p.boolean(),
    dropoutMark: p.boolean(),
    awayReason: p.string().$type<AwayReason>().nullable(),
    atSpecializedSchool: p.boolean(),
    overseasExperience: p.boolean(),
    suspendedUntil: p.date().nullable(),
    formerSchools: p.array(),
    enteredBy: p.array(),
    infoDueOn: p.date().nullable(),
    infoConfirmedOn: p.date().nullable(),
    classOwedSince: p.datetime().nullable(),
    classPlacedAt: p.datetime().nullable(),
  },
});
export type Enrollment = InferEntity<typeof Enrollment>;

/** By person: the version of everything that enrollment knows of somebody. */
export const Pupil = defineEntity({
  name: 'Pupil',
  tableName: 'pupil',
  properties: { personId: p.uuid().primary(), place: p.bigint('number'), version: p.integer() },
});
export type Pupil = InferEntity<typeof Pupil>;

/** Reference: a class of a school. */
export const SchoolClass = defineEntity({
  name: 'SchoolClass',
  tableName: 'school_class',
  properties: {
    classId: p.uuid().primary(),
    school: p.string(),
    place: p.bigint('number'),
    stage: p.string(),
    entryYearAdj: p.integer(),
    name: p.string(),
    capacity: p.integer(),
    size: p.integer(),
    version: p.integer(),
  },
});
export type SchoolClass = InferEntity<typeof SchoolClass>;

export type ImportState = 'WAITING' | 'READING' | 'REGISTERING' | 'DONE' | 'FAILED';

export const ImportJob = defineEntity({
  name: 'ImportJob',
  tableName: 'import_job',
  properties: {
    jobId: p.uuid().primary(),
    school: p.string(),
    place: p.bigint('number'),
    province: p.string(),
    uploadId: p.uuid(),
    dryRun: p.boolean(),
    entryYear: p.integer(),
    state: p.string().$type<ImportState>(),
    read: p.integer(),
    total: p.integer().nullable(),
    good: p.integer(),
    registered: p.integer(),
    already: p.integer(),
    held: p.integer(),
    warned: p.integer(),
    bad: p.integer(),
    notes: p.json<FileNote[]>(),
    fileProblem: p.json<{ code: string; message: string; messageEn: string }>().nullable(),
    startedBy: p.string(),
    startedAt: p.datetime(),
    finishedAt: p.datetime().nullable(),
    reached: p.integer(),
    leaseUntil: p.datetime().nullable(),
    version: p.integer(),
  },
});
export type ImportJob = InferEntity<typeof ImportJob>;

export const ImportRow = defineEntity({
  name: 'ImportRow',
  tableName: 'import_row',
  properties: {
    jobId: p.uuid().primary(),
    rowNo: p.integer().primary(),
    place: p.bigint('number'),
    refused: p.boolean(),
    problems: p.json<RowProblem[]>(),
    warnings: p.json<RowProblem[]>(),
  },
});
export type ImportRow = InferEntity<typeof ImportRow>;

export const enrollmentEntities = [Enrollment, Pupil, SchoolClass, ImportJob, ImportRow];
