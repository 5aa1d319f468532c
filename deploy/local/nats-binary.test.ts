import { howToInstall, isNewEnough } from '#deploy/local/nats-binary.ts';

test.each([
  ['nats-server: v2.9.0', true],
  ['nats-server: v2.9.10', true],
  ['nats-server: v2.12.1', true],
  ['nats-server: v3.0.0', true],
  ['nats-server: v2.8.4', false],
  ['nats-server: v1.99.0', false],
  ['something else', false],
])('%s is new enough: %s', (answer, expected) => {
  expect(isNewEnough(answer)).toBe(expected);
});

test.each([
  ['linux', 'ID=debian\n', 'apt-get install nats-server'],
  ['linux', 'ID=linuxmint\nID_LIKE=ubuntu debian\n', 'apt-get install nats-server'],
  ['linux', 'ID=fedora\n', 'dnf install nats-server'],
  ['linux', 'ID=nixos\n', 'github.com/nats-io/nats-server/releases'],
  ['darwin', '', 'brew install nats-server'],
])('on %s with %j it is said how to install nats-server', (platform, osRelease, expected) => {
  const text = howToInstall(platform, osRelease).join('\n');
  expect(text).toContain(expected);
  expect(text).toContain('NATS_URL');
});
