import type { Gender } from '#libs/contracts/vocabulary.ts';
import type { IsoDate } from '#libs/law/dates.ts';
import type { F1Address, F1Guardian } from '#services/enrollment/import/form-f1/row.ts';
import { foreignPassport } from './documents.ts';
import { adultName, foreignName } from './names.ts';
import { demoPhone } from './phone.ts';
import { type Random, some } from './random.ts';
import type { ResidentIdIssuer } from './resident-id.ts';

/** What a family has in common. */
export type Family = {
  /** Family name that passes from father to child; null where names are built otherwise. */
  name: string | null;
  ethnicGroup: string | null;
  /** Division of the household register on the mainland. */
  division: string;
  householdAddress: F1Address;
  childBorn: IsoDate;
  /** The adults are foreigners as well. */
  foreign: boolean;
  /** The child stays behind while the parents work elsewhere. */
  leftBehind: boolean;
  rural: boolean;
};

const TOWN_WORK = some(
  '个体经营 某制造企业 某物流公司 某建筑公司 某餐饮企业 某信息技术公司 某医院 某机关 自由职业'.split(' '),
);
const RURAL_WORK = some(['务农', '外出务工', '个体经营', '某建筑公司']);

type Role = { relation: F1Guardian['relation']; gender: Gender; isLegalGuardian: boolean };

const FATHER: Role = { relation: 'FATHER', gender: 'MALE', isLegalGuardian: true };
const MOTHER: Role = { relation: 'MOTHER', gender: 'FEMALE', isLegalGuardian: true };
const GRANDMOTHER: Role = { relation: 'GRANDPARENT', gender: 'FEMALE', isLegalGuardian: false };

function rolesOf(family: Family, random: Random): Role[] {
  if (family.leftBehind) return random.chance(0.75) ? [FATHER, GRANDMOTHER] : [GRANDMOTHER, MOTHER];
  if (random.chance(0.06)) return [random.chance(0.7) ? MOTHER : FATHER];
  return random.chance(0.5) ? [FATHER, MOTHER] : [MOTHER, FATHER];
}

/** The one or two adults of a child, at least one of them a legal guardian, each with an ID number and a phone. */
export class Guardians {
  readonly #issuer: ResidentIdIssuer;
  #phones = 0;
  #passports = 0;

  constructor(issuer: ResidentIdIssuer) {
    this.#issuer = issuer;
  }

  of(family: Family, random: Random): F1Guardian[] {
    return rolesOf(family, random).map((role) => this.#guardian(role, family, random));
  }

  #guardian({ relation, gender, isLegalGuardian }: Role, family: Family, random: Random): F1Guardian {
    const [older, youngest] = relation === 'GRANDPARENT' ? [12, 44] : [14, 22];
    const year = Number(family.childBorn.slice(0, 4)) - youngest;
    const birth = this.#issuer.issue(
      family.division,
      gender,
      { from: `${year - older}-01-01`, to: `${year}-12-31` },
      (random.next() + random.next()) / 2,
    );
    const person = family.foreign
      ? ({
          name: foreignName(random, gender),
          idDocumentType: 'PASSPORT',
          idDocumentNumber: foreignPassport(this.#passports++),
        } as const)
      : ({
          name: adultName(random, gender, family.ethnicGroup, relation === 'FATHER' ? family.name : null),
          idDocumentType: 'RESIDENT_ID',
          idDocumentNumber: birth.idNumber,
        } as const);
    return {
      ...person,
      relation,
      isLegalGuardian,
      ethnicGroup: family.ethnicGroup,
      workUnit: random.chance(0.7) ? random.pick(family.rural ? RURAL_WORK : TOWN_WORK) : null,
      householdAddress: family.householdAddress,
      phone: demoPhone(this.#phones++),
    };
  }
}

/** Births of adults that can occur when the youngest pupil of the school year is six. */
export const adultBirths = (schoolYear: number): { from: IsoDate; to: IsoDate } => ({
  from: `${schoolYear - 20 - 44 - 12}-01-01`,
  to: `${schoolYear - 5 - 22}-12-31`,
});
