import fc from 'fast-check';
import type { Envelope } from '#libs/contracts/envelope.ts';
import { dataSchemaOf, type EventKind } from '#libs/contracts/envelope.ts';
import { EnrollmentMoved } from '#libs/contracts/events/enrollment-move.ts';
import { WIDTHS } from './blocks.ts';
import type { Cell } from './cells.ts';
import { dayDeltasOf, overDays } from './day-cells.ts';
import { isCounted, type Pupil, pupilAfter, readStockEvent } from './pupil.ts';

/** Two schools of a county, one of the next county, one of another city, one of another province. */
const schools = [14_010_500_001, 14_010_500_002, 14_010_600_001, 14_020_200_003, 41_050_300_001].map(
  (place, nth) => ({ code: `21140000${nth}0`, place, province: `${Math.floor(place / 1e9)}0000` }),
);
const [ending, ...others] = schools;
if (ending === undefined) throw new Error('No schools');

const uuid = (nth: number): string => `00000000-0000-7000-8000-${String(nth).padStart(12, '0')}`;

const envelopeOf = (kind: EventKind, data: Record<string, unknown>): Envelope => ({
  ...{ specversion: '1.0', id: uuid(999), source: kind.source, type: kind.type, subject: uuid(1) },
  ...{ time: '2026-09-01T08:00:00+08:00', dataschema: dataSchemaOf(kind) },
  ...{ datacontenttype: 'application/json', aggregateversion: 1, data },
});

const anyPupil = (nth: number) =>
  fc
    .record({
      school: fc.constantFrom(...schools),
      entryYearAdj: fc.integer({ min: 2020, max: 2026 }),
      gender: fc.constantFrom('MALE' as const, 'FEMALE' as const),
      status: fc.constantFrom(
        'PENDING_APPROVAL' as const,
        'IN_SCHOOL' as const,
        'SUSPENDED' as const,
        'GRADUATED' as const,
      ),
      numberKind: fc.constantFrom('G_FORMAL' as const, 'L_TEMPORARY' as const, null),
    })
    .map(
      ({ school, gender, numberKind, ...facts }): Pupil => ({
        ...{
          person: uuid(nth),
          place: school.place,
          province: school.province,
          numberKind,
          told: { identity: null, living: null },
        },
        registration: {
          ...facts,
          ...{
            enrollment: uuid(1_000 + nth),
            school: school.code,
            stage: 'PRIMARY',
            lastGrade: 6,
            frozenAt: null,
          },
          marks: {
            ...{ gender, documentType: 'RESIDENT_ID', boarder: false, leftBehind: false, migrant: false },
            ...{ residencePermit: false, disabled: false, ethnicGroup: 'HAN' },
          },
        },
      }),
    );

const anyStock = fc
  .integer({ min: 1, max: 30 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, nth) => anyPupil(nth))));

const moveOf = (pupil: Pupil, into: (typeof schools)[number], lastGrade: number): Pupil => {
  const { registration } = pupil;
  if (registration === null) throw new Error('No registration');
  const event = readStockEvent(
    envelopeOf(EnrollmentMoved, {
      ...{ person: pupil.person, enrollment: registration.enrollment, status: registration.status },
      ...{ school: into.code, place: into.place, province: into.province, merger: uuid(7) },
      position: { stage: 'PRIMARY', entryYearAdj: registration.entryYearAdj, lastGrade, frozenAt: null },
      from: { school: ending.code, place: ending.place, province: ending.province },
    }),
  );
  if (event === undefined) throw new Error('It counts nothing');
  return pupilAfter(pupil, event);
};

/** What somebody's change does to the cells, on whichever day. */
const deltasOf = (changes: readonly { before: Pupil | undefined; after: Pupil }[]): Cell[] => {
  const courseOf = (pupil: Pupil) => ({ registered: [{ day: '2026-09-01', pupil }], told: [] });
  return overDays(
    dayDeltasOf(
      changes.map(({ before, after }) => ({ before: before && courseOf(before), after: courseOf(after) })),
    ),
  );
};

const countIn = (cells: readonly Cell[], place: number, width: number): number =>
  cells
    .filter((cell) => cell.width === width && cell.place === place - (place % width))
    .reduce((sum, { counts }) => sum + (counts[0] ?? 0), 0);

describe('the stock while a school is merged into another, pupil by pupil', () => {
  test('adds up in every block at every moment: nobody is counted twice, nobody is missed', () => {
    fc.assert(
      fc.property(
        anyStock,
        fc.constantFrom(...others),
        fc.integer({ min: 5, max: 6 }),
        (stock, into, lastGrade) => {
          const start = stock.map((after) => ({ before: undefined, after }));
          const counted = stock.filter(({ registration }) => registration && isCounted(registration.status));
          const leaving = counted.filter(({ place }) => place === ending.place);
          const cells: Cell[] = deltasOf(start);
          let left = leaving.length;
          for (const pupil of stock.filter(({ place }) => place === ending.place)) {
            const after = moveOf(pupil, into, lastGrade);
            cells.push(...deltasOf([{ before: pupil, after }]));
            if (leaving.includes(pupil)) left--;
            expect(countIn(cells, 0, WIDTHS.at(-1) ?? 0)).toBe(counted.length);
            expect(countIn(cells, ending.place, 1)).toBe(left);
            for (const width of WIDTHS) {
              const together = countIn(cells, ending.place, width) + countIn(cells, into.place, width);
              const isOne = Math.floor(ending.place / width) === Math.floor(into.place / width);
              const here = counted.filter(({ place }) =>
                [ending.place, into.place].some(
                  (each) => Math.floor(each / width) === Math.floor(place / width),
                ),
              );
              expect(isOne ? together / 2 : together).toBe(here.length);
            }
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  test('a person whose registration is another one by now is not moved by it', () => {
    fc.assert(
      fc.property(anyPupil(1), fc.constantFrom(...others), (pupil, into) => {
        const late = readStockEvent(
          envelopeOf(EnrollmentMoved, {
            ...{ person: pupil.person, enrollment: uuid(6), status: 'IN_SCHOOL', merger: uuid(7) },
            ...{ school: into.code, place: into.place, province: into.province },
            position: { stage: 'PRIMARY', entryYearAdj: 2024, lastGrade: 6, frozenAt: null },
            from: { school: ending.code, place: ending.place, province: ending.province },
          }),
        );
        expect(late && pupilAfter(pupil, late)).toEqual(pupil);
      }),
    );
  });
});
