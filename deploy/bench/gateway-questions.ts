/** One operation that the gateways are asked, always with the same variables. */
export type GatewayQuestion = {
  name: string;
  about: string;
  query: string;
  /** Whether this gateway may keep the answer. */
  isKept: boolean;
  variables: Record<string, unknown>;
};

const id = '01890a5d-ac96-774b-bcce-b302099a8057';

/** What desks ask most: one pupil, one class, one overview; over the schema of the services. */
export const gatewayQuestions: readonly GatewayQuestion[] = [
  {
    name: 'record',
    about: 'one student over three subgraphs',
    isKept: false,
    query: `query Record($id: ID!) {
      student(id: $id) {
        id name gender birthDate ethnicity studentNumber numberKind
        enrollment { id status grade cohort version school { id name kind state } }
      }
    }`,
    variables: { id },
  },
  {
    name: 'class',
    about: 'a class of 50 over three subgraphs',
    isKept: false,
    query: `query Class($id: ID!) {
      schoolClass(id: $id) {
        id name grade school { id name }
        members(first: 50) { id status version student { id name gender studentNumber numberKind } }
      }
    }`,
    variables: { id },
  },
  {
    name: 'overview',
    about: 'a table of 32 rows from one subgraph',
    isKept: true,
    query: `query Overview($scope: ID!) {
      enrollmentStatistics(scope: $scope, by: [GRADE, GENDER]) {
        scope asOf dimensions total suppressed
        rows { keys { dimension value label } count display }
      }
    }`,
    variables: { scope: '410503' },
  },
];
