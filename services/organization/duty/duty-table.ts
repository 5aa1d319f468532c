import { defineEntity, p } from '@mikro-orm/core';
import type { DutyDone } from './duty.ts';

/** What was done, by place of the county or school, bound by row-level security; a county reads as well what it was told. */
export const TermDutyTable = defineEntity({
  name: 'TermDuty',
  tableName: 'term_duty',
  properties: {
    owner: p.string().primary(),
    schoolYear: p.integer().primary(),
    term: p.integer().primary().$type<DutyDone['term']>(),
    kind: p.string().$type<DutyDone['kind']>(),
    county: p.string(),
    province: p.string(),
    place: p.bigint('number'),
    toldPlace: p.bigint('number').strictNullable(),
    note: p.string(),
    transferredIn: p.integer().strictNullable(),
    transferredOut: p.integer().strictNullable(),
    opensOn: p.date(),
    closesOn: p.date(),
    doneAt: p.datetime(),
    doneBy: p.string(),
  },
});
