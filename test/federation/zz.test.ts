import { startNetwork } from './support/network.ts';
test('smoke', async () => {
  const n = await startNetwork();
  const b = await n.bearer();
  for (const [q, o] of [
    ['{ rule(id: "x") { id } }', {}],
    ['{ student(id: "1") { id name number note school { name head } mark } }', { bearer: b }],
    ['{ student(id: "1") { id } rule(id: "x") { id } }', {}],
    ['{ student(id: "1") { id } }', {}],
    ['{ tickets { __typename id secret } parties { ... on Vault { content } ... on Student { number } } strict { must open } }', { bearer: b }],
    ['{ fails(how: "x") a: fails(how: "conflict") b: fails(how: "odd") }', { bearer: b }],
    ['{ born(on: "zzz") }', { bearer: b }],
    ['query($i: RenameInput!) { __typename }', { bearer: b }],
    ['mutation($i: RenameInput!) { rename(input: $i) { student { id } } }', { bearer: b, variables: {i: {name: 5, born: '410503201001011234'}} }],
    ['{ __schema { queryType { name } } }', {}],
    ['{ __schema { queryType { name } } }', {bearer: b}],
  ] as any[]) { const a = await n.ask(q, o); console.log(q, a.status, a.text); }
  await n.stop();
});
