/** Nothing is loaded and nothing runs; styles stand in the document and in its drawings. */
export const CONTENT_SECURITY_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
