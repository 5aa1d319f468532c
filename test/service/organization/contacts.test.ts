import { randomUUID } from 'node:crypto';
import { demoContacts } from '#deploy/demo/contacts.ts';
import { Contact } from '#services/organization/contacts/contact.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { refusal, type Situation, startSituation } from './situation.ts';

type Finding = { ruleId: string; outcome: string; code: string; path: string[] };
type Published = {
  publishComplaintContacts: { unit: { contactsVersion: number }; findings: Finding[] };
};

const phone = { kind: 'PHONE', channel: '0351-0140105' };
const mailbox = { kind: 'MAILBOX', channel: 'xueji@example.cn' };

describe('where people turn with a complaint', () => {
  let network: Situation;
  beforeAll(async () => {
    network = await startSituation();
  });
  afterAll(() => network?.stop());

  const publish = (
    who: string,
    unit: string,
    expectedVersion: number,
    contacts: object[],
    key = randomUUID(),
  ) =>
    network.as<Published>(
      who,
      `mutation ($i: PublishComplaintContactsInput!) { publishComplaintContacts(input: $i) {
         unit { contactsVersion } findings { ruleId outcome code path } } }`,
      { i: { idempotencyKey: key, unit, expectedVersion, contacts } },
    );
  const shown = async (who: string | null, region: string) =>
    (
      await network.as<{ complaintContacts: object[] }>(
        who,
        'query ($region: ID!) { complaintContacts(region: $region) { unit name kind channel } }',
        { region },
      )
    ).data?.complaintContacts;
  const missing = async (who: string, code: string) =>
    (
      await network.as<{ orgUnit: { contactFindings: Finding[] | null } }>(
        who,
        'query ($code: ID!) { orgUnit(code: $code) { contactFindings { ruleId outcome code path } } }',
        { code },
      )
    ).data?.orgUnit.contactFindings;

  test(
    holds('TKT-02', 'is published by the unit itself and read by everybody, the nearest unit first'),
    async () => {
      expect(await shown(null, '140105')).toEqual([]);
      await publish('shanxi', '140000', 0, [phone]);
      const { data } = await publish('xiaodian', '140105', 0, [phone, mailbox]);
      expect(data?.publishComplaintContacts).toEqual({ unit: { contactsVersion: 1 }, findings: [] });
      expect(await shown(null, '140105')).toEqual([
        { unit: '140105', name: '小店区', ...phone },
        { unit: '140105', name: '小店区', ...mailbox },
        { unit: '140000', name: '山西省', ...phone },
      ]);
      expect(await shown(null, '999999')).toEqual([]);
    },
  );

  test(
    breaks('TKT-02', 'what is missing is on record, for the own people and those above alone'),
    async () => {
      const one = (field: string) => ({
        ...{ ruleId: 'TKT-02', outcome: 'RECORD', code: 'CONTACT_NOT_PUBLISHED' },
        path: [field],
      });
      expect(await missing('ministry', '140100')).toEqual([one('phone'), one('mailbox')]);
      expect(await missing('shanxi', '140000')).toEqual([one('mailbox')]);
      expect(await missing('ministry', '000000')).toEqual([]);
      expect(await missing('xiaodian', '140105')).toEqual([]);
      expect(await missing('xiaodian', '140000')).toBeNull();
      expect(await missing('registrar', '140105')).toBeNull();
      const list =
        'query { unitsWithoutContacts(first: 200) { edges { node { code } } pageInfo { hasNextPage } } }';
      const { data } = await network.as<{ unitsWithoutContacts: { edges: { node: { code: string } }[] } }>(
        'shanxi',
        list,
      );
      const codes = data?.unitsWithoutContacts.edges.map(({ node }) => node.code) ?? [];
      expect(codes[0]).toBe('140000');
      expect(codes).toContain('140100');
      expect(codes).not.toContain('140105');
      expect(codes.every((code) => code.startsWith('14'))).toBe(true);
      expect(refusal(await network.as('registrar', list))).toBe('OUT_OF_JURISDICTION');
    },
  );

  test('nobody publishes for another unit, over an unseen version, or what is no number', async () => {
    expect(refusal(await publish('shanxi', '140105', 1, [phone]))).toBe('OUT_OF_JURISDICTION');
    expect(refusal(await publish('registrar', '140105', 1, [phone]))).toBe('OUT_OF_JURISDICTION');
    expect(refusal(await publish('beiguan', '410503', 7, [phone]))).toBe('VERSION_CONFLICT');
    for (const wrong of [
      [{ kind: 'PHONE', channel: 'call us' }],
      [{ kind: 'MAILBOX', channel: '12' }],
      [phone, phone],
    ])
      expect(refusal(await publish('beiguan', '410503', 0, wrong))).toBe('BAD_USER_INPUT');
    const key = randomUUID();
    for (const _ of [1, 2]) {
      const { data } = await publish('beiguan', '410503', 0, [phone, mailbox], key);
      expect(data?.publishComplaintContacts.unit.contactsVersion).toBe(1);
    }
  });

  test('those of the demo nation are well formed, and nobody’s', () => {
    const [, , county] = demoContacts([{ unit: '140105' }]);
    expect(county?.unit).toBe('140105');
    for (const contact of county?.contacts ?? []) expect(Contact.parse(contact)).toEqual(contact);
  });
});
