import { numberContext } from '#services/identity/person/claim-key.ts';
import type { YearRegistry } from '../registry.ts';
import type { World } from '../world/world.ts';
import type { Invariant } from './invariant.ts';

const atMostNone = async (registry: YearRegistry, sentence: string, text: string): Promise<string[]> => {
  const [row] = await registry.rows<{ count: number }>('identity', text);
  return (row?.count ?? 0) === 0 ? [] : [`${row?.count} ${sentence}`];
};

/** One child, one number; no number and no identity document twice, now or ever. */
export const numbers: Invariant = async ({ shared: { registry, memory } }) => [
  ...(await atMostNone(
    registry,
    'children have more than one current number',
    `select count(*)::int as count from (select 1 from student_number where state = 'ACTIVE'
       group by person_id having count(*) > 1) d`,
  )),
  ...(await atMostNone(
    registry,
    'registered children have no current number',
    `select count(*)::int as count from person p where p.registered and not exists (
       select 1 from student_number n where n.person_id = p.person_id and n.state = 'ACTIVE')`,
  )),
  ...(await atMostNone(
    registry,
    'children have another kind of number than their record says',
    `select count(*)::int as count from person p join student_number n on n.person_id = p.person_id
       and n.state = 'ACTIVE' where p.number_kind is distinct from n.kind`,
  )),
  ...(await repeated(registry, openedIn(memory))),
];

/** Numbers that were opened, by what they were sealed as and for whom: the same seal is opened once. */
type Opened = Map<string, string>;

const openedIn = (memory: World['shared']['memory']): Opened => {
  const opened = (memory.get('numbers in clear') as Opened | undefined) ?? new Map<string, string>();
  memory.set('numbers in clear', opened);
  return opened;
};

/** Numbers in clear, opened as identity opens them: the same one for two children would be found here alone. */
const repeated = async (registry: YearRegistry, opened: Opened): Promise<string[]> => {
  const rows = await registry.rows<{ person: string; sealed: Buffer }>(
    'identity',
    'select person_id as person, sealed from student_number',
  );
  const { sealing } = registry.service('identity').core;
  const holders = new Map<string, string>();
  let twice = 0;
  for (const { person, sealed } of rows) {
    const seal = `${person} ${sealed.toString('base64')}`;
    const number = opened.get(seal) ?? sealing.open(sealed, numberContext(person));
    opened.set(seal, number);
    const holder = holders.get(number);
    if (holder !== undefined && holder !== person) twice++;
    holders.set(number, person);
  }
  return twice === 0 ? [] : [`${twice} student numbers were given to two children`];
};
