import { lazy } from 'react';
import { createBrowserRouter } from 'react-router';
import { Root } from './root.tsx';
import { SignedInPage } from './session/signed-in-page.tsx';
import { SignedOutPage } from './session/signed-out-page.tsx';
import { BrokenPage } from './shell/broken-page.tsx';
import { Frame } from './shell/frame.tsx';
import { HomePage } from './shell/home-page.tsx';
import { NotFoundPage } from './shell/not-found-page.tsx';

const OverviewPage = lazy(() => import('./pages/overview/overview-page.tsx'));
const FiguresPage = lazy(() => import('./pages/figures/figures-page.tsx'));
const StudentsPage = lazy(() => import('./pages/students/students-page.tsx'));
const WorkPage = lazy(() => import('./pages/work/work-page.tsx'));
const RegistrationsPage = lazy(() => import('./pages/registration/registrations-page.tsx'));
const NewRegistrationPage = lazy(() => import('./pages/registration/new-registration-page.tsx'));
const CorrectRegistrationPage = lazy(() => import('./pages/registration/correct-registration-page.tsx'));
const BeginChangePage = lazy(() => import('./pages/change/begin-change-page.tsx'));
const CertificatesPage = lazy(() => import('./pages/certificates/certificates-page.tsx'));
const CertificatePage = lazy(() => import('./pages/certificates/certificate-page.tsx'));
const IssueOrderPage = lazy(() => import('./pages/certificates/issue-order-page.tsx'));
const NewOutcomesPage = lazy(() => import('./pages/certificates/new-outcomes-page.tsx'));
const OutcomeBatchPage = lazy(() => import('./pages/certificates/outcome-batch-page.tsx'));
const NewKeyChangePage = lazy(() => import('./pages/information/new-key-change-page.tsx'));
const NewDocumentPage = lazy(() => import('./pages/information/new-document-page.tsx'));
const NewProblemPage = lazy(() => import('./pages/information/new-problem-page.tsx'));
const NewDeletionPage = lazy(() => import('./pages/information/new-deletion-page.tsx'));
const ComplaintPage = lazy(() => import('./pages/complaint/complaint-page.tsx'));
const KeyChangePage = lazy(() => import('./pages/information/key-change-page.tsx'));
const InformationUpdatePage = lazy(() => import('./pages/information/update-page.tsx'));
const ProblemPage = lazy(() => import('./pages/information/problem-page.tsx'));
const DeletionPage = lazy(() => import('./pages/information/deletion-page.tsx'));
const ChangePage = lazy(() => import('./pages/change/change-page.tsx'));
const HandOverPage = lazy(() => import('./pages/hand-over/hand-over-page.tsx'));
const DropoutPage = lazy(() => import('./pages/dropout/entry-page.tsx'));
const NewCluePage = lazy(() => import('./pages/dropout/new-clue-page.tsx'));
const PupilCluePage = lazy(() => import('./pages/dropout/pupil-clue-page.tsx'));
const ApplicationPage = lazy(() => import('./pages/application/application-page.tsx'));
const CorrectionPage = lazy(() => import('./pages/correction/correction-page.tsx'));
const TicketPage = lazy(() => import('./pages/ticket/ticket-page.tsx'));
const PassOnPage = lazy(() => import('./pages/ticket/pass-on-page.tsx'));
const ContactsPage = lazy(() => import('./pages/contacts/contacts-page.tsx'));
const NewReportPage = lazy(() => import('./pages/ticket/new-report-page.tsx'));
const ImportPage = lazy(() => import('./pages/import/import-page.tsx'));
const TransferPage = lazy(() => import('./pages/transfer/transfer-page.tsx'));
const NewTransferPage = lazy(() => import('./pages/transfer/new-transfer-page.tsx'));
const ClassesPage = lazy(() => import('./pages/classes/classes-page.tsx'));
const ClassPage = lazy(() => import('./pages/classes/class-page.tsx'));
const PlacingPage = lazy(() => import('./pages/classes/placing-page.tsx'));
const GraduationPage = lazy(() => import('./pages/classes/graduation-page.tsx'));
const AdmissionsPage = lazy(() => import('./pages/classes/admissions-page.tsx'));
const StudentPage = lazy(() => import('./pages/student/student-page.tsx'));
const LawPage = lazy(() => import('./pages/law/law-page.tsx'));
const ReportsPage = lazy(() => import('./pages/reports/reports-page.tsx'));
const OperationsPage = lazy(() => import('./pages/operations/operations-page.tsx'));
const RulePage = lazy(() => import('./pages/law/rule-page.tsx'));
const ApplyPage = lazy(() => import('./pages/child/apply-page.tsx'));
const UpdatePage = lazy(() => import('./pages/child/update-page.tsx'));

/** Every page by its address; each is a file of its own that is loaded when it is opened. */
export const router = createBrowserRouter([
  {
    element: <Root />,
    errorElement: <BrokenPage />,
    children: [
      { path: '/signed-in', element: <SignedInPage /> },
      { path: '/signed-out', element: <SignedOutPage /> },
      {
        element: <Frame />,
        children: [
          { path: '/', element: <HomePage /> },
          { path: '/overview', element: <OverviewPage />, errorElement: <BrokenPage /> },
          { path: '/figures', element: <FiguresPage />, errorElement: <BrokenPage /> },
          { path: '/work', element: <WorkPage />, errorElement: <BrokenPage /> },
          { path: '/work/registrations', element: <RegistrationsPage />, errorElement: <BrokenPage /> },
          { path: '/work/registrations/new', element: <NewRegistrationPage />, errorElement: <BrokenPage /> },
          { path: '/work/certificates', element: <CertificatesPage />, errorElement: <BrokenPage /> },
          { path: '/work/issues/:id', element: <IssueOrderPage />, errorElement: <BrokenPage /> },
          { path: '/work/outcomes/new', element: <NewOutcomesPage />, errorElement: <BrokenPage /> },
          { path: '/work/outcomes/:id', element: <OutcomeBatchPage />, errorElement: <BrokenPage /> },
          { path: '/work/key-changes/:id', element: <KeyChangePage />, errorElement: <BrokenPage /> },
          { path: '/work/updates/:id', element: <InformationUpdatePage />, errorElement: <BrokenPage /> },
          { path: '/work/problems/:id', element: <ProblemPage />, errorElement: <BrokenPage /> },
          { path: '/work/deletions/:id', element: <DeletionPage />, errorElement: <BrokenPage /> },
          { path: '/work/changes/:id', element: <ChangePage />, errorElement: <BrokenPage /> },
          { path: '/work/hand-overs/:student', element: <HandOverPage />, errorElement: <BrokenPage /> },
          { path: '/work/dropouts/new', element: <NewCluePage />, errorElement: <BrokenPage /> },
          { path: '/work/dropouts/:id', element: <DropoutPage />, errorElement: <BrokenPage /> },
          { path: '/work/applications/:id', element: <ApplicationPage />, errorElement: <BrokenPage /> },
          { path: '/work/corrections/:id', element: <CorrectionPage />, errorElement: <BrokenPage /> },
          { path: '/work/tickets/:id', element: <TicketPage />, errorElement: <BrokenPage /> },
          { path: '/work/ticket-handlers', element: <PassOnPage />, errorElement: <BrokenPage /> },
          { path: '/work/contacts', element: <ContactsPage />, errorElement: <BrokenPage /> },
          { path: '/work/report-slips/new', element: <NewReportPage />, errorElement: <BrokenPage /> },
          { path: '/work/imports', element: <ImportPage />, errorElement: <BrokenPage /> },
          { path: '/work/transfers/new', element: <NewTransferPage />, errorElement: <BrokenPage /> },
          { path: '/work/transfers/:id', element: <TransferPage />, errorElement: <BrokenPage /> },
          { path: '/students', element: <StudentsPage />, errorElement: <BrokenPage /> },
          { path: '/students/:id', element: <StudentPage />, errorElement: <BrokenPage /> },
          {
            path: '/students/:id/certificates/:certificate',
            element: <CertificatePage />,
            errorElement: <BrokenPage />,
          },
          { path: '/students/:id/key-change', element: <NewKeyChangePage />, errorElement: <BrokenPage /> },
          { path: '/students/:id/document', element: <NewDocumentPage />, errorElement: <BrokenPage /> },
          { path: '/students/:id/problem', element: <NewProblemPage />, errorElement: <BrokenPage /> },
          { path: '/students/:id/deletion', element: <NewDeletionPage />, errorElement: <BrokenPage /> },
          { path: '/students/:id/dropout', element: <PupilCluePage />, errorElement: <BrokenPage /> },
          { path: '/students/:id/complaint', element: <ComplaintPage />, errorElement: <BrokenPage /> },
          {
            path: '/students/:id/registration',
            element: <CorrectRegistrationPage />,
            errorElement: <BrokenPage />,
          },
          { path: '/students/:id/change', element: <BeginChangePage />, errorElement: <BrokenPage /> },
          { path: '/students/:id/transfer', element: <ApplyPage />, errorElement: <BrokenPage /> },
          { path: '/students/:id/update', element: <UpdatePage />, errorElement: <BrokenPage /> },
          { path: '/classes', element: <ClassesPage />, errorElement: <BrokenPage /> },
          { path: '/classes/placing', element: <PlacingPage />, errorElement: <BrokenPage /> },
          { path: '/classes/graduation', element: <GraduationPage />, errorElement: <BrokenPage /> },
          { path: '/classes/admissions', element: <AdmissionsPage />, errorElement: <BrokenPage /> },
          { path: '/classes/:id', element: <ClassPage />, errorElement: <BrokenPage /> },
          { path: '/reports', element: <ReportsPage />, errorElement: <BrokenPage /> },
          { path: '/operations', element: <OperationsPage />, errorElement: <BrokenPage /> },
          { path: '/law', element: <LawPage />, errorElement: <BrokenPage /> },
          { path: '/law/rules/:id', element: <RulePage />, errorElement: <BrokenPage /> },
          { path: '*', element: <NotFoundPage /> },
        ],
      },
    ],
  },
]);
