import { holds } from '#test/support/rules.ts';
import { type Child, type LifeWorld, type Site, startLifeWorld } from './lives/life-world.ts';

/** The closure of a school is taken back while its archives move, or when they have just gone. */
describe('the archives of a school whose closure is taken back', () => {
  let world: LifeWorld;
  let closing: Site;
  let other: Site;

  beforeAll(async () => {
    world = await startLifeWorld();
  });
  beforeEach(async () => {
    [closing, other] = [await world.newSchool(), await world.newSchool()];
  });
  afterAll(() => world?.network.stop());

  /** A pupil who has left the school, which still keeps the archive. */
  const former = async (): Promise<Child> => {
    const child = await world.registers(closing);
    await world.handsOver(child, closing, other, 'TRANSFER');
    return child;
  };
  /** A pupil who comes to the school, and whose archive is on its way. */
  const coming = async (): Promise<Child> => {
    const child = await world.registers(other);
    await world.handsOver(child, other, closing, 'TRANSFER');
    await world.handsOver(child, closing, other, 'TRANSFER');
    return child;
  };
  const keeperOf = async (child: Child): Promise<string | undefined> =>
    (await world.filed([child]))[0]?.custodian;

  test(holds('ARC-14', 'are the school’s again, with its copies, and go where they were going'), async () => {
    const child = await former();
    const closure = await world.closes(closing, null);
    await world.atRest();
    expect(await keeperOf(child)).toBe(closing.authority);
    await world.staysOpen(closing, closure);
    await world.atRest();
    expect(await world.filed([child])).toMatchObject([{ custodian: closing.code, wanted: other.code }]);
    expect(await world.step(closing.code, 'handOverArchive', child)).toEqual([]);
    expect(await world.step(other.code, 'acceptArchive', child)).toEqual([]);
    const { archiveCopies } = await world.ask<{ archiveCopies: { unit: string }[] }>(
      world.deskOf(closing.code),
      'query ($id: ID!) { archiveCopies(student: $id) { unit } }',
      { id: child.person },
    );
    expect(archiveCopies).toEqual([{ unit: closing.code }]);
  });

  test('that have gone on from the custodian to another school stay there', async () => {
    const child = await former();
    const closure = await world.closes(closing, null);
    await world.atRest();
    await world.step(closing.authority, 'handOverArchive', child);
    await world.step(other.code, 'acceptArchive', child);
    await world.staysOpen(closing, closure);
    expect(await world.filed([child])).toMatchObject([{ custodian: other.code, wanted: null }]);
  });

  test('of other schools that the same custodian keeps stay with it', async () => {
    const [child, another] = [await former(), await coming()];
    const third = await world.newSchool();
    const own = await world.registers(third);
    await world.handsOver(own, third, other, 'TRANSFER');
    const [first, second] = [await world.closes(closing, null), await world.closes(third, closing.authority)];
    expect(first).not.toBe(second);
    await world.atRest();
    expect(await keeperOf(own)).toBe(closing.authority);
    await world.staysOpen(closing, first);
    expect([await keeperOf(child), await keeperOf(own), await keeperOf(another)]).toEqual([
      closing.code,
      closing.authority,
      other.code,
    ]);
  });

  test('may be decided upon anew, with a custodian of its own', async () => {
    const child = await former();
    await world.staysOpen(closing, await world.closes(closing, null));
    await world.atRest();
    expect(await keeperOf(child)).toBe(closing.code);
    await world.closes(closing, null);
    await world.atRest();
    expect(await keeperOf(child)).toBe(closing.authority);
  });
});
