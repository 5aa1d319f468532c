import { useSearchParams } from 'react-router';

/** Address of the overview of a school or unit, of the day that is being looked at. */
export const useOverviewOf = (): ((scope: string) => string) => {
  const [search] = useSearchParams();
  const asOf = search.get('asOf');
  return (scope) => `/overview?${new URLSearchParams({ scope, ...(asOf !== null && { asOf }) })}`;
};
