import { type GraphClient, openGraph } from '#deploy/bench/graph-client.ts';
import { SCOPES, TWO_FACTORS } from '#deploy/demo/identities.ts';
import { Failure } from '#deploy/local/failure.ts';
import { findIssuer } from '#deploy/local/issuer.ts';

/** The two of a school or authority who work on cases. */
export type Desks = { registrar: GraphClient; head: GraphClient };

const tokenLife = '2h';
const scope = Object.values(SCOPES).join(' ');

/** Desks of schools and authorities with connections of their own, by code, made when they are first asked for. */
export const openDesks = async (stateDir: string, graphUrl: string, connections: number) => {
  const issuer = await findIssuer(stateDir);
  if (issuer === undefined) throw new Failure('The registry of the benchmark has no issuer.');
  const opened = new Map<string, Promise<Desks>>();
  const clients: GraphClient[] = [];
  const client = async (code: string, role: string): Promise<GraphClient> => {
    const isSchool = code.length === 10;
    const at = isSchool
      ? { level: 'SCHOOL', school: code }
      : { level: 'COUNTY', unit: code, department: 'ADMINISTRATIVE' };
    const claims = { sub: `bench-${role}-${code}`, name: '', roles: [role], scope, acr: TWO_FACTORS, ...at };
    const token = await issuer.issue(claims, { ttl: tokenLife });
    const made = openGraph({ graphUrl, token, school: undefined }, connections);
    clients.push(made);
    return made;
  };
  const open = async (code: string): Promise<Desks> => ({
    registrar: await client(code, 'REGISTRAR'),
    head: await client(code, 'DECISION_MAKER'),
  });
  return {
    of: (code: string): Promise<Desks> => {
      const known = opened.get(code) ?? open(code);
      opened.set(code, known);
      return known;
    },
    close: async (): Promise<void> => {
      await Promise.all(clients.map((each) => each.close()));
    },
  };
};
export type OpenDesks = Awaited<ReturnType<typeof openDesks>>;
