import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure } from '#deploy/local/failure.ts';
import { findSecrets, openSecrets, removeSecrets } from '#deploy/local/secrets.ts';

let dir: string;
let file: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'secrets-'));
  file = join(dir, 'secrets.json');
});
afterEach(() => rmSync(dir, { recursive: true }));

test('secrets are made once, for this user only, and kept', () => {
  expect(findSecrets(dir)).toBeUndefined();
  const made = openSecrets(dir);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(openSecrets(dir)).toEqual(made);
  expect(findSecrets(dir)).toEqual(made);
});

test.each([
  ['empty', ''],
  ['cut off', '{"databaseSecret":"x","keyRi'],
  ['without a key', JSON.stringify({ databaseSecret: 'x', keyRing: '{}', hashKey: 'y' })],
])('a file that is %s is never replaced: the person is told what it was', (_case, content) => {
  writeFileSync(file, content);
  expect(() => openSecrets(dir)).toThrow(Failure);
  expect(() => openSecrets(dir)).toThrow('it held the keys of the data');
  expect(statSync(file).size).toBe(content.length);
});

test('secrets go with the own data that they lock', () => {
  openSecrets(dir);
  removeSecrets(dir);
  expect(readdirSync(dir)).toEqual([]);
});

test('secrets that lock a database elsewhere stay, and lock the new data here as well', () => {
  const made = openSecrets(dir, 'db.example:5432');
  openSecrets(dir, 'db.example:5432');
  removeSecrets(dir);
  expect(openSecrets(dir)).toEqual({ ...made, elsewhere: ['db.example:5432'] });
});

test('damaged secrets are set aside, not destroyed', () => {
  writeFileSync(file, '{');
  removeSecrets(dir);
  expect(existsSync(file)).toBe(false);
  expect(readdirSync(dir)).toEqual(['secrets.json.damaged']);
});
