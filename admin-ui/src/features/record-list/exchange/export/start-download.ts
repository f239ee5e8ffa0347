import { callApi } from '../../../../api/call-api.js';
import { pageSettings } from '../../../../app/page-settings.js';
import { listSearch } from '../../../../records/list-query.js';
import { exportAddress, type ExportChoice, exportedList, type ExportedView } from './export-address.js';

/**
 * Lets the browser save a file of records. It takes the file as it comes, so that nothing of it is in the page's memory.
 * Nobody could read why a download was refused: a list is asked for the same records first, which says so.
 *
 * @param path of the model
 * @throws ApiError, OfflineError
 * @returns false where the address would be too long
 */
export const startDownload = async (path: string, choice: ExportChoice, view: ExportedView): Promise<boolean> => {
  const address = exportAddress(choice, view);
  if (address === undefined) return false;
  await callApi(`${path}?${listSearch({ ...exportedList(choice, view), limit: 1, count: 'none' })}`);
  const link = document.createElement('a');
  link.href = `${pageSettings.apiBase}/${path}/${address}`;
  // The server says how the file is called. Without this, an error would be shown instead of the admin.
  link.download = '';
  link.click();
  return true;
};
