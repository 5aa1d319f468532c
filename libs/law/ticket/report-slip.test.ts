import { breaks, holds } from '#test/support/rules.ts';
import { SHANXI } from '../testing/places.ts';
import { judgeAcceptance, judgeReportSlip, judgeSeal, type ReportSlipFacts } from './report-slip.ts';

const ON = '2026-09-02';
const contact = { name: '某某', unit: '某省教育厅', phone: '0351-0000000' };
const slip = (changes: Partial<ReportSlipFacts> = {}): ReportSlipFacts => ({
  byProvince: true,
  businessContact: contact,
  technicalContact: contact,
  items: [{ description: '两省各有一份学籍', scope: 'CROSS_PROVINCE', found: 'CROSS_PROVINCE' }],
  ...changes,
});
const told = (changes: Partial<ReportSlipFacts> = {}) =>
  judgeReportSlip(slip(changes), ON, SHANXI).map(
    ({ ruleId, code, path }) => `${ruleId} ${code} ${path?.join('.')}`,
  );
const item = slip().items[0];
if (item === undefined) throw new Error('The slip has an item');

describe('a report slip', () => {
  it(
    holds('TKT-04', 'carries a cross-province problem or one of the national system to the ministry'),
    () => {
      expect(told()).toEqual([]);
      expect(
        told({ items: [{ ...item, scope: 'SYSTEM_OPERATION', found: 'IN_PROVINCE_MANAGEMENT' }] }),
      ).toEqual([]);
    },
  );

  it(
    breaks('TKT-04', 'is no way around the province: the units concerned show what is cross-province'),
    () => {
      expect(told({ items: [{ ...item, found: 'IN_PROVINCE_MANAGEMENT' }] })).toEqual([
        'TKT-04 SCOPE_MISMATCH items.0.scope',
      ]);
      expect(told({ byProvince: false })).toEqual(['TKT-04 REPORT_NOT_FROM_PROVINCE provinceCode']);
    },
  );

  it(holds('TKT-03', 'need not be written for what the province solves itself'), () => {
    expect(told({ items: [item, item] })).toEqual([]);
  });

  it(breaks('TKT-03', 'holds nothing of the province’s own management or runtime environment'), () => {
    for (const scope of ['IN_PROVINCE_MANAGEMENT', 'PROVINCIAL_RUNTIME'] as const)
      expect(told({ items: [item, { ...item, scope, found: scope }] })).toEqual([
        'TKT-03 NOT_REPORTABLE_TO_MINISTRY items.1.scope',
      ]);
  });

  it(holds('TKT-06', 'lists several problems as several items'), () => {
    expect(told({ items: [item, { ...item, description: '另一件' }] })).toEqual([]);
  });

  it(breaks('TKT-06', 'has at least one item, and no empty one'), () => {
    expect(told({ items: [] })).toEqual(['TKT-06 EMPTY_PROBLEM_LIST items']);
    expect(told({ items: [item, { ...item, description: '  ' }] })).toEqual([
      'TKT-06 EMPTY_PROBLEM_LIST items.1.description',
    ]);
  });

  it(holds('TKT-09', 'names a contact of both sides'), () => {
    expect(told({ technicalContact: { ...contact, name: '另一人' } })).toEqual([]);
  });

  it(breaks('TKT-09', 'with half a contact names each part that is missing, all at once'), () => {
    expect(told({ businessContact: { name: '某某' }, technicalContact: null, items: [] })).toEqual([
      'TKT-09 CONTACT_MISSING businessContact.unit',
      'TKT-09 CONTACT_MISSING businessContact.phone',
      'TKT-09 CONTACT_MISSING technicalContact.name',
      'TKT-09 CONTACT_MISSING technicalContact.unit',
      'TKT-09 CONTACT_MISSING technicalContact.phone',
      'TKT-06 EMPTY_PROBLEM_LIST items',
    ]);
  });

  it(holds('TKT-05', 'goes to the ministry under the seal of the province'), () => {
    expect(judgeSeal({ sealed: true }, ON, SHANXI)).toEqual([]);
  });

  it(breaks('TKT-05', 'does not go without it'), () => {
    expect(judgeSeal({ sealed: false }, ON, SHANXI)).toMatchObject([
      { ruleId: 'TKT-05', code: 'PROVINCIAL_SEAL_MISSING' },
    ]);
  });

  const accepted = { acceptor: '某某', acceptingUnit: '信息中心', acceptedAt: '2026-09-02T10:00:00+08:00' };

  it(holds('TKT-12', 'is accepted by somebody of a unit at a time, and answered with an opinion'), () => {
    expect(judgeAcceptance(accepted, ON, SHANXI)).toEqual([]);
    expect(judgeAcceptance({ ...accepted, opinion: '已转办' }, ON, SHANXI)).toEqual([]);
  });

  it(breaks('TKT-12', 'is not accepted by nobody, nor answered without an opinion'), () => {
    const missing = judgeAcceptance({ ...accepted, acceptor: null, opinion: '' }, ON, SHANXI);
    expect(missing.map(({ code, path }) => [code, path])).toEqual([
      ['ACCEPTANCE_INCOMPLETE', ['acceptor']],
      ['ACCEPTANCE_INCOMPLETE', ['ministryOpinion']],
    ]);
  });
});
