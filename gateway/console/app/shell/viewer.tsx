import { createContext, type ReactNode, useContext } from 'react';
import { Answer } from '../graph/answer.tsx';
import { ViewerDocument, type ViewerQuery } from './generated/viewer.ts';

/** Who is signed in, as the graph knows them. */
export type Viewer = NonNullable<ViewerQuery['viewer']>;

const Context = createContext<Viewer | undefined>(undefined);

export const ViewerProvider = ({ children, loading }: { children: ReactNode; loading: ReactNode }) => (
  <Answer document={ViewerDocument} variables={{}} select={({ viewer }) => viewer} loading={loading}>
    {({ viewer }) => <Context value={viewer ?? undefined}>{children}</Context>}
  </Answer>
);

export const useViewer = (): Viewer => {
  const viewer = useContext(Context);
  if (!viewer) throw new Error('nobody is signed in here');
  return viewer;
};

/** Code of the school or unit in which the viewer works; undefined for guardians and systems. */
export const workplaceOf = ({ school, unit }: Viewer): string | undefined => school?.id ?? unit?.code;

export const isGuardian = ({ roles }: Viewer): boolean => roles.includes('GUARDIAN');
