/**
 * SQL as text with parameters: `sql\`select id from clients where id = ${id}\``. Values always travel as parameters;
 * `raw` is for words chosen by the program (a column from a fixed list), never for anything a user sent.
 */
import sqlTemplate, { empty, join, raw, type Sql } from 'sql-template-tag';

export { empty, join, raw, type Sql };
export const sql = sqlTemplate;
