/** What requests on the system's own settings may carry. */
import { body, f } from '../kernel/index.ts';

export const codeBody = body('code', { name: f.text({ required: true, maxLength: 100 }) });
export type CodeFields = (typeof codeBody)['fields'];

const codeValueDetails = {
  description: f.text({ maxLength: 500 }),
  position: f.integer({ min: 0, max: 1_000_000 }),
  isActive: f.boolean(),
  isMandatory: f.boolean(),
};

export const createCodeValueBody = body('code.value', {
  name: f.text({ required: true, maxLength: 100 }),
  ...codeValueDetails,
});
export type CreateCodeValue = (typeof createCodeValueBody)['fields'];

export const updateCodeValueBody = body('code.value', {
  name: f.text({ notBlank: true, maxLength: 100 }),
  ...codeValueDetails,
});
export type UpdateCodeValue = (typeof updateCodeValueBody)['fields'];

export const configurationBody = body('globalConfiguration', {
  enabled: f.boolean(),
  value: f.integer({ min: 0, max: 1_000_000_000 }),
  dateValue: f.date(),
  stringValue: f.text({ maxLength: 100 }),
});
export type ConfigurationChange = (typeof configurationBody)['fields'];

export const businessDateBody = body('businessdate.update', {
  type: f.text({ required: true, oneOf: ['BUSINESS_DATE', 'COB_DATE'] }),
  date: f.date({ required: true }),
});
export type BusinessDateChange = (typeof businessDateBody)['fields'];
