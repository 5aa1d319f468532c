import { type Entry, entriesOf, matterEntries, measuresOpen } from './archive-entries.ts';

const entry = (number: number, more: Partial<Entry> = {}): Entry => ({
  ...{
    __typename: 'ArchiveEntry',
    number,
    kind: 'PROOF',
    category: 'PROOFS',
    change: null,
    level: null,
    occurredOn: '2026-09-01',
  },
  ...{ words: null, corrects: null, matter: null, files: null },
  ...more,
});
const measure = (number: number, corrects: number | null = null): Entry =>
  entry(number, { kind: 'DISCIPLINE', category: 'PROVINCIAL_OTHER', corrects });

test('entries stand as they were entered, each with its category', () => {
  const { category: _proofs, ...second } = entry(2);
  const { category: _other, ...first } = measure(1);
  const shown = entriesOf([
    { __typename: 'ArchiveSection', category: 'PROOFS', entries: [second] },
    { __typename: 'ArchiveSection', category: 'PROVINCIAL_OTHER', entries: [first] },
  ]);
  expect(shown.map(({ number, category }) => [number, category])).toEqual([
    [1, 'PROVINCIAL_OTHER'],
    [2, 'PROOFS'],
  ]);
});

test('a measure may be revoked once; what revoked it may not, nor does another correction count', () => {
  const entries = [measure(1), measure(2), measure(3, 1), entry(4, { corrects: 2 })];
  expect(measuresOpen(entries)).toEqual([2]);
});

test('papers are brought for a change once, whatever the archive tells of it', () => {
  const entries = [entry(1), entry(2, { matter: 'a' }), entry(3, { matter: 'b' }), entry(4, { matter: 'a' })];
  expect(matterEntries(entries).map(({ number }) => number)).toEqual([4, 3]);
});
