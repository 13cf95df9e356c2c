/** HTTP shape of savings products. */
import { command, query } from '../../kernel/index.ts';
import { createProductBody, emptyBody, updateProductBody } from '../bodies.ts';
import { createProduct, deleteProduct, updateProduct } from '../commands/products.ts';
import { listProducts, productTemplate, readProduct } from '../queries/products.ts';

const entity = 'SAVINGSPRODUCT';
const grouping = 'portfolio';
const permission = 'READ_SAVINGSPRODUCT';

export const productCommands = [
  command({
    method: 'POST',
    path: '/savingsproducts',
    action: 'CREATE',
    entity,
    grouping,
    summary: 'Create a savings product',
    body: createProductBody,
    event: 'savingsproduct.created',
    creates: true,
    run: createProduct,
  }),
  command({
    method: 'PUT',
    path: '/savingsproducts/:productId',
    action: 'UPDATE',
    entity,
    grouping,
    summary: 'Change a savings product; accounts that exist keep their terms',
    body: updateProductBody,
    event: 'savingsproduct.updated',
    run: updateProduct,
  }),
  command({
    method: 'DELETE',
    path: '/savingsproducts/:productId',
    action: 'DELETE',
    entity,
    grouping,
    summary: 'Delete a savings product that no account was opened under',
    body: emptyBody,
    event: 'savingsproduct.deleted',
    run: deleteProduct,
  }),
];

export const productQueries = [
  query({
    path: '/savingsproducts',
    summary: 'List savings products',
    grouping,
    permission,
    run: listProducts,
  }),
  query({
    path: '/savingsproducts/template',
    summary: 'What a form for a new savings product offers',
    grouping,
    permission,
    run: productTemplate,
  }),
  query({
    path: '/savingsproducts/:productId',
    summary: 'Read a savings product with its ledger accounts and charges',
    grouping,
    permission,
    parameters: ['template'],
    run: readProduct,
  }),
];
