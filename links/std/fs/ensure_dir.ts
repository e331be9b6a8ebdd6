// @ts-types="./ensure_dir.d.ts"
export { ensureDir, ensureDirSync } from "npm:fs-extra@11.4.1/esm";
