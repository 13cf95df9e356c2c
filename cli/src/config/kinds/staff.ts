import { date, flag, item, optional, type Static, text } from '../fields.ts';
import { dateFormat, isoDate, kind, restWrites, when } from '../kind.ts';

const schema = item({
  firstname: text('First name', 50),
  lastname: text('Last name', 50),
  office: text('Name of the office where they work'),
  joiningDate: date('First day of work'),
  loanOfficer: optional(flag('Whether loans can be assigned to them')),
  active: optional(flag('Whether they still work here')),
  mobileNo: optional(text('Mobile number', 50)),
  externalId: optional(text('Their number in another system')),
});
type Staff = Static<typeof schema>;

interface Answer {
  readonly id: number;
  readonly firstname: string;
  readonly lastname: string;
  readonly officeName: string;
  readonly isLoanOfficer: boolean;
  readonly isActive: boolean;
  readonly joiningDate?: readonly number[];
  readonly mobileNo?: string;
  readonly externalId?: string;
}

export const staff = kind<Staff>({
  name: 'staff',
  noun: 'member of the staff',
  schema,
  // As Fineract shows them everywhere.
  keyOf: ({ firstname, lastname }) => `${lastname}, ${firstname}`,
  references: ({ office }) => [{ kind: 'offices', key: office, path: ['office'] }],
  read: async (api) =>
    (await api.get<Answer[]>('/staff?status=all')).map((answer) => ({
      id: answer.id,
      item: {
        firstname: answer.firstname,
        lastname: answer.lastname,
        office: answer.officeName,
        loanOfficer: answer.isLoanOfficer,
        active: answer.isActive,
        ...(answer.joiningDate ? { joiningDate: isoDate(answer.joiningDate)! } : {}),
        ...(answer.mobileNo === undefined ? {} : { mobileNo: answer.mobileNo }),
        ...(answer.externalId === undefined ? {} : { externalId: answer.externalId }),
      },
    })),
  ...restWrites<Staff>('/staff', (item, { ids }) => ({
    firstname: item.firstname,
    lastname: item.lastname,
    officeId: when(item.office, (name) => ids.of('offices', name)),
    joiningDate: item.joiningDate,
    isLoanOfficer: item.loanOfficer,
    isActive: item.active,
    mobileNo: item.mobileNo,
    externalId: item.externalId,
    ...dateFormat,
  })),
});
