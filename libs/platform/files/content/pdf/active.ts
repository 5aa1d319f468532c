import {
  PDFArray,
  PDFDict,
  PDFHexString,
  PDFName,
  type PDFObject,
  PDFRawStream,
  PDFRef,
  PDFString,
} from '@cantoo/pdf-lib';
import { entry, nameIn } from './unpack.ts';

/** Entries that nothing has but what acts by itself, carries another file or is a form of XFA (ISO 32000-2, 7.11.4, 12.6). */
const activeEntries: ReadonlySet<string> = new Set([
  ...['JS', 'JavaScript', 'AA', 'XFA', 'EF', 'EmbeddedFiles', 'RichMediaContent', 'RichMediaSettings'],
]);

/** What an action, a stream or a note on a page is called that acts, reaches out, plays or carries another file. */
const activeNames: ReadonlySet<string> = new Set([
  ...['JavaScript', 'Launch', 'SubmitForm', 'ImportData', 'GoToR', 'GoToE', 'GoTo3DView', 'Rendition'],
  ...['RichMedia', 'RichMediaExecute', 'Movie', 'Sound', 'Screen', 'EmbeddedFile', 'FileAttachment'],
]);

/** Objects of a document by number; a number that was written anew stands for all its objects. */
export type Objects = ReadonlyMap<number, readonly PDFObject[]>;

const isQuiet = (value: PDFObject, objects: Objects, isFollowed = false): boolean => {
  if (value instanceof PDFRef) {
    const found = objects.get(value.objectNumber) ?? [];
    return !isFollowed && found.length > 0 && found.every((each) => isQuiet(each, objects, true));
  }
  if (value instanceof PDFDict) return nameIn(value, 'S') === 'GoTo' && entry(value, 'Next') === undefined;
  return [PDFArray, PDFName, PDFString, PDFHexString].some((kind) => value instanceof kind);
};

const isActiveEntry = (name: string, value: PDFObject, objects: Objects): boolean =>
  activeEntries.has(name) || (name === 'OpenAction' && !isQuiet(value, objects));

/** The content of a stream, or of what it shows, may lie in another file. */
const reachesOut = (dictionary: PDFDict): boolean =>
  ['F', 'Ref'].some((name) => entry(dictionary, name) !== undefined);

/**
 * Whether anything in an object does something: a paper shows something and does nothing. An address behind words that are
 * clicked at is no action of the paper; one that is visited when it is opened is.
 */
export const isActive = (object: PDFObject, objects: Objects): boolean => {
  if (object instanceof PDFRawStream) return reachesOut(object.dict) || isActive(object.dict, objects);
  if (object instanceof PDFName) return activeNames.has(object.decodeText());
  if (object instanceof PDFArray) return object.asArray().some((each) => isActive(each, objects));
  if (!(object instanceof PDFDict)) return false;
  return object
    .entries()
    .some(([name, value]) => isActiveEntry(name.decodeText(), value, objects) || isActive(value, objects));
};
