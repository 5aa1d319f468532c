import { type Chance, chanceOf } from './chance.ts';

type Json = null | string | number | boolean | Json[] | { [key: string]: Json };

/** Texts of JSON that stand where something else was promised. */
const lies = [
  'null',
  'null',
  'null',
  '"text"',
  '""',
  '7',
  '0',
  'true',
  '[]',
  '[[]]',
  '[null]',
  '{}',
  '{"__typename":"Nothing"}',
  '{"__typename":"Student","id":"1"}',
  '{"__typename":7}',
  '{"__proto__":{"name":"inherited"},"constructor":1}',
];

const errorLies = [
  '[]',
  '{}',
  '"text"',
  '[null]',
  '[{"message":"m","path":7}]',
  '[{"message":"m","path":["_entities",9]}]',
];

type Place = { holder: Json[] | { [key: string]: Json }; key: string };

const placesOf = (value: Json, places: Place[] = []): Place[] => {
  if (typeof value !== 'object' || value === null) return places;
  for (const [key, inner] of Object.entries(value)) {
    places.push({ holder: value, key });
    placesOf(inner, places);
  }
  return places;
};

const set = ({ holder, key }: Place, value: Json): void => {
  Object.defineProperty(holder, key, { value, configurable: true, enumerable: true, writable: true });
};

const spoil = (answer: { [key: string]: Json }, chance: Chance): void => {
  const places = placesOf(answer.data ?? null);
  const place: Place =
    chance.percent(4) || places.length === 0 ? { holder: answer, key: 'data' } : chance.pick(places);
  const { holder, key } = place;
  const old = (holder as { [key: string]: Json })[key];
  const how = chance.below(10);
  if (Array.isArray(old) && how < 4) set(place, how < 2 ? old.slice(1) : [...old, ...old.slice(0, 1), null]);
  else if (how < 6 && !Array.isArray(holder)) delete holder[key];
  else set(place, JSON.parse(chance.pick(lies)));
};

/** The answer with some of it missing, wrong, too long, too short, or beside an error; the text decides what. */
export const spoiled = (answer: string, text: string): string => {
  const chance = chanceOf(`spoil${text}`);
  const parsed = JSON.parse(answer);
  for (let turn = chance.below(3); turn >= 0; turn--) spoil(parsed, chance);
  if (chance.percent(10)) parsed.errors = JSON.parse(chance.pick(errorLies));
  return JSON.stringify(parsed);
};
