/** A failure that its message explains: shown without a stack. */
export class ExampleError extends Error {}

/** An answer other than 2xx, with what the problem says. */
export class ApiError extends ExampleError {
  /**
   * @param {string} request such as `POST /api/music/track`
   * @param {number} status
   * @param {{ code?: string, detail?: string, errors?: { path: string, code: string, message: string }[] }} problem
   */
  constructor(request, status, problem) {
    const errors = problem.errors ?? [];
    const lines = errors.slice(0, 5).map(({ path, code, message }) => `  ${path}: ${message} (${code})`);
    if (errors.length > 5) lines.push(`  … and ${errors.length - 5} more`);
    super(
      [`${request} answered ${status} ${problem.code ?? ''}: ${problem.detail ?? 'no detail'}`, ...lines].join('\n'),
    );
    this.status = status;
    this.code = problem.code;
    this.detail = problem.detail;
    this.errors = errors;
  }
}
