import DataLoader from 'dataloader';
import type { Reads } from '#libs/platform/database/reads.ts';
import { isGranted } from '#libs/platform/permissions/table.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Context } from '../context.ts';
import type { MutationResolvers, Resolvers } from '../generated/types.ts';
import { paperUrl } from './paper-route.ts';
import type { Print } from './print.ts';
import { printCertificate } from './print-certificate.ts';
import { printsOf } from './print-rows.ts';

/** The register of prints by person, batched. */
export type PrintReads = DataLoader<string, Print[]>;

export const createPrintReads = (read: Reads): PrintReads =>
  new DataLoader(
    async (persons) => {
      const found = Map.groupBy(await read((tx) => printsOf(tx, persons)), ({ person }) => person);
      return persons.map((person) => found.get(person) ?? []);
    },
    { maxBatchSize: 200 },
  );

/** The prints of a certificate, for those who print. */
export const printsOfCertificate: NonNullable<NonNullable<Resolvers['Certificate']>['prints']> = async (
  { person, id },
  _,
  { actor, prints }: Context,
) => {
  if (actor === null || !isGranted(actor, 'certificate.print')) return null;
  return (await prints.load(person)).filter(({ certificate }) => certificate === id);
};

/** Printing: the print on record, and the short-lived address of its file for the one who printed it. */
export const createPrintMutation = (core: ServiceCore): Pick<MutationResolvers, 'printCertificate'> => ({
  printCertificate: async (_, { input }, { actor, prints, trail }) => {
    const { person, print: id, findings } = await printCertificate(core, actor, input);
    if (person === null) return { print: null, url: null, findings };
    trail.read(person);
    const print = (await prints.clear(person).load(person)).find((each) => each.id === id);
    const isTheirs = print !== undefined && print.printedBy === actor?.subject;
    return { print: print ?? null, url: isTheirs ? paperUrl(core, print) : null, findings };
  },
});
