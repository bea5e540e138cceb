export { startCluster as default } from "@/tests/support/cluster";
