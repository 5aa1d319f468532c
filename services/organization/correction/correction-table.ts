import { defineEntity, p } from '@mikro-orm/core';
import type { Finding } from '#libs/law/finding.ts';
import type { CorrectionOrder } from './correction.ts';

/** Orders by place of the school or unit that is to correct, bound by row-level security. */
export const CorrectionTable = defineEntity({
  name: 'CorrectionOrder',
  tableName: 'correction_order',
  properties: {
    orderId: p.uuid().primary(),
    target: p.string(),
    isSchool: p.boolean(),
    unit: p.string(),
    province: p.string(),
    place: p.bigint('number'),
    kind: p.string().$type<CorrectionOrder['kind']>(),
    evidence: p.string(),
    ticket: p.uuid().strictNullable().fieldName('ticket_id'),
    orderedBy: p.string(),
    orderedAt: p.datetime(),
    dueOn: p.date(),
    provisional: p.boolean(),
    calendarVersion: p.string(),
    state: p.string().$type<CorrectionOrder['state']>(),
    measures: p.string().strictNullable(),
    reportedAt: p.datetime().strictNullable(),
    remark: p.string().strictNullable(),
    closedAt: p.datetime().strictNullable(),
    closedBy: p.string().strictNullable(),
    escalatedTo: p.string().strictNullable(),
    escalatedAt: p.datetime().strictNullable(),
    findings: p.json<Finding[]>(),
    version: p.integer(),
  },
});
