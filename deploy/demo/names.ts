import type { Gender } from '#libs/contracts/vocabulary.ts';
import {
  ADULT_GIVEN,
  COMMON_FAMILY_NAMES,
  HUI_FAMILY,
  KAZAKH_GIVEN,
  KOREAN_FAMILY,
  MONGOLIAN_GIVEN,
  PUPIL_GIVEN,
  RARE_CHARACTERS,
  RARE_FAMILY_NAMES,
  TIBETAN_PARTS,
  UYGHUR_GIVEN,
} from './names-data.ts';
import { characters, type Random, some, weighted } from './random.ts';

type GivenParts = Readonly<
  Record<Gender, { first: readonly [string, ...string[]]; second: readonly [string, ...string[]] }>
>;

const partsOf = (source: Readonly<Record<Gender, { first: string; second: string }>>): GivenParts => ({
  MALE: { first: characters(source.MALE.first), second: characters(source.MALE.second) },
  FEMALE: { first: characters(source.FEMALE.first), second: characters(source.FEMALE.second) },
});

const commonFamilyName = weighted(COMMON_FAMILY_NAMES);
const rareFamilyNames = some(RARE_FAMILY_NAMES);
const rareCharacters = characters(RARE_CHARACTERS);
const pupilGiven = partsOf(PUPIL_GIVEN);
const adultGiven = partsOf(ADULT_GIVEN);
const koreanFamily = characters(KOREAN_FAMILY);
const huiFamily = characters(HUI_FAMILY);

/** Codes of GB/T 3304 whose names follow a custom of their own here. */
const TIBETAN = '04';
const UYGHUR = '05';
const HUI = '03';
const MONGOLIAN = '02';
const KOREAN = '10';
const KAZAKH_CUSTOM = new Set(['17', '29', '41', '43', '50']);

/** A person's name, and its family name where it has one that passes to children. */
export type PersonName = { text: string; family: string | null };

export function familyName(random: Random, ethnicGroup: string | null): string {
  if (ethnicGroup === KOREAN) return random.pick(koreanFamily);
  if (ethnicGroup === HUI && random.chance(0.6)) return random.pick(huiFamily);
  return random.chance(0.006) ? random.pick(rareFamilyNames) : commonFamilyName(random);
}

const hanGiven = (random: Random, gender: Gender, parts: GivenParts, single: number): string => {
  const { first, second } = parts[gender];
  return random.chance(single) ? random.pick(second) : random.pick(first) + random.pick(second);
};

/** Names without a family name; null where the people's names are built like Han names. */
function nameByCustom(random: Random, gender: Gender, ethnicGroup: string | null): string | null {
  if (ethnicGroup === UYGHUR)
    return `${random.pick(some(UYGHUR_GIVEN[gender]))}·${random.pick(some(UYGHUR_GIVEN.MALE))}`;
  if (ethnicGroup !== null && KAZAKH_CUSTOM.has(ethnicGroup)) {
    return `${random.pick(some(KAZAKH_GIVEN[gender]))}·${random.pick(some(KAZAKH_GIVEN.MALE))}`;
  }
  if (ethnicGroup === TIBETAN) {
    const [first, second] = [
      random.pick(some(TIBETAN_PARTS[gender])),
      random.pick(some(TIBETAN_PARTS[gender])),
    ];
    return first === second ? first : first + second;
  }
  if (ethnicGroup === MONGOLIAN && random.chance(0.6)) return random.pick(some(MONGOLIAN_GIVEN[gender]));
  return null;
}

/** Name of a child; now and then with a character outside the basic plane (𠮷). */
export function pupilName(random: Random, gender: Gender, ethnicGroup: string | null): PersonName {
  const custom = nameByCustom(random, gender, ethnicGroup);
  if (custom !== null) return { text: custom, family: null };
  const family = familyName(random, ethnicGroup);
  const given = hanGiven(random, gender, pupilGiven, 0.1);
  const rare = random.chance(0.002) ? random.pick(rareCharacters) : null;
  return { text: family + (rare === null ? given : rare + given.slice(1)), family };
}

/** Name of an adult; `family` is taken over from the child where it passes on. */
export function adultName(
  random: Random,
  gender: Gender,
  ethnicGroup: string | null,
  family: string | null,
): string {
  const custom = family === null ? nameByCustom(random, gender, ethnicGroup) : null;
  if (custom !== null) return custom;
  return (family ?? familyName(random, ethnicGroup)) + hanGiven(random, gender, adultGiven, 0.3);
}

/** Name of a child from abroad as the registry writes it, in Chinese characters. */
export const foreignName = (random: Random, gender: Gender): string =>
  `${random.pick(gender === 'MALE' ? FOREIGN.MALE : FOREIGN.FEMALE)}·${random.pick(FOREIGN.FAMILY)}`;

const FOREIGN = {
  MALE: some('亚历克斯 丹尼尔 卢卡斯 本杰明 诺亚 马克斯 伊万'.split(' ')),
  FEMALE: some('艾玛 索菲亚 奥利维亚 安娜 米娅 克拉拉 娜塔莎'.split(' ')),
  FAMILY: some('史密斯 米勒 罗西 杜邦 伊万诺夫 安德森 金 田中'.split(' ')),
};
