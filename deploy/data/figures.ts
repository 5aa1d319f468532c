import { readFileSync } from 'node:fs';
import path from 'node:path';

/** Pupils of a province by stage in 2019, in ten thousand. */
export type ProvincePupils = { province: string; primary: number; junior: number; senior: number };

/** Children entering primary school in a year, in ten thousand; estimates say so in the file. */
export type Entrants = { year: number; value: number; standing: 'PUBLISHED' | 'ESTIMATE' };

export type PupilFigures = {
  primaryEntrants: Entrants[];
  pupils2024: { primary: number; junior: number; senior: number };
};

const textOf = (file: string): string => readFileSync(path.join(import.meta.dirname, file), 'utf8');

/** Cohorts and stages of the nation; sources in README.md. */
export const loadPupilFigures = (): PupilFigures => JSON.parse(textOf('pupil-figures.json')) as PupilFigures;

/** The 31 provinces of 2019, by code; sources in README.md. */
export function loadProvincePupils(): ProvincePupils[] {
  const [, ...rows] = textOf('provinces-2019.csv').trim().split(/\r?\n/);
  return rows.map((row) => {
    const [, province = '', , primary, , junior, , senior] = row.split(',');
    return { province, primary: Number(primary), junior: Number(junior), senior: Number(senior) };
  });
}
