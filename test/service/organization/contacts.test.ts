import { readContacts } from '#services/organization/complaint-contacts.ts';
import { type Situation, startSituation } from './situation.ts';

const ask = `query ($region: ID!) { complaintContacts(region: $region) { unit name channel } }`;
const contacts = async (network: Situation, region: string) => {
  const { data, errors } = await network.as<{ complaintContacts: unknown[] }>(null, ask, { region });
  expect(errors).toEqual([]);
  return data?.complaintContacts;
};

describe('complaint contacts', () => {
  const before = process.env.COMPLAINT_CONTACTS;
  afterEach(() => {
    if (before === undefined) delete process.env.COMPLAINT_CONTACTS;
    else process.env.COMPLAINT_CONTACTS = before;
  });

  test('are those of the configuration, the nearest unit first, for everybody', async () => {
    process.env.COMPLAINT_CONTACTS = JSON.stringify([
      { unit: '000000', channel: 'tel:nation' },
      { unit: '140105', channel: 'tel:county' },
      { unit: '140105', channel: 'https://county.example' },
      { unit: '410503', channel: 'tel:elsewhere' },
    ]);
    const network = await startSituation();
    try {
      expect(await contacts(network, '140105')).toEqual([
        { unit: '140105', name: '小店区', channel: 'tel:county' },
        { unit: '140105', name: '小店区', channel: 'https://county.example' },
        { unit: '000000', name: '教育部', channel: 'tel:nation' },
      ]);
      expect(await contacts(network, '999999')).toEqual([]);
    } finally {
      await network.stop();
    }
  });

  test('without configuration there are none: no number is built in', () => {
    expect(readContacts({})).toEqual([]);
  });

  test.each(['no json', '{}', '[{"unit":"1","channel":"x"}]', '[{"unit":"140105","channel":""}]'])(
    'a configuration of %s stops the start',
    (text) => {
      expect(() => readContacts({ COMPLAINT_CONTACTS: text })).toThrow('COMPLAINT_CONTACTS');
    },
  );
});
