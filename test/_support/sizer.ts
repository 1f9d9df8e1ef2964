import { loadCatalog } from '#lib/catalog/load';
import { rememberingSizer } from '#lib/plan/sizing/sizer';

/** Of the bundled catalog, for all tests of a worker: they plan the same environments again and again. */
export const sizer = rememberingSizer(loadCatalog());
