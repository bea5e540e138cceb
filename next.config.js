/** @type {import("next").NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  // `npm run types` checks the types; who starts Parley need not wait for it.
  typescript: { ignoreBuildErrors: true },
  compress: true,
  images: { unoptimized: true },
  productionBrowserSourceMaps: false,
  serverExternalPackages: [
    "@node-rs/argon2",
    "@prisma/client",
    "@prisma/adapter-pg",
    "pg",
    "pino",
    "prom-client",
    "socket.io",
  ],
  devIndicators: false,
  // Next knows its own address by the name localhost alone.
  allowedDevOrigins: ["127.0.0.1"],
};
