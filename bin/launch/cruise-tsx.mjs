/**
 * Loaded before dependency-cruiser, whose swc parser takes every file for plain TypeScript and whose other parser
 * does not know TypeScript 7 yet: JSX is switched on for the files that may hold it.
 */
import swc from "@swc/core";

const parseFileSync = swc.parseFileSync.bind(swc);
swc.parseFileSync = (file, options) => parseFileSync(file, { ...options, tsx: file.endsWith(".tsx") });
