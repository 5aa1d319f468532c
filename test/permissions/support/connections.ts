import pg from 'pg';
import { SERVICES, type ServiceName } from '#libs/contracts/vocabulary.ts';
import type { TestNetwork } from '#test/support/network.ts';

/** Connections to the services' SERVICES as their owners and as their request roles. */
export type Connections = {
  owner(schema: ServiceName): pg.Client;
  app(schema: ServiceName): pg.Client;
  end(): Promise<void>;
};

const connect = async (url: string): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
};

export const connectAs = async (network: TestNetwork): Promise<Connections> => {
  const open = async (key: 'OWNER_DATABASE_URL' | 'DATABASE_URL') =>
    new Map(
      await Promise.all(
        SERVICES.map(
          async (schema) => [schema, await connect(network.service(schema).core.config[key])] as const,
        ),
      ),
    );
  const [owners, apps] = [await open('OWNER_DATABASE_URL'), await open('DATABASE_URL')];
  const of = (clients: ReadonlyMap<ServiceName, pg.Client>) => (schema: ServiceName) => {
    const client = clients.get(schema);
    if (client === undefined) throw new Error(`${schema} is not connected`);
    return client;
  };
  return {
    owner: of(owners),
    app: of(apps),
    end: async () => {
      await Promise.all([...owners.values(), ...apps.values()].map((client) => client.end()));
    },
  };
};

/** SQLSTATE of what failed, or that it did not. */
export const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: { code?: string }) => error.code ?? String(error),
  );
