import { Navigate } from 'react-router';
import { entriesFor } from './navigation.ts';
import { useViewer } from './viewer.tsx';

/** The bare address leads to the first page that the viewer has. */
export const HomePage = () => {
  const [first] = entriesFor(useViewer());
  return <Navigate to={`/${first?.section ?? 'students'}`} replace />;
};
