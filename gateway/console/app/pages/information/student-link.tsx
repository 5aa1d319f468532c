import { Link } from 'react-router';

/** The way to the record of a pupil, by name as far as the viewer may know it. */
export const StudentLink = ({ student }: { student: { id: string; name: string | null } | null }) =>
  student && <Link to={`/students/${student.id}`}>{student.name ?? '***'}</Link>;
