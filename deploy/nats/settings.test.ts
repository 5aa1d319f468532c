import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { newRoots } from '#deploy/container/secrets.ts';
import { readYaml } from '#deploy/container/support/manifests.ts';
import { findNatsServer } from '#deploy/local/nats-binary.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));

type StatefulSet = {
  spec: { template: { spec: { containers: { env: { name: string; value?: string }[] }[] } } };
};

/** The routes as the manifest says them, with the password in its place. */
const routes = (password: string): string => {
  const [server] = readYaml('nats/nats.yaml') as StatefulSet[];
  const variable = server?.spec.template.spec.containers[0]?.env.find(
    ({ name }) => name === 'NATS_CLUSTER_ROUTES',
  );
  return variable?.value?.replaceAll('$(NATS_ROUTE_PASSWORD)', password) ?? '';
};

const check = async (file: string, env: Record<string, string>) => {
  const command = await findNatsServer(() => undefined);
  const { status, stderr } = spawnSync(command, ['-t', '-c', file], { cwd: folder, env, encoding: 'utf8' });
  return { status, stderr };
};

test.each(['single.conf', 'cluster.conf'])(
  'nats-server takes %s with secrets as they are made',
  async (file) => {
    for (let round = 0; round < 5; round++) {
      const { natsPassword, natsRoutePassword } = newRoots();
      const env = {
        NATS_SERVER_NAME: 'nats-0',
        NATS_USER: 'registry',
        NATS_PASSWORD: natsPassword,
        NATS_ROUTE_PASSWORD: natsRoutePassword,
        NATS_CLUSTER_ROUTES: routes(natsRoutePassword),
      };
      expect(await check(file, env)).toMatchObject({ status: 0 });
    }
  },
);

test('without its variables it does not start', async () => {
  expect((await check('single.conf', {})).status).not.toBe(0);
});
