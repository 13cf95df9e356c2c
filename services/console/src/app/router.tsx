import { createBrowserRouter, Navigate } from 'react-router';
import { ClientPage } from '../features/clients/client-page.tsx';
import { ClientsPage } from '../features/clients/clients-page.tsx';
import { JobsPage } from '../features/jobs/jobs-page.tsx';
import { AccountPage } from '../features/savings/account-page.tsx';
import { NotFoundPage } from './not-found-page.tsx';
import { Shell } from './shell.tsx';

export const router = createBrowserRouter([
  {
    element: <Shell />,
    children: [
      { path: '/', element: <Navigate to="/clients" replace /> },
      { path: '/clients', element: <ClientsPage /> },
      { path: '/clients/:clientId', element: <ClientPage /> },
      { path: '/savings/:savingsId', element: <AccountPage /> },
      { path: '/jobs', element: <JobsPage /> },
      { path: '*', element: <NotFoundPage /> },
    ],
  },
]);
