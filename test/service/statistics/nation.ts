import { nationTree } from '#deploy/demo/units.ts';
import { dataSchemaOf, type Envelope, type EventKind } from '#libs/contracts/envelope.ts';
import { PromotionSet, type SchoolFact, SchoolSet, UnitsSet } from '#libs/contracts/events/organization.ts';
import { idOf } from './events.ts';

const told = (
  kind: EventKind,
  subject: string,
  version: number,
  data: Record<string, unknown>,
): Envelope => ({
  specversion: '1.0',
  id: idOf(`${kind.type} ${subject} ${version}`),
  source: 'organization',
  type: kind.type,
  time: '2026-01-01T00:00:00.000+08:00',
  subject,
  dataschema: dataSchemaOf(kind),
  datacontenttype: 'application/json',
  aggregateversion: version,
  data,
});

/** Every unit of the nation, in events of 500. */
export const unitsTold = (): Envelope[] => {
  const units = nationTree().units.map(({ gbt2260: _, ...unit }) => unit);
  const events: Envelope[] = [];
  for (let at = 0; at < units.length; at += 500) {
    events.push(told(UnitsSet, 'tree', at / 500 + 1, { units: units.slice(at, at + 500) }));
  }
  return events;
};

/** A school of the test, at a place of its authority's own slot. */
export type TestSchool = { code: string; name: string; authority: string; place: number };

export const schoolTold = ({ code, name, authority, place }: TestSchool): Envelope => {
  const province = `${authority.slice(0, 2)}0000`;
  const fact: SchoolFact = {
    code,
    name,
    kind: 'PRIMARY',
    stages: [{ stage: 'PRIMARY', firstYear: 1, lastYear: 6 }],
    system: 'S63',
    ownership: 'PUBLIC',
    state: 'ACTIVE',
    authority,
    province,
    city: `${authority.slice(0, 4)}00`,
    county: authority.endsWith('00') ? null : authority,
    place,
  };
  return told(SchoolSet, code, 1, fact);
};

export const promotionTold = (schoolYear: number, effectiveAt: string): Envelope =>
  told(PromotionSet, `promotion ${schoolYear}`, 1, { schoolYear, effectiveAt });

/** Two counties of Taiyuan with a school each, one that the city runs itself, and one in Henan. */
export const schools = {
  xiaodian: { code: '2114000001', name: '小店区知行小学', authority: '140105', place: 14_010_500_001 },
  xiaodianSecond: { code: '2114000002', name: '小店区明德小学', authority: '140105', place: 14_010_500_002 },
  yingze: { code: '2114000004', name: '迎泽区知行小学', authority: '140106', place: 14_010_600_001 },
  city: { code: '2114000009', name: '太原市实验小学', authority: '140100', place: 14_010_000_001 },
  beiguan: { code: '2141000001', name: '北关区知行小学', authority: '410503', place: 41_050_300_001 },
} as const satisfies Record<string, TestSchool>;
