import type { Desk } from './desks.ts';
import { schoolDesks, unitDesks } from './desks.ts';
import type { World } from './world.ts';

/** A post with its login, and the unit that opens, seals and unseals its account. */
export type Post = { desk: Desk; workplace: string; higher: Desk; isPrincipal: boolean };

const MINISTRY = '000000';

/** Everybody in post in the province, in the order of their logins. */
export const postsOf = (world: World): Post[] => {
  const { tree } = world.shared.plan;
  const schools = world.schools();
  const unitOf = (code: string) => unitDesks(code, tree.find(code)?.level ?? 'COUNTY');
  const ofSchools = schools.flatMap(({ code, authority }) => {
    const { registrar, head, principal } = schoolDesks(code);
    const higher = unitOf(authority).head;
    return [registrar, head, principal].map((desk) => ({
      desk,
      workplace: code,
      higher,
      isPrincipal: desk === principal,
    }));
  });
  const units = new Set(
    schools.flatMap(({ unit }) => {
      const found = tree.find(unit);
      return found === undefined ? [] : [unit, ...tree.ancestors(found).map(({ code }) => code)];
    }),
  );
  const ofUnits = [...units]
    .filter((code) => code !== MINISTRY)
    .flatMap((code) => {
      const { registrar, head } = unitOf(code);
      const parent = tree.find(code)?.parent ?? MINISTRY;
      const higher = unitDesks(parent, tree.find(parent)?.level ?? 'MINISTRY').head;
      return [registrar, head].map((desk) => ({ desk, workplace: code, higher, isPrincipal: false }));
    });
  return [...ofSchools, ...ofUnits].sort((a, b) => (a.desk.sub < b.desk.sub ? -1 : 1));
};

export type RegistrarView = { id: string; version: number; state: string; subject: string | null };

const view = 'id version state subject';
export const registrarPayload = `registrar { ${view} }`;

/** The record of a login at a workplace, as the next higher authority sees it. */
export const recordOf = async (world: World, who: Desk, post: Pick<Post, 'workplace'>, login: string) => {
  const filter = post.workplace.length === 10 ? { school: post.workplace } : { unit: post.workplace };
  const page = await world.read<{ registrars: { edges: { node: RegistrarView }[] } }>(
    who,
    `query ($filter: RegistrarFilter) { registrars(filter: $filter, first: 50) { edges { node { ${view} } } } }`,
    { filter },
  );
  return page?.registrars.edges.map(({ node }) => node).find(({ subject }) => subject === login);
};
