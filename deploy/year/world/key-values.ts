import type { Random } from '#deploy/demo/random.ts';
import { checkCharacter } from '#libs/law/identity/citizen-id.ts';

/** Who somebody is by the identity document, as the school's registrar sees it. */
export type KeyValues = {
  name: string;
  gender: string;
  birthDate: string;
  identityDocument: { type: string; number: string | null } | null;
};

const SECOND = ['嘉', '思', '若', '子', '雨', '欣', '明', '文', '佳', '宇'] as const;
const THIRD = ['宁', '然', '琪', '轩', '涵', '睿', '哲', '远', '晨', '妍'] as const;

/** The name as the household register writes it: the family name stays. */
export const otherName = (name: string, random: Random): string => {
  const [family = ''] = [...name];
  const drawn = `${family}${random.pick(SECOND)}${random.pick(THIRD)}`;
  return drawn === name ? `${drawn}${THIRD[0]}` : drawn;
};

/** Serial numbers that nobody is born with here: those of the stock count down from 999, those of newcomers up from 001. */
const LEAST = 400;
const MOST = 599;

/** The number as the card says it, with another serial number; undefined where there is none to mend. */
export const mendedNumber = ({ gender, identityDocument }: KeyValues, random: Random): string | undefined => {
  const number = identityDocument?.number;
  if (number?.length !== 18) return undefined;
  const drawn = random.between(LEAST / 2, Math.floor(MOST / 2)) * 2;
  const body = `${number.slice(0, 14)}${drawn + (gender === 'MALE' ? 1 : 0)}`;
  const mended = body + checkCharacter(body);
  return mended === number ? undefined : mended;
};
