import { classesOf } from '#deploy/demo/classes.ts';
import { drawNewcomers } from './newcomers.ts';
import { planProvince } from './plan.ts';

const order = { province: '14', students: 600, seed: 3 };

describe('the province of a year', () => {
  test('has every stage in every county, the pupils asked for, and nothing outside', () => {
    const plan = planProvince(order, 2025);
    const counties = Map.groupBy(plan.schools, ({ unit }) => unit);
    expect(counties.size).toBe(2);
    for (const schools of counties.values()) {
      const stages = new Set(schools.flatMap((school) => school.stages.map(({ stage }) => stage)));
      expect([...stages].sort()).toEqual(['JUNIOR', 'PRIMARY', 'SENIOR']);
    }
    expect(plan.schools.every(({ province }) => province === '140000')).toBe(true);
    expect([...classesOf(plan)].reduce((sum, { size }) => sum + size, 0)).toBe(600);
  });

  test('has schools that each level runs, and a nine-year school', () => {
    const { schools } = planProvince({ ...order, students: 5_000 }, 2025);
    expect(new Set(schools.map(({ managedBy }) => managedBy))).toEqual(
      new Set(['PROVINCE', 'CITY', 'COUNTY']),
    );
    expect(schools.some(({ stages }) => stages.length === 2)).toBe(true);
    expect(new Set(schools.map(({ code }) => code)).size).toBe(schools.length);
  });

  test('has Henan beside it from a thousand pupils on, with Beiguan, whose schools can exchange pupils', () => {
    const plan = planProvince({ ...order, students: 1_000 }, 2025);
    expect(plan.provinces).toEqual(['14', '41']);
    expect([...classesOf(plan)].reduce((sum, { size }) => sum + size, 0)).toBe(1_000);
    const beiguan = plan.schools.filter(({ unit }) => unit === '410503');
    expect(beiguan.filter(({ stages }) => stages.some(({ stage }) => stage === 'PRIMARY'))).toHaveLength(2);
    expect(planProvince({ province: '41', students: 1_000, seed: 3 }, 2025).provinces).toEqual(['41', '14']);
    expect(planProvince({ ...order, students: 999 }, 2025).provinces).toEqual(['14']);
  });

  test('is drawn again the same, and another with another seed', () => {
    const names = (seed: number) => planProvince({ ...order, seed }, 2025).schools.map(({ unit }) => unit);
    expect(names(3)).toEqual(names(3));
    expect(names(3)).not.toEqual(names(4));
  });

  test('of a province that does not exist is refused', () => {
    expect(() => planProvince({ ...order, province: '99' }, 2025)).toThrow(RangeError);
  });
});

test('no newcomer bears the number of another child', () => {
  const { entrants, arrivals } = drawNewcomers(planProvince(order, 2025));
  const children = [...entrants(2025).values(), ...entrants(2026).values(), arrivals].flat();
  const numbers = children.flatMap(({ form }) => form.student.idDocumentNumber ?? []);
  expect(numbers.length).toBeGreaterThan(80);
  expect(new Set(numbers).size).toBe(numbers.length);
  expect(new Set(children.map(({ key }) => key)).size).toBe(children.length);
});
