import type { Actor } from '#libs/platform/actor/actor.ts';
import { holderOf } from './cacheable.ts';

/** What lies in no one province, or in one that cannot be told from its code: every change concerns it. */
const anywhere = 'any';

/** Units of Xinjiang and of the Corps have codes within one another: they are one region here. */
const corps = '66';
const xinjiang = '65';

const unit = /^(\d\d)\d{4}$/;

/** The province of a unit's code. Codes of schools tell nothing of their place. */
export const regionOf = (code: unknown): string => {
  const province = unit.exec(String(code))?.[1] ?? '00';
  if (province === '00') return anywhere;
  return province === corps ? xinjiang : province;
};

/** The province of a caller's own unit. */
export const ofPlace = (actor: Actor | null): string =>
  actor?.school === undefined ? regionOf(actor?.unit) : anywhere;

/** The tags of an answer that is made of these topics: each with its service and, where it is narrowed, its region. */
export const tagsOf = (topics: readonly string[], region?: string): string[] => [
  ...new Set(
    topics.flatMap((topic) => [
      holderOf(topic),
      topic,
      ...(region === undefined ? [] : [`${topic}.${region}`]),
    ]),
  ),
];

/** The tags that a change of a topic in these regions drops; in none that is known: everywhere. */
export const tagsChanged = (topic: string, regions: ReadonlySet<string>): string[] =>
  regions.size === 0 || regions.has(anywhere)
    ? [topic]
    : [`${topic}.${anywhere}`, ...[...regions].map((region) => `${topic}.${region}`)];
