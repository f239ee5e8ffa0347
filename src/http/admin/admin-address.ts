import { posix } from 'node:path';

const trimmed = (path: string): string => path.replace(/^\/+|\/+$/g, '');

/** Where the admin is, and where it finds the API. Before both there may be a prefix of the application's. */
export class AdminAddress {
  readonly adminPath: string;
  private readonly routePrefix: string;

  constructor(adminPath: string, routePrefix: string) {
    this.adminPath = trimmed(adminPath);
    this.routePrefix = trimmed(routePrefix);
  }

  /** The beginning of an address up to the admin's own path, without a slash at the end; undefined for any other address. */
  rootOf(path: string, globalPrefix: string): string | undefined {
    // An application may except routes from its prefix.
    const roots = [posix.join('/', trimmed(globalPrefix), this.adminPath), posix.join('/', this.adminPath)];
    return roots.find((root) => path === root || path.startsWith(`${root}/`));
  }

  /**
   * The API as seen from the page, so that both may move together behind a proxy.
   *
   * @param page address of the page, with a slash at the end
   * @example new AdminAddress('admin', 'api').apiFrom('/v1/admin/', 'v1') // '../api'
   */
  apiFrom(page: string, globalPrefix: string): string {
    return posix.relative(page, posix.join('/', trimmed(globalPrefix), this.routePrefix)) || '.';
  }
}
