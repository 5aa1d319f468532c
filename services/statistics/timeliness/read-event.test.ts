import { readFileSync } from 'node:fs';
import { Envelope } from '#libs/contracts/envelope.ts';
import { readTimelinessEvent } from './read-event.ts';

const corpus = (type: string): Envelope =>
  Envelope.parse(
    JSON.parse(readFileSync(new URL(`../../../test/events/corpus/${type}.1.json`, import.meta.url), 'utf8')),
  );
const read = (type: string, more: Record<string, unknown> = {}) => {
  const event = corpus(type);
  return readTimelinessEvent({ ...event, data: { ...event.data, ...more } });
};

describe('an event for the report', () => {
  test('of a step that was told before its day in the report was goes by its own day, at the school of its side', () => {
    const { dueOn, provisional, party, target } = corpus('TransferStepOpened').data;
    const { place } = target as { place: number };
    expect(read('TransferStepOpened')).toMatchObject({
      kind: 'OPENED',
      step: {
        reportDueOn: dueOn,
        provisional,
        party,
        place,
        turn: null,
      },
    });
  });

  test('of a step with a day in the report goes by that one, at the place of its unit', () => {
    const days = { reportDueOn: '2027-03-01', reportProvisional: false };
    const more = { party: 'SOURCE_SCHOOL', ...days, turn: 1, unitPlace: 7 };
    expect(read('TransferStepOpened', more)).toMatchObject({
      step: { reportDueOn: '2027-03-01', provisional: false, turn: 1, place: 7 },
    });
  });

  test('of a filing opens no clock, and ends the step of the receiving school', () => {
    expect(read('TransferStepOpened', { party: 'PREFILING_BUREAU' })).toBeUndefined();
    expect(read('TransferPrefiled')).toMatchObject({ kind: 'DECIDED', party: 'TARGET_SCHOOL' });
  });

  test('of the receiving school before the start has no day that could be over', () => {
    const before = { party: 'TARGET_SCHOOL', reportDueOn: '2026-08-01', reportProvisional: false };
    expect(read('TransferStepOpened', before)).toMatchObject({ step: { provisional: true } });
    expect(read('TransferStepDueMoved', before)).toBeUndefined();
    expect(read('TransferInitiated')).toMatchObject({ kind: 'DECIDED', party: 'TARGET_SCHOOL' });
  });

  test.each([
    'TransferDiscarded',
    'TransferRejected',
    'TransferWithdrawn',
    'TransferPurged',
    'TransferAutoCancelled',
    'TransferCompleted',
  ])('%s ends whatever is open of its case', (type) => {
    expect(read(type)).toMatchObject({ kind: 'ENDED', transfer: corpus(type).data.transfer });
  });

  test('of an archive that is on record counts where something was due', () => {
    const { unit, unitPlace, rule } = corpus('ArchiveLapseRecorded').data;
    expect(read('ArchiveLapseRecorded', { dueOn: '2026-10-02' })).toMatchObject({
      ...{ kind: 'OMITTED', unit, place: unitPlace, rule },
    });
    expect(read('ArchiveLapseRecorded', { dueOn: null })).toBeUndefined();
  });

  test('of another kind is none', () => {
    expect(read('TransferDrafted')).toBeUndefined();
  });
});
