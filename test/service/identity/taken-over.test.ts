import { v7 as uuidv7 } from 'uuid';
import { CollectedForm, personFormOf } from '#services/enrollment/registration/collected-form.ts';
import { takeOverPersons } from '#services/identity/take-over.ts';
import {
  type Counter,
  codesOf,
  counterOf,
  otherTaiyuanPrimary,
  taiyuanPrimary,
} from '#test/service/enrollment/counter.ts';
import { type Form, girl, idNumber, mother, withoutDocument } from '#test/service/enrollment/pupils.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';

const father = (sequence = 4) =>
  mother({ name: '样例父', relation: 'FATHER', idDocumentNumber: idNumber('1989-02-03', sequence) });
const both = [mother(), father()];

/** Pupils that a former registry has handed over, and the same children at a school's counter. */
describe('a child that a former registry handed over', () => {
  let registry: Registry;
  let counter: Counter;
  let place: number;

  beforeAll(async () => {
    registry = await startRegistry();
    counter = counterOf(registry);
    const [row] = await counter.rows<{ place: string }>(
      'identity',
      'select place from school_ref where code = $1',
      [taiyuanPrimary],
    );
    place = Number(row?.place);
  });
  afterAll(() => registry?.stop());

  const handOver = async (sequence: number, ...forms: readonly Form[]): Promise<number> => {
    const taken = await takeOverPersons(
      registry.network.service('identity').core,
      forms.map((form, index) => ({
        person: uuidv7(),
        school: taiyuanPrimary,
        place,
        province: '140000',
        region: '140105',
        authority: '140105',
        form: personFormOf(CollectedForm.parse(form)),
        sequence: sequence + index,
        since: '2025-09-01T09:00:00+08:00',
      })),
    );
    return taken.size;
  };

  const codesAt = async (form: Form): Promise<string[]> =>
    codesOf((await counter.register(otherTaiyuanPrimary, form)).findings);

  test(breaks('ID-01', 'is taken over once, with whatever papers it comes again'), async () => {
    expect(await handOver(0, girl(1, { guardians: both }))).toBe(1);
    expect(await handOver(0, girl(1), withoutDocument(1, { guardians: [father()] }))).toBe(0);
    const twice = [withoutDocument(2, { guardians: both }), withoutDocument(2, { guardians: [father()] })];
    expect(await handOver(1, ...twice)).toBe(1);
  });

  test(
    breaks('ID-17', 'is known at the counter by its document, or by its name and a guardian'),
    async () => {
      await handOver(10, girl(11, { guardians: both }), withoutDocument(12, { guardians: both }));
      expect(await codesAt(girl(11, { name: '另一种写法' }))).toEqual(['DUPLICATE_RECORD_FOUND']);
      expect(await codesAt(withoutDocument(11))).toEqual(['DUPLICATE_RECORD_FOUND']);
      expect(await codesAt(girl(12, { guardians: [father()] }))).toEqual(['DUPLICATE_RECORD_FOUND']);
      expect(await codesAt(withoutDocument(12, { guardians: [father()] }))).toEqual([
        'DUPLICATE_RECORD_FOUND',
      ]);
    },
  );

  test(holds('ID-17', 'keeps nobody else out: who is alike is held, and who is not is not'), async () => {
    await handOver(20, girl(21), withoutDocument(22));
    expect(await codesAt(withoutDocument(21, { guardians: [father(21)] }))).toEqual(['POSSIBLE_DUPLICATE']);
    expect(await codesAt(girl(22, { guardians: [father(22)] }))).toEqual(['POSSIBLE_DUPLICATE']);
    expect(await codesAt(girl(23))).toEqual([]);
  });
});
