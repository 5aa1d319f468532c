import { readCitizenId } from '#libs/law/identity/citizen-id.ts';
import { termFaults } from '#libs/law/organization/term-calendar.ts';
import { Claims } from '#libs/platform/actor/claims.ts';
import { type CheckedType, faultOfFormat } from '#services/enrollment/import/form-f1/document-number.ts';
import { F1Row } from '#services/enrollment/import/form-f1/row.ts';
import { parseSchoolCode } from '#services/organization/school/school-code.ts';
import { demoCalendars, demoPromotions } from './calendars.ts';
import { classesOf } from './classes.ts';
import { demoIdentities } from './identities.ts';
import { planNation } from './nation-plan.ts';
import { type DemoPupil, pupilsOf } from './pupils.ts';
import { demoUnits } from './units.ts';

const plan = planNation();
const classes = [...classesOf(plan)];
const pupils = [...pupilsOf(plan)];
const adultsAndPupils = pupils.flatMap(({ form }) => [form.student, ...form.guardians]);
const schoolsOf = (unit: string, kind: string) =>
  plan.schools.filter(
    (school) => school.unit === unit && school.kind === kind && school.managedBy === 'COUNTY',
  );
const part = (test: (pupil: DemoPupil) => boolean): number => pupils.filter(test).length / pupils.length;

describe('schools of the demo nation', () => {
  test('all 31 provinces and the Corps have a primary and a junior school', () => {
    for (const kind of ['PRIMARY', 'JUNIOR']) {
      const provinces = plan.schools
        .filter((school) => school.kind === kind)
        .map((school) => school.province);
      expect(new Set(provinces).size).toBe(32);
    }
  });

  test.each(['140105', '140106', '410503'])(
    'county %s has three primary, two junior and a senior school of its own',
    (county) => {
      expect(schoolsOf(county, 'PRIMARY').length).toBeGreaterThanOrEqual(3);
      expect(schoolsOf(county, 'JUNIOR').length).toBeGreaterThanOrEqual(2);
      expect(schoolsOf(county, 'SENIOR').length).toBeGreaterThanOrEqual(1);
    },
  );

  test('Shanxi has one of each unusual kind', () => {
    const shanxi = plan.schools.filter((school) => school.province === '140000');
    expect(shanxi.some((school) => school.authority === '140100' && school.kind === 'SENIOR')).toBe(true);
    expect(shanxi.some((school) => school.authority === '140000')).toBe(true);
    expect(shanxi.some((school) => school.authority === '140171')).toBe(true);
    expect(shanxi.some((school) => school.kind === 'SPECIAL_EDUCATION')).toBe(true);
    expect(shanxi.some((school) => school.kind === 'KINDERGARTEN')).toBe(true);
    expect(shanxi.some((school) => school.ownership === 'PRIVATE')).toBe(true);
  });

  test('codes and places are unique, and each place lies in the slot of its authority', () => {
    expect(new Set(plan.schools.map((school) => school.code)).size).toBe(plan.schools.length);
    expect(new Set(plan.schools.map((school) => school.place)).size).toBe(plan.schools.length);
    for (const school of plan.schools) {
      expect(plan.tree.unitAt(school.place)?.code).toBe(school.authority);
      expect(parseSchoolCode(school.code)?.province).toBe(school.province);
    }
  });

  test('the core schools keep their codes and places in a nation ten times the size', () => {
    const larger = planNation({ scale: 200_000, seed: 'another' });
    for (const [index, school] of plan.schools.slice(0, 26).entries()) {
      expect(larger.schools[index]).toMatchObject({
        code: school.code,
        name: school.name,
        place: school.place,
      });
    }
    expect(new Set(larger.schools.map((school) => school.code)).size).toBe(larger.schools.length);
  });

  test('units come with their parents first', async () => {
    const seen = new Set<string | null>([null]);
    for await (const unit of demoUnits()) {
      expect(seen.has(unit.parent)).toBe(true);
      seen.add(unit.code);
    }
  });
});

describe('classes of the demo nation', () => {
  test('ordinary classes have 35 to 50 pupils; those of the special school far fewer', () => {
    for (const each of classes) {
      const [least, most] = each.school.kind === 'SPECIAL_EDUCATION' ? [6, 12] : [35, 50];
      expect(each.size).toBeGreaterThanOrEqual(least);
      expect(each.size).toBeLessThanOrEqual(most);
    }
  });

  test('years one to twelve are all taught, and year and entry year fit each other', () => {
    expect(new Set(classes.map((each) => each.year)).size).toBe(12);
    for (const each of classes) expect(each.entryYearAdj).toBe(plan.schoolYear - each.year + 1);
  });

  test('the first year of primary school is smaller than the fourth, as the cohorts of 2026 and 2023 are', () => {
    const inYear = (year: number) =>
      classes.filter((each) => each.year === year).reduce((sum, each) => sum + each.size, 0);
    expect(inYear(1)).toBeLessThan(inYear(4) * 0.9);
  });
});

describe('pupils of the demo nation', () => {
  test.each([600, 20_000, 20_001])('there are exactly as many as asked for: %i', (scale) => {
    let count = 0;
    for (const _ of pupilsOf(planNation({ scale }))) count += 1;
    expect(count).toBe(scale);
  });

  test('equal options give equal pupils, another seed gives others', () => {
    const all = (seed: number) => JSON.stringify([...pupilsOf(planNation({ scale: 700, seed }))]);
    expect(all(7)).toBe(all(7));
    expect(all(7)).not.toBe(all(8));
  });

  test('every collection form fits F1', () => {
    expect(pupils.filter(({ form }) => !F1Row.safeParse(form).success)).toEqual([]);
  });

  test('every resident ID number is right in form and given once', () => {
    const numbers = adultsAndPupils
      .filter((each) => each.idDocumentType === 'RESIDENT_ID')
      .map((each) => each.idDocumentNumber ?? '');
    expect(numbers.length).toBeGreaterThan(pupils.length);
    expect(numbers.filter((text) => !readCitizenId(text).ok)).toEqual([]);
    expect(numbers.filter((text) => Number(text.slice(14, 17)) < 996)).toEqual([]);
    expect(numbers.filter((text) => plan.tree.find(text.slice(0, 6))?.gbt2260 !== true)).toEqual([]);
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  test('gender and birth date are those of the ID number', () => {
    const wrong = pupils.filter(({ form: { student } }) => {
      if (student.idDocumentType !== 'RESIDENT_ID') return false;
      const read = readCitizenId(student.idDocumentNumber ?? '');
      if (!read.ok) return true;
      return read.citizenId.gender !== student.gender || read.citizenId.birthDate !== student.birthDate;
    });
    expect(wrong).toEqual([]);
  });

  test('other documents fit the shape of their type and are given once; without a document there is no number', () => {
    const others = adultsAndPupils.filter((each) => each.idDocumentType !== 'RESIDENT_ID');
    const numbered = others.filter((each) => each.idDocumentType !== 'NONE');
    const faults = numbered.map((each) =>
      faultOfFormat(each.idDocumentType as CheckedType, each.idDocumentNumber ?? ''),
    );
    expect(faults.filter((fault) => fault !== null)).toEqual([]);
    expect(new Set(numbered.map((each) => each.idDocumentNumber)).size).toBe(numbered.length);
    expect(others.filter((each) => each.idDocumentType === 'NONE' && each.idDocumentNumber !== null)).toEqual(
      [],
    );
  });

  test('everybody was six on 31 August of the entry year, and at most seven', () => {
    const wrong = pupils.filter(({ class: { entryYearAdj }, form }) => {
      const { birthDate } = form.student;
      return birthDate > `${entryYearAdj - 6}-08-31` || birthDate < `${entryYearAdj - 8}-09-01`;
    });
    expect(wrong).toEqual([]);
  });

  test('phones begin with an unassigned number and are distinct', () => {
    const phones = pupils.flatMap(({ form }) => form.guardians.map((guardian) => guardian.phone ?? ''));
    expect(phones.every((phone) => /^154\d{8}$/.test(phone))).toBe(true);
    expect(new Set(phones).size).toBe(phones.length);
  });

  test('everybody has a legal guardian, and every adult is at least twenty years older', () => {
    expect(pupils.filter(({ form }) => !form.guardians.some((each) => each.isLegalGuardian))).toEqual([]);
    const tooYoung = pupils.filter(({ form }) =>
      form.guardians
        .filter((each) => each.idDocumentType === 'RESIDENT_ID')
        .map((each) => Number(each.idDocumentNumber?.slice(6, 10)))
        .some((born) => Number(form.student.birthDate.slice(0, 4)) - born < 20),
    );
    expect(tooYoung).toEqual([]);
  });

  test('the unusual occurs at its rate: documents, disability, staying behind, moving along', () => {
    expect(part(({ form }) => form.student.idDocumentType !== 'RESIDENT_ID')).toBeCloseTo(0.005, 2);
    expect(new Set(pupils.map(({ form }) => form.student.idDocumentType)).size).toBe(5);
    const ordinary = part(
      ({ form }) => form.student.isDisabled === true && form.student.placementMode !== 'SPECIAL_SCHOOL',
    );
    expect(ordinary).toBeGreaterThan(0.001);
    expect(ordinary).toBeLessThan(0.006);
    expect(part(({ form }) => form.student.isLeftBehind === true)).toBeGreaterThan(0.02);
    expect(part(({ form }) => form.extras.isMigrantChild === true)).toBeGreaterThan(0.05);
    expect(pupils.some(({ form }) => form.student.name.includes('𠮷'))).toBe(true);
    expect(pupils.some(({ form }) => form.student.name.includes('·'))).toBe(true);
  });

  test('children who move along with their parents have their register in another county', () => {
    const moving = pupils.filter(
      ({ form }) => form.extras.isMigrantChild === true && form.student.overseasCategory === 'NONE',
    );
    const wrong = moving.filter(({ class: { school }, form: { student } }) => {
      const here = student.currentAddress?.regionCode === school.division;
      return !here || student.householdAddress?.regionCode === school.division;
    });
    expect(moving.length).toBeGreaterThan(100);
    expect(wrong).toEqual([]);
  });

  test('keys are unique', () => {
    expect(new Set(pupils.map((pupil) => pupil.key)).size).toBe(pupils.length);
  });
});

describe('who can sign in, and when schools are open', () => {
  const identities = demoIdentities(plan.schoolYear);

  test('claims are those of an access token, with no role lost, and subjects are unique', () => {
    for (const { claims, level } of identities) {
      expect(Claims.parse(claims)).toEqual(claims);
      expect(claims.level).toBe(level);
    }
    expect(new Set(identities.map(({ claims }) => claims.sub)).size).toBe(identities.length);
  });

  test('units, schools, classes and pupils that identities name exist', () => {
    const schools = new Set(plan.schools.map((school) => school.code));
    const keys = new Set([...classes.map((each) => each.key), ...pupils.map((pupil) => pupil.key)]);
    for (const { claims, classKey, pupilKey } of identities) {
      if (claims.unit !== undefined) expect(plan.tree.find(claims.unit)?.level).toBe(claims.level);
      if (claims.school !== undefined) expect(schools.has(claims.school)).toBe(true);
      if (classKey !== undefined) expect(keys.has(classKey)).toBe(true);
      if (pupilKey !== undefined) expect(keys.has(pupilKey)).toBe(true);
    }
  });

  test('every province has sound calendars for three school years, opening and closing on school days', () => {
    const calendars = demoCalendars();
    expect(calendars).toHaveLength(32 * 3);
    for (const { schoolYear, terms } of calendars) {
      const [autumn, spring] = terms;
      expect(
        termFaults([
          { schoolYear, season: 'AUTUMN', ...autumn },
          { schoolYear, season: 'SPRING', ...spring },
        ]),
      ).toEqual([]);
      for (const day of terms.flatMap(({ opensOn, closesOn }) => [opensOn, closesOn])) {
        expect([0, 6]).not.toContain(new Date(day).getUTCDay());
      }
      expect(autumn.opensOn >= `${schoolYear}-09-01`).toBe(true);
      expect(spring.opensOn > `${schoolYear + 1}-02-01`).toBe(true);
      expect(spring.closesOn < `${schoolYear + 1}-07-15`).toBe(true);
    }
  });

  test('the promotion into a school year takes effect at the end of 10 August', () => {
    expect(demoPromotions()).toContainEqual({ schoolYear: 2026, effectiveAt: '2026-08-11T00:00:00+08:00' });
  });
});
