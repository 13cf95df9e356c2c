export { createMailSender, type Mail, type MailSender } from './mail-sender.ts';
export { MessageError } from './message-error.ts';
export { createSmsSender, type Sms, type SmsSender, type SmsSenderOptions } from './sms-sender.ts';
