/** What bulk imports carry: rows that name what they belong to by external ids, for ids are only known afterwards. */
import { body, f } from '../kernel/index.ts';

/** Rows of one request; each request is one transaction. */
const ROWS_MAX = 2000;
/** Enough for as many rows as a request may have, with every field filled. */
export const IMPORT_BODY_LIMIT_BYTES = 4 * 1024 * 1024;

const externalId = f.text({ required: true, maxLength: 100 });

const officeRow = f.object(
  {
    externalId,
    name: f.text({ required: true, maxLength: 100 }),
    openingDate: f.date({ required: true }),
    /** The office above; the importer's own when absent. */
    parentExternalId: f.text({ maxLength: 100 }),
  },
  { required: true },
);

const clientRow = f.object(
  {
    externalId,
    officeExternalId: f.text({ required: true, maxLength: 100 }),
    firstname: f.text({ maxLength: 50 }),
    middlename: f.text({ maxLength: 50 }),
    lastname: f.text({ maxLength: 50 }),
    fullname: f.text({ maxLength: 160 }),
    /** A value of the code Gender, by its name. */
    gender: f.text({ maxLength: 100 }),
    dateOfBirth: f.date(),
    mobileNo: f.text({ maxLength: 50 }),
    emailAddress: f.text({ maxLength: 150 }),
    legalFormId: f.integer({ oneOf: [1, 2] }),
    /** The client is active from this day; pending when absent. */
    activationDate: f.date(),
  },
  { required: true },
);

export const importOfficesBody = body('office', {
  rows: f.list(officeRow, { required: true, maxLength: ROWS_MAX }),
});
export type ImportOffices = (typeof importOfficesBody)['fields'];

export const importClientsBody = body('client', {
  rows: f.list(clientRow, { required: true, maxLength: ROWS_MAX }),
});
export type ImportClients = (typeof importClientsBody)['fields'];
