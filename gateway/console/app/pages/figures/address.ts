import { useSearchParams } from 'react-router';
import { changed } from '../../values/changed-address.ts';

/** What stands in the address of the page, and how to go to another. */
export const useAddress = () => {
  const [search, setSearch] = useSearchParams();
  return {
    search,
    /** Changes a part of what is looked at; null takes it out. */
    change: (part: Readonly<Record<string, string | null>>): void =>
      setSearch((before) => changed(before, part)),
    /** Looks at something else altogether. */
    goTo: (parts: Readonly<Record<string, string>>): void => setSearch({ ...parts }),
    /** The address with a part of it changed. */
    addressWith: (part: Readonly<Record<string, string | null>>): string =>
      `/figures?${changed(search, part)}`,
    /** The same table of another unit. */
    addressOf: (scope: string): string => `/figures?${changed(search, { scope, job: null })}`,
  };
};
