import type { World } from '../world/world.ts';
import { certificates } from './certificates.ts';

const one = { id: 'a', person: 'p', enrollment: 'e', kind: 'GRADUATION', number: '1', isRevoked: false };
const graduated = [{ person: 'p', enrollment: 'e', status: 'GRADUATED' }];

const toldOf = (
  issued: readonly object[],
  standing: readonly object[] = graduated,
  filed = issued.length,
) => {
  const rows = async (service: string) => {
    if (service === 'certificate') return issued;
    return service === 'enrollment' ? standing : [{ count: filed }];
  };
  return certificates({ shared: { registry: { rows } } } as unknown as World);
};

describe('of certificates', () => {
  test('nothing is told where each stands for studies that ended so, and lies in the archive', async () => {
    expect(await toldOf([one, { ...one, id: 'b', number: '2', isRevoked: true }])).toEqual([]);
  });

  test.each([
    ['1 numbers of certificates were given twice', [one, { ...one, id: 'b', isRevoked: true }], graduated, 2],
    [
      '1 students have two certificates of the same studies',
      [one, { ...one, id: 'b', number: '2' }],
      graduated,
      2,
    ],
    [
      '1 certificates stand for studies that did not end so',
      [one],
      [{ ...graduated[0], status: 'IN_SCHOOL' }],
      1,
    ],
    ['1 certificates are not in the archives, or more often', [one], graduated, 0],
  ])('%s', async (sentence, issued, standing, filed) => {
    expect(await toldOf(issued, standing, filed)).toEqual([sentence]);
  });
});
