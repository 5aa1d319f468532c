import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { z } from 'zod';
import type { Succession } from '#libs/contracts/events/organization.ts';
import type { Ownership, SchoolKind, SchoolState } from '#libs/contracts/vocabulary.ts';
import type { AdmissionArea } from '#libs/law/organization/admission-area.ts';
import type { Terms } from './calendar/terms.ts';
import { CorrectionTable } from './correction/correction-table.ts';
import { TermDutyTable } from './duty/duty-table.ts';
import { RegistrarTable } from './registrar/registrar-table.ts';
import type { School as SchoolRecord, Sponsor } from './school/school.ts';
import type { StageSpan, System } from './school/stages.ts';
import type { UnitLevel } from './tree/org-unit.ts';
import type { ManagedBy } from './tree/registry-authority.ts';

/** Reference tables: units, schools, calendars and promotions are public facts without personal data. */
export const Unit = defineEntity({
  name: 'Unit',
  tableName: 'org_unit',
  properties: {
    code: p.string().primary(),
    name: p.string(),
    level: p.string().$type<UnitLevel>(),
    parent: p.string().strictNullable(),
    lo: p.bigint('number'),
    hi: p.bigint('number'),
    province: p.string(),
    gbt2260: p.boolean(),
    version: p.integer(),
  },
});
export type Unit = InferEntity<typeof Unit>;

export const School = defineEntity({
  name: 'School',
  tableName: 'school',
  properties: {
    code: p.string().primary(),
    name: p.string(),
    kind: p.string().$type<SchoolKind>(),
    stages: p.json<StageSpan[]>(),
    system: p.string().$type<System>(),
    ownership: p.string().$type<z.infer<typeof Ownership>>(),
    sponsor: p.string().$type<Sponsor>(),
    state: p.string().$type<z.infer<typeof SchoolState>>(),
    managedBy: p.string().$type<ManagedBy>(),
    authority: p.string(),
    unit: p.string(),
    province: p.string(),
    city: p.string().strictNullable(),
    county: p.string().strictNullable(),
    place: p.bigint('number'),
    openedOn: p.date(),
    endedOn: p.date().strictNullable(),
    formerNames: p.json<SchoolRecord['formerNames']>(),
    predecessor: p.string().strictNullable(),
    successor: p.string().strictNullable(),
    succession: p.json<Succession>().strictNullable(),
    admissionAreas: p.json<AdmissionArea[]>(),
    competentAuthority: p.string().strictNullable(),
    version: p.integer(),
  },
});
export type School = InferEntity<typeof School>;

export const TermCalendar = defineEntity({
  name: 'TermCalendar',
  tableName: 'term_calendar',
  properties: {
    region: p.string().primary(),
    schoolYear: p.integer().primary(),
    terms: p.json<Terms>(),
    version: p.integer(),
  },
});
export type TermCalendar = InferEntity<typeof TermCalendar>;

export const Promotion = defineEntity({
  name: 'Promotion',
  tableName: 'promotion',
  properties: {
    schoolYear: p.integer().primary(),
    effectiveAt: p.datetime(),
    version: p.integer(),
  },
});
export type Promotion = InferEntity<typeof Promotion>;

export const organizationEntities = [
  Unit,
  School,
  TermCalendar,
  Promotion,
  RegistrarTable,
  CorrectionTable,
  TermDutyTable,
];
