import type { Subgraph } from '#gateway/compose.ts';

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key", "@shareable",
  "@external", "@requires", "@provides", "@interfaceObject", "@inaccessible", "@override"])
`;

const of = (parts: Readonly<Record<string, string>>): Subgraph[] =>
  Object.entries(parts).map(([name, sdl]) => ({ name, sdl: `${link}${sdl}` }));

/** One entity over three subgraphs, @requires over two of them, @provides, a union and an interface beside it. */
const pupils = of({
  identity: `
    type Query { student(id: ID!): Student students(first: Int = 3): [Student!]! found(word: String): [Found] head: Head! }
    type Mutation { rename(id: ID!, name: String): Renamed! }
    type Renamed { student: Student! before: String }
    type Student @key(fields: "id") {
      id: ID! name: String! number: String friend: Student friends: [Student]! papers: [[Paper!]]
    }
    interface Paper { code: String! owner: Student }
    type Card implements Paper { code: String! owner: Student side: Side! }
    type Pass implements Paper { code: String! owner: Student until: Int }
    enum Side { FRONT BACK }
    union Found = Student | Card | Hall
    type Hall { name: String seats: [Int!]! }
    type Head { name: String! best: Student! }`,
  enrollment: `
    type Query { classes: [SchoolClass!] }
    type Mutation { assign(student: ID!): Student }
    type Student @key(fields: "id") {
      id: ID! name: String! @external number: String @external
      schoolClass: SchoolClass status(asOf: Int): String!
      mark: Int @requires(fields: "number") label: String! @requires(fields: "name number")
    }
    type SchoolClass @key(fields: "id") { id: ID! title: String! pupils: [Student!]! teacher: Teacher @provides(fields: "name") }
    type Teacher @key(fields: "id") { id: ID! name: String @external }`,
  archive: `
    type Query { archived(ids: [ID!]!): [Student]! }
    type Student @key(fields: "id") { id: ID! mark: Int @external archive: Archive grade: String @requires(fields: "mark") }
    type Archive { sections: [Section!]! owner: Student! }
    type Section { title: String! pages: Int! next: Section }
    type Teacher @key(fields: "id") { id: ID! name: String @shareable room: Int! }`,
});

/** Interfaces: of entities, of one another, and completed by a subgraph that does not know their types. */
const media = of({
  shelf: `
    type Query { media: [Media!]! medium(id: ID!): Media book(id: ID!): Book things: [Thing] }
    interface Thing { tag: String }
    interface Media implements Thing @key(fields: "id") { id: ID! tag: String title: String! sequel: Media }
    type Book implements Media & Thing @key(fields: "id") { id: ID! tag: String title: String! sequel: Media pages: Int! }
    type Film implements Media & Thing @key(fields: "id") { id: ID! tag: String title: String! sequel: Media minutes: Int cast: [String]! }
    type Stone implements Thing { tag: String weight: Float }`,
  reviews: `
    type Query { best: Review }
    type Media @interfaceObject @key(fields: "id") { id: ID! reviews: [Review!]! stars: Float about: String }
    type Review { text: String! of: Media by: Critic! }
    type Critic @key(fields: "id") { id: ID! name: String }`,
  critics: `
    type Query { critics: [Critic!]! }
    type Critic @key(fields: "id") { id: ID! style: Style! likes: [Liked!] }
    enum Style { MILD SHARP SECRET @inaccessible }
    union Liked = Book | Film | Critic
    type Book @key(fields: "id", resolvable: false) { id: ID! }
    type Film @key(fields: "id", resolvable: false) { id: ID! }`,
});

/** Keys of several fields and of several kinds, lists of lists, free-form scalars. */
const ledger = of({
  accounts: `
    scalar Any
    type Query { accounts: [Account!]! account(id: ID!): Account unit: Unit }
    type Unit @key(fields: "code") { code: ID! accounts(first: Int): [[Account]] extra: Any }
    type Account @key(fields: "id") @key(fields: "unit { code } no") {
      id: ID! unit: Unit! no: Int! open: Boolean! extra: Any balance: Balance
    }
    type Balance @shareable { amount: Float! currency: String }`,
  entries: `
    scalar Any
    type Query { entries: [Entry!]! }
    type Unit @key(fields: "code") { code: ID! name: String! above: Unit }
    type Account @key(fields: "unit { code } no") { unit: Unit! no: Int! entries: [Entry!] }
    type Entry @key(fields: "ref") { ref: ID! account: Account! other: Account lines: [[Line]!]! meta: Any }
    type Line { text: String! @shareable value: Balance! }
    type Balance @shareable { amount: Float! currency: String }`,
  audit: `
    type Query { suspects: [Account] }
    type Entry @key(fields: "ref") { ref: ID! lines: [[Line]!]! @external checked: Boolean! sum: Int @requires(fields: "lines { text }") }
    type Line { text: String! @shareable }
    type Account @key(fields: "id") {
      id: ID! open: Boolean! @external balance: Balance @external
      risk: Int @requires(fields: "open balance { amount currency }") notes: [Note!]!
    }
    type Balance @shareable { amount: Float! currency: String }
    type Note { text: String! account: Account }`,
});

/** Types that give one name to different things, so that the planner has to write aliases of its own. */
const market = of({
  goods: `
    type Query { offers: [Offer!] offer(id: ID!): Offer shop: Shop! lots: [Lot] }
    type Mutation { sell(id: ID!, count: Int = 1): Sale }
    type Sale { offer: Offer shop: Shop! }
    union Offer = Bike | Bread | Ticket
    type Bike @key(fields: "id") { id: ID! price: Int! parts: [Part!]! name: String }
    type Bread @key(fields: "id") { id: ID! price: Float parts: String name: String! }
    type Ticket @key(fields: "id") { id: ID! price: Price! name: [String!] }
    type Price { value: Int! }
    type Part { name: String! inside: [Part] }
    interface Lot { id: ID! seller: Shop }
    type Pile implements Lot @key(fields: "id") { id: ID! seller: Shop height: Int! }
    type Heap implements Lot @key(fields: "id") { id: ID! seller: Shop width: Int! }
    type Shop @key(fields: "id") { id: ID! offers: [Offer] }`,
  stock: `
    type Bike @key(fields: "id") { id: ID! left: Int! place: Shop }
    type Bread @key(fields: "id") { id: ID! left: Float! place: String }
    type Ticket @key(fields: "id") { id: ID! left: Boolean }
    type Pile @key(fields: "id") { id: ID! bits: [Bit!] }
    type Heap @key(fields: "id") { id: ID! bits: Bit }
    type Bit { size: Int! of: Shop }
    type Shop @key(fields: "id") { id: ID! name: String! }`,
  people: `
    type Query { owner: Owner }
    type Shop @key(fields: "id") { id: ID! name: String! @external owner: Owner! @requires(fields: "name") }
    type Owner @key(fields: "id") { id: ID! shops: [Shop!]! name: String }`,
});

/** Small graphs that have, together, everything that a plan can hold. */
export const supergraphs: Readonly<Record<string, readonly Subgraph[]>> = { pupils, media, ledger, market };
