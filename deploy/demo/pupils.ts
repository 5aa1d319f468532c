import type { Gender } from '#libs/contracts/vocabulary.ts';
import { addDays } from '#libs/law/dates.ts';
import type { F1Extras, F1Row, F1Student } from '#services/enrollment/import/form-f1/row.ts';
import { classesOf, type DemoClass } from './classes.ts';
import { documented, documentNumber, isForeigner, isFromOutside } from './documents.ts';
import { ethnicGroupIn } from './ethnic-groups.ts';
import { adultBirths, Guardians } from './guardians.ts';
import { addressIn, type Divisions, divisionsOf, type Household } from './households.ts';
import { foreignName, pupilName } from './names.ts';
import type { NationPlan } from './nation-plan.ts';
import { type Random, randomOf } from './random.ts';
import { type BirthWindow, ResidentIdIssuer } from './resident-id.ts';
import { type Situation, situationOf } from './situation.ts';

/** A pupil of the demo nation: the collection form of the registration and where it belongs. */
export type DemoPupil = {
  /** Key of the class and seat number: 2114000001-2026-1-01. */
  key: string;
  class: DemoClass;
  /** The day on which the school took the pupil in, at the first year of the stage. */
  enteredOn: string;
  form: F1Row;
};

/** Every pupil of a planned nation, class by class. Memory grows with the number of counties, not of pupils. */
export function* pupilsOf(plan: NationPlan): Generator<DemoPupil> {
  const registry = new PupilRegistry(plan);
  for (const each of classesOf(plan)) {
    const random = randomOf(plan.seed, 'pupils', each.key);
    for (let seat = 1; seat <= each.size; seat++) yield registry.pupil(each, seat, random);
  }
}

/** Whoever is six on 31 August enters that autumn; about two in a hundred come a year later. */
const birthWindow = (entryYearAdj: number, random: Random): BirthWindow => {
  const year = entryYearAdj - (random.chance(0.02) ? 1 : 0);
  return { from: `${year - 7}-09-01`, to: `${year - 6}-08-31` };
};

class PupilRegistry {
  readonly #divisions: Divisions;
  readonly #births: ResidentIdIssuer;
  readonly #guardians: Guardians;
  #otherDocuments = 0;

  constructor(plan: NationPlan) {
    this.#divisions = divisionsOf(plan.tree);
    this.#births = new ResidentIdIssuer({
      from: `${plan.schoolYear - 19}-09-01`,
      to: `${plan.schoolYear - 6}-08-31`,
    });
    this.#guardians = new Guardians(new ResidentIdIssuer(adultBirths(plan.schoolYear)));
  }

  pupil(each: DemoClass, seat: number, random: Random): DemoPupil {
    const { school } = each;
    const firstYear = school.stages.find((span) => span.stage === each.stage)?.firstYear ?? each.year;
    const enteredOn = addDays(`${each.entryYearAdj + firstYear - 1}-09-01`, random.between(0, 9));
    const rural = this.#divisions.isRural(school.division);
    const situation = situationOf(each, rural, random);
    const household = this.#household(each, situation, rural, random);
    const gender: Gender = random.chance(0.53) ? 'MALE' : 'FEMALE';
    const student = this.#student(each, gender, situation, household, random);
    const guardians = this.#guardians.of(
      {
        name: student.family,
        ethnicGroup: student.form.ethnicGroup,
        division: household.division,
        householdAddress: student.familyAddress,
        childBorn: student.form.birthDate,
        foreign: student.form.overseasCategory === 'FOREIGN',
        leftBehind: situation.isLeftBehind === true,
        rural: household.rural,
      },
      random,
    );
    const signed = guardians.find((guardian) => guardian.isLegalGuardian)?.name ?? null;
    return {
      key: `${each.key}-${String(seat).padStart(2, '0')}`,
      class: each,
      enteredOn,
      form: {
        student: student.form,
        guardians,
        extras: this.#extras(each, situation, enteredOn, signed, random),
      },
    };
  }

  #household(each: DemoClass, situation: Situation, rural: boolean, random: Random): Household {
    const division = situation.isMigrantChild
      ? this.#divisions.awayFrom(each.school.division, random)
      : each.school.division;
    return { division, rural: situation.isMigrantChild ? random.chance(0.7) : rural && random.chance(0.6) };
  }

  #student(each: DemoClass, gender: Gender, situation: Situation, household: Household, random: Random) {
    const document = documented(random);
    const foreign = isForeigner(document);
    const ethnicGroup = foreign ? null : ethnicGroupIn(`${household.division.slice(0, 2)}0000`, random);
    const name = foreign
      ? { text: foreignName(random, gender), family: null }
      : pupilName(random, gender, ethnicGroup);
    const birth = this.#births.issue(
      household.division,
      gender,
      birthWindow(each.entryYearAdj, random),
      random.next(),
    );
    const familyAddress = addressIn(this.#divisions, household, random);
    const here = { division: each.school.division, rural: household.rural && !situation.isMigrantChild };
    const form: F1Student = {
      name: name.text,
      formerName:
        name.family !== null && random.chance(0.01)
          ? name.family + random.pick(['小宝', '子轩', '佳怡'])
          : null,
      gender,
      ...document,
      ethnicGroup,
      idDocumentNumber:
        document.idDocumentType === 'RESIDENT_ID'
          ? birth.idNumber
          : documentNumber(document, this.#otherDocuments++),
      birthDate: birth.birthDate,
      currentAddress: situation.isMigrantChild ? addressIn(this.#divisions, here, random) : familyAddress,
      householdAddress: isFromOutside(document)
        ? {
            regionCode: OUTSIDE[document.overseasCategory] ?? null,
            text: `户口不在内地，联系地址：${familyAddress.text}`,
          }
        : familyAddress,
      gradeName: each.gradeName,
      schoolYearIndex: each.year,
      className: each.name,
      politicalStatus: politicalStatus(each.year, random),
      isBoarder: situation.isBoarder,
      isDisabled: situation.isDisabled,
      isLeftBehind: situation.isLeftBehind,
      disabilityType: situation.disabilityType,
      placementMode: situation.placementMode,
    };
    return { form, family: name.family, familyAddress };
  }

  #extras(
    each: DemoClass,
    situation: Situation,
    enteredOn: string,
    signed: string | null,
    random: Random,
  ): F1Extras {
    const permit = situation.isMigrantChild && random.chance(0.75);
    const far = situation.isBoarder ? 30 : 4;
    return {
      isMigrantChild: situation.isMigrantChild,
      commuteDistance: Math.round((0.3 + random.next() ** 2 * far) * 10) / 10,
      commuteMode: random.pick(
        far > 4 ? ['BUS', 'PRIVATE_CAR', 'SCHOOL_BUS'] : ['WALK', 'BICYCLE', 'BUS', 'PRIVATE_CAR'],
      ),
      contactPhone: null,
      hasResidencePermit: permit,
      residencePermitIssuer: permit ? `${this.#divisions.nameOf(each.school.division)}公安机关` : null,
      residencePermitIssueDate: permit ? addDays(enteredOn, -random.between(200, 1000)) : null,
      disabilityLevel: situation.disabilityLevel,
      assessedByExpertCommittee: situation.isDisabled ? true : null,
      disabilityProof: situation.isDisabled ? 'DISABILITY_CERTIFICATE' : null,
      filledOn: enteredOn,
      guardianSignature: signed,
      classTeacherSignature: each.classTeacher,
    };
  }
}

/** Regions of GB/T 2260 that have no divisions here. */
const OUTSIDE: Readonly<Record<string, string>> = { TAIWAN: '710000', HONG_KONG: '810000', MACAO: '820000' };

const politicalStatus = (year: number, random: Random): F1Student['politicalStatus'] => {
  if (year >= 8 && random.chance(year >= 10 ? 0.5 : 0.2)) return 'YOUTH_LEAGUE';
  if (year >= 2 && year <= 8) return 'YOUNG_PIONEER';
  return 'MASSES';
};
